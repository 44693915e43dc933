import { UsageError } from './errors.ts'
import { nearest } from './nearest.ts'
import type { Text } from './text.ts'

/**
 * What to say of a name that nothing bears.
 * @param what it should be the name of, in the singular
 */
export function unknownName(what: Text, name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known)
  const all = known.join(', ')
  return new UsageError({
    en: `unknown ${what.en} ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected one of ${all}`,
    zh: `没有名为 ${name} 的${what.zh}：${near ? `是不是 ${near}？` : ''}可用的有 ${all}`,
  })
}
