// The images of seed index 0, bit for bit: checksums that PyTorch's program gave.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { drawImages } from '../../src/training/data/index.ts'
import { shuffled, units } from '../../src/training/data/stream.ts'
import { experiments } from '../../src/training/index.ts'
import reference from './reference.fixture.json' with { type: 'json' }
import { digitSource, digitsFile } from './source.ts'

const sha1 = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray) =>
  createHash('sha1')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')

test("units and shuffles are those of PyTorch's program", () => {
  const first = (seed: number) =>
    Array.from(
      { length: 3 },
      (
        (u) => () =>
          u.next()
      )(units(seed)),
    )
  expect(first(1001)).toEqual([0.395438015460968, 0.15935570001602173, 0.8562734723091125])
  expect(first(7)).toEqual([0.5349225401878357, 0.19880318641662598, 0.6592116951942444])
  const stream = units(1004)
  const start = (n: number, from: typeof stream) => shuffled(n, from).subarray(0, 12).join(' ')
  expect(start(2000, stream)).toBe('20 437 1033 394 1908 739 1323 208 560 168 154 803')
  expect(start(2000, stream)).toBe('1048 1361 65 1155 656 270 1660 1524 659 74 1814 260')
  expect(start(797, units(7))).toBe('201 659 461 533 474 115 436 492 542 463 3 40')
})

test('the vendored digits are the ones their notice names', () => {
  expect(createHash('sha256').update(digitsFile).digest('hex')).toBe(
    '09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22',
  )
})

/** What a row of the reference names: 'scale test', 'upright test rotated', 'filter train y'. */
function find(name: string) {
  const [task = '', ...words] = name.replace(' nocue', '').split(' ')
  const experiment = experiments.find((each) => each.name === task)
  if (experiment === undefined) throw new Error(`no experiment ${task}`)
  const change = name.includes('nocue') ? { cue: false } : {}
  const { train, tests } = drawImages(experiment, 0, digitSource, change)
  const which = { unseen: 1, rotated: 1, random: 1, inverted: 2 }[words[1] ?? ''] ?? 0
  const images = words[0] === 'train' ? train : tests[which]
  return { images, values: words.at(-1) === 'y' ? images?.targets : images?.pixels }
}

describe("images have the checksums of PyTorch's program", () => {
  test.each(reference.data)('$set', ({ set, sha1: pixels, labels }) => {
    const { images, values } = find(set)
    expect(sha1(values as Float32Array)).toBe(pixels)
    if (labels) expect(sha1(images?.labels as Int32Array).slice(0, 12)).toBe(labels)
  })
})

test("scales, turns and polarities are drawn as by PyTorch's program", () => {
  const named = (name: string) => experiments.find((each) => each.name === name)
  const first = (name: string, cue: 'scale' | 'turns' | 'polarity') => {
    const { train } = drawImages(named(name) as (typeof experiments)[number], 0, undefined)
    return train.cues[cue]?.subarray(0, 12).join(' ')
  }
  expect(first('scale', 'scale')).toBe('0 0 2 0 0 1 0 2 2 0 2 0') // of scales 1, 2, 3
  expect(first('rot', 'turns')).toBe('3 0 3 3 2 0 0 3 3 2 2 2')
  expect(first('pol', 'polarity')).toBe('0 1 0 1 1 0 0 0 1 1 1 0')
})
