// What a lesson computes: its questions, and the numbers that its prose quotes.
import type { Draw } from './question.ts'

export interface Lesson {
  /** what graders' tools know it by, for good: new lessons take the next free number, wherever they stand */
  readonly taskId: number
  /** numbers for the prose, which writes {{ name }} where one belongs */
  facts(): Readonly<Record<string, string | number>>
  /** by id, in the order they are asked */
  readonly questions: Readonly<Record<string, Draw>>
}
