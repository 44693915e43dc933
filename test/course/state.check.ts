// Progress on disk, killed again and again.
import { expect, it } from 'vitest'
import { leftBehind } from './killed.ts'

it('a save killed 100 times leaves the old state or the new, and each of them at times', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 25; round++) {
    const left = await Promise.all([0, 1, 2, 3].map((k) => leftBehind((round * 7 + k * 3) % 31)))
    for (const student of left) seen.add(student)
  }
  expect([...seen].sort()).toEqual(['new', 'old'])
})
