// The figure of src/tensor/engine/README.md, drawn from what the engine computes.
import { tapsOf } from '../../src/tensor/engine/direct.ts'
import { type Problem, problemOf } from '../../src/tensor/engine/problem.ts'
import { PANEL } from '../../src/tensor/engine/wasm/tiles.ts'

const CELL = 22
const VECTOR = 4
/** Pixels of the tile that a full panel uses. */
const PIXELS = 2 * VECTOR
const phaseColors = ['#8ecae6', '#ffd166', '#b5e48c', '#f4acb7']

const convolution = (size: [number, number], stride: number): Problem =>
  problemOf([1, 1, ...size], [PANEL, 1, 3, 3], {
    kernelSize: [3, 3],
    stride: [stride, stride],
    padding: [1, 1],
    dilation: [1, 1],
    groups: 1,
    perSample: false,
  })

export function engineFigure(): string {
  const parts = [plane(24, 54), phases(24, 290), tile(452, 54), gathered(452, 414)]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 560" font-family="sans-serif" font-size="13">
<title>Planes, phases and the tile of a convolution</title>
<rect width="820" height="560" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

/** A channel in its plane, and where one tap of a tile reads. */
function plane(left: number, top: number): string {
  const { inputSize, outputSize } = convolution([4, 14], 1)
  const [rows, columns] = [inputSize[0] + 2, inputSize[1] + 2]
  const [row, column] = [1, 2]
  const { shift } = tapsOf(convolution([4, 14], 1))[5] as { shift: readonly [number, number] }
  const distance = shift[0] * columns + shift[1]
  const isInput = (r: number, c: number) => r > 0 && r <= inputSize[0] && c > 0 && c <= inputSize[1]
  const cells = grid(rows, columns, (r, c) =>
    square(
      left + c * CELL,
      top + r * CELL,
      isInput(r, c) ? '#e9ecef' : '#ffffff',
      isInput(r, c) ? '' : '0',
    ),
  )
  return [
    title(left, top - 30, '1. A channel, with its zeros around it'),
    note(
      left,
      top - 12,
      `${inputSize.join(' x ')} input, 3 x 3 kernel, ${outputSize.join(' x ')} output`,
    ),
    ...cells,
    frame(left + column * CELL, top + row * CELL, PIXELS, 1, '#1d3557'),
    frame(left + (column + shift[1]) * CELL, top + (row + shift[0]) * CELL, PIXELS, 1, '#d62828'),
    note(
      left,
      top + rows * CELL + 18,
      `dark: what tap (0,0) of ${PIXELS} output pixels reads; red: what tap (${shift}) reads,`,
    ),
    note(
      left,
      top + rows * CELL + 36,
      `always ${distance} values = ${4 * distance} bytes further on: one entry of the table`,
    ),
  ].join('\n')
}

/** A strided channel in its phases. */
function phases(left: number, top: number): string {
  const problem = convolution([6, 8], 2)
  const [rows, columns] = problem.inputSize
  const phaseOf = (r: number, c: number) => 2 * ((r + 1) % 2) + ((c + 1) % 2)
  const cells = grid(rows, columns, (r, c) =>
    square(left + c * CELL, top + r * CELL, phaseColors[phaseOf(r, c)] ?? ''),
  )
  const split = [0, 1, 2, 3].flatMap((phase) => {
    const [x, y] = [left + 210 + (phase % 2) * 106, top - 6 + Math.floor(phase / 2) * 80]
    return grid(rows / 2, columns / 2, (r, c) =>
      square(x + c * CELL, y + r * CELL, phaseColors[phase] ?? ''),
    )
  })
  const reads = tapsOf(problem).map(({ phase }) => 2 * phase[0] + phase[1])
  const count = [0, 1, 2, 3].map((phase) => reads.filter((each) => each === phase).length)
  return [
    title(left, top - 30, '2. Stride 2: four planes, in which neighbours are neighbours again'),
    ...cells,
    ...split,
    note(
      left,
      top + rows * CELL + 40,
      `of the nine taps ${count.join(', ')} read the first to the fourth plane`,
    ),
  ].join('\n')
}

/** The sums that stay in registers. */
function tile(left: number, top: number): string {
  const [x, y] = [left + 78, top + 62]
  const sums = grid(PANEL, PIXELS, (r, c) => square(x + c * CELL, y + r * (CELL + 10), '#cfe8ff'))
  const channels = Array.from({ length: PANEL }, (_, r) => [
    square(left + 36, y + r * (CELL + 10), '#ffe8a3'),
    note(left, y + r * (CELL + 10) + 16, `w${r}`),
  ]).flat()
  const inputs = grid(1, PIXELS, (_, c) => square(x + c * CELL, top + 16, '#e9ecef'))
  const vectors = PIXELS / VECTOR
  const products = PANEL * vectors
  const bottom = y + PANEL * (CELL + 10)
  return [
    title(left, top - 30, '3. The tile: sums that never leave the registers'),
    note(left, top - 12, `${PANEL} output channels x ${PIXELS} pixels`),
    note(left, top + 32, 'input'),
    ...inputs,
    ...channels,
    ...sums,
    ...Array.from({ length: PANEL * vectors }, (_, at) =>
      frame(
        x + (at % vectors) * VECTOR * CELL,
        y + Math.floor(at / vectors) * (CELL + 10),
        VECTOR,
        1,
        '#1d3557',
      ),
    ),
    note(left, bottom + 24, `Each tap: ${vectors} loads of ${VECTOR} input values, ${PANEL} loads`),
    note(left, bottom + 42, `that repeat one weight ${VECTOR} times, ${products} multiplications`),
    note(
      left,
      bottom + 60,
      `and ${products} additions of ${VECTOR} values: ${2 * products * VECTOR} operations`,
    ),
    note(left, bottom + 78, `on ${PIXELS + PANEL} values read.`),
  ].join('\n')
}

/** What a tile reads, in the order of the taps. */
function gathered(left: number, top: number): string {
  const taps = tapsOf(convolution([4, 14], 1)).length
  const [width, height] = [14, 12]
  const strip = (tap: number, color: string) =>
    `<rect x="${left}" y="${top + tap * height}" width="${PIXELS * width}" height="${height}" fill="${color}" stroke="#adb5bd"/>`
  const right = left + PIXELS * width + 20
  return [
    title(left, top - 14, '4. Gathered: what a tile reads, once for all channels'),
    ...Array.from({ length: taps }, (_, tap) => strip(tap, tap === 5 ? '#f4acb7' : '#e9ecef')),
    note(right, top + 14, `${taps} taps a channel, ${PIXELS} values each:`),
    note(right, top + 32, 'copied tap after tap (red: the one'),
    note(right, top + 50, 'of picture 1), then read in order'),
    note(right, top + 68, `by one panel of ${PANEL} channels after`),
    note(right, top + 86, 'the other.'),
  ].join('\n')
}

function grid(
  rows: number,
  columns: number,
  draw: (row: number, column: number) => string,
): string[] {
  return Array.from({ length: rows * columns }, (_, at) =>
    draw(Math.floor(at / columns), at % columns),
  )
}

function square(x: number, y: number, fill: string, text = ''): string {
  const box = `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="${fill}" stroke="#adb5bd"/>`
  return text === ''
    ? box
    : `${box}<text x="${x + CELL / 2}" y="${y + 15}" text-anchor="middle" fill="#868e96">${text}</text>`
}

function frame(x: number, y: number, columns: number, rows: number, color: string): string {
  const size = `width="${columns * CELL}" height="${rows * CELL}"`
  return `<rect x="${x}" y="${y}" ${size} fill="none" stroke="${color}" stroke-width="2.5"/>`
}

const title = (x: number, y: number, words: string) =>
  `<text x="${x}" y="${y}" font-weight="bold">${words}</text>`
const note = (x: number, y: number, words: string) =>
  `<text x="${x}" y="${y}" fill="#343a40">${words}</text>`
