import type { Text } from './text.ts'

/**
 * Wrong usage or input: the user can mend it. One line that says what was given, what was
 * expected and how to fix it.
 */
export class UsageError extends Error {
  constructor(readonly text: Text) {
    super(text.en)
    this.name = 'UsageError'
  }
}
