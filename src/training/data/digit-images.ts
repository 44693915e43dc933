// Handwritten digits, 8x8 (vendored/NOTICE.md): shuffled, then 1000 to train and 797 to test.
import type { Data } from '../experiment.ts'
import { type Images, turned } from './images.ts'
import { shuffled, units } from './stream.ts'

const SIDE = 8
const PIXELS = SIDE * SIDE
const DARKEST = 16

/** The digits as they were written down: pixels from 0 to 16, row by row, and the classes. */
export interface DigitSource {
  readonly pixels: Uint8Array
  readonly labels: Uint8Array
}

/**
 * Reads lines of 64 pixels and a digit, separated by commas.
 * @throws {RangeError} if a line holds anything else
 */
export function parseDigits(text: string): DigitSource {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
  const odd = rows.find((row) => row.length !== PIXELS + 1 || !row.every(Number.isInteger))
  if (odd) throw new RangeError(`a digit is ${PIXELS} pixels and its class, not ${odd}`)
  return {
    pixels: Uint8Array.from(rows.flatMap((row) => row.slice(0, PIXELS))),
    labels: Uint8Array.from(rows, (row) => row[PIXELS] as number),
  }
}

/**
 * All digits in the order and the state that the seed draws: two units an image behind the shuffle.
 * @returns pixels (count, 1, 8, 8); the first ones are for training, the rest for the test
 */
export function drawDigits(
  { rotated, inverted }: Extract<Data, { kind: 'digits' }>,
  source: DigitSource,
  seed: number,
): Images {
  const stream = units(seed)
  const count = source.labels.length
  const order = shuffled(count, stream)
  const pixels = new Float32Array(count * PIXELS)
  const cues = { turns: new Int32Array(count), polarity: new Int32Array(count) }
  for (let n = 0; n < count; n++) {
    const from = (order[n] as number) * PIXELS
    const dark = stream.next() >= 0.5
    const turns = stream.below(4)
    const shades = [...source.pixels.subarray(from, from + PIXELS)].map((v) => v / DARKEST)
    const kept = inverted && dark ? shades.map((x) => 1 - x) : shades
    pixels.set(turned(kept, SIDE, rotated ? turns : 0), n * PIXELS)
    cues.turns[n] = turns
    cues.polarity[n] = dark ? 1 : 0
  }
  const labels = Int32Array.from(order, (row) => source.labels[row] as number)
  return { count, shape: [1, SIDE, SIDE], pixels, labels, cues }
}
