// Glyphs on noise: 16x16, one channel, eight classes of nine ink pixels each.
import type { Data } from '../experiment.ts'
import { type Images, turned } from './images.ts'
import { type Units, units } from './stream.ts'

const SIDE = 16
const BITMAP = 5

/** Top row first; the order is the classes'. */
const bitmaps = [
  ['T', '11111/00100/00100/00100/00100'],
  ['L', '10000/10000/10000/10000/11111'],
  ['+', '00100/00100/11111/00100/00100'],
  ['X', '10001/01010/00100/01010/10001'],
  ['7', '11111/00010/00100/01000/10000'],
  ['U', '00000/10001/10001/10001/01110'],
  ['V', '10001/10001/01010/01010/00100'],
  ['B', '00000/01110/01110/01110/00000'],
] as const

const glyphs = bitmaps.map(([, rows]) => [...rows.replaceAll('/', '')].map((bit) => bit === '1'))
const rotations = glyphs.map((glyph) => [0, 1, 2, 3].map((turns) => turned(glyph, BITMAP, turns)))

/**
 * Draws the images, 262 units each, whatever the set makes of them.
 * @returns pixels (count, 1, 16, 16)
 */
export function drawGlyphs(
  { scales, rotated, inverted, centred, zeroMean }: Extract<Data, { kind: 'glyphs' }>,
  count: number,
  seed: number,
): Images {
  const stream = units(seed)
  const pixels = new Float32Array(count * SIDE * SIDE)
  const labels = new Int32Array(count)
  const cues = {
    scale: new Int32Array(count),
    turns: new Int32Array(count),
    polarity: new Int32Array(count),
  }
  for (let n = 0; n < count; n++) {
    const label = stream.below(glyphs.length)
    const which = stream.below(scales.length)
    const turns = stream.below(4)
    const dark = stream.next() >= 0.5
    const scale = scales[which] as number
    const room = SIDE - BITMAP * scale
    const places = [stream.next(), stream.next()].map((unit) =>
      Math.floor(centred ? room / 2 : unit * (room + 1)),
    ) as [number, number]
    const glyph = rotations[label]?.[rotated ? turns : 0] as readonly boolean[]
    const image = stamp(glyph, scale, places, inverted && dark ? -1 : 1)
    addNoise(image, stream)
    if (zeroMean) center(image)
    pixels.set(image, n * SIDE * SIDE)
    labels[n] = label
    cues.scale[n] = which
    cues.turns[n] = turns
    cues.polarity[n] = dark ? 1 : 0
  }
  return { count, shape: [1, SIDE, SIDE], pixels, labels, cues }
}

/** Every pixel of the bitmap as a block of ink, on a ground of 0. */
function stamp(
  glyph: readonly boolean[],
  scale: number,
  [top, left]: readonly [number, number],
  ink: number,
): Float64Array {
  const image = new Float64Array(SIDE * SIDE)
  for (let i = 0; i < BITMAP * scale; i++)
    for (let j = 0; j < BITMAP * scale; j++)
      if (glyph[Math.floor(i / scale) * BITMAP + Math.floor(j / scale)])
        image[(top + i) * SIDE + left + j] = ink
  return image
}

function addNoise(image: Float64Array, stream: Units): void {
  for (let i = 0; i < image.length; i++)
    image[i] = (image[i] as number) + 0.5 * (2 * stream.next() - 1)
}

/** Exact: the values are multiples of 2^-24, and there are 2^8 of them. */
function center(image: Float64Array): void {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length
  for (let i = 0; i < image.length; i++) image[i] = (image[i] as number) - mean
}
