// The numbers of a question: drawn for a student, always the same for the same student.
import { createHash } from 'node:crypto'
import type { Nested } from '../ops/nested.ts'
import { type Generator, manualSeed } from '../random/generator.ts'

export interface Dice {
  /** a whole number, both ends included */
  whole(from: number, to: number): number
  pick<T>(items: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
  /** a seed for --seed, small enough to type */
  seed(): string
  /** the random stream itself, for tensors */
  readonly stream: Generator
}

/** Dice for these names (student, lesson, question ...): equal names, equal throws. */
export function diceFor(...names: readonly string[]): Dice {
  const digest = createHash('sha256').update(JSON.stringify(names)).digest('hex')
  const stream = manualSeed(BigInt(`0x${digest.slice(0, 8)}`))
  const whole = (from: number, to: number) =>
    from + Math.min(to - from, Math.floor((stream.rand(1)[0] as number) * (to - from + 1)))
  return {
    stream,
    whole,
    pick: (items) => items[whole(0, items.length - 1)] as (typeof items)[number],
    shuffle(items) {
      const rest = [...items]
      return items.map(() => rest.splice(whole(0, rest.length - 1), 1)[0] as (typeof items)[number])
    },
    seed: () => String(whole(1, 999)),
  }
}

/** Small whole numbers, for examples that are read: -3 to 3. */
export function wholes(dice: Dice, ...[size, ...more]: readonly number[]): Nested {
  if (size === undefined) return dice.whole(-3, 3)
  return Array.from({ length: size }, () => wholes(dice, ...more))
}
