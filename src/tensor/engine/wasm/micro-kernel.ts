// The micro-kernel, which does all the arithmetic of a convolution. For every row and every tile of it:
//
//   sums = bias;  for every tap t:  sums[c] += weights[t][c] · input[t]
//
// A tap, whatever its channel, row and column, is one constant distance in bytes: the input lies in
// planes with zeros around them (see ../padded-input.ts).
import { type Body, define, i32, type Local, type Stmt, set, v128 } from './assembler.ts'
import { everyRow, overlapping } from './rows.ts'
import { FLOAT, TileSums, VECTOR } from './tile-sums.ts'
import { type Tile, tileName } from './tiles.ts'

const parameters = [
  'input', // address of the first output pixel's own place in the input
  'inputRow', // bytes from one output row to the next
  'distances', // where each tap reads, in bytes from there
  'distancesEnd',
  'weights', // [panel][tap][channel]; where the input is not gathered, behind each tap's distance
  'bias', // [panel][channel]
  'output', // [panel][channel][row][pixel]
  'outputRow', // bytes
  'outputPlane', // bytes from channel to channel
  'rows',
  'lastTile', // bytes from a row's start to its last tile, which overlaps the one before
  'panels',
  'packBuffer', // for the input of a tile: [tap][pixel]
] as const
type MicroKernelParameters = Readonly<Record<(typeof parameters)[number], Local<'i32'>>>

/** The micro-kernel that reads the input where it lies: panel after panel goes over all tiles. */
export function direct(tile: Tile, fused: boolean) {
  return define(tileName(tile), parameters, (given, body) => {
    const sums = new TileSums(tile, fused, body)
    const { distances, distancesEnd, weights, bias, output, outputPlane } = given
    const [panel, w, at] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [panelBytes, end] = [body.local('i32'), body.local('i32')]
    const tapBytes = FLOAT * (1 + tile.channels) // its distance, then its weights
    return [
      set(panelBytes, i32.mul(i32.sub(distancesEnd, distances), i32.const(tapBytes / FLOAT))),
      set(panel, i32.const(0)),
      body.loop(
        panel,
        i32.const(1),
        given.panels,
        set(end, i32.add(weights, panelBytes)),
        ...everyTile(tile, given, body, (input, to) => [
          set(w, weights),
          ...sums.start(bias),
          body.loop(
            w,
            i32.const(tapBytes),
            end,
            set(at, i32.add(input, i32.load(w))),
            ...sums.add(at, w, FLOAT),
          ),
          ...sums.store(to, outputPlane),
        ]),
        set(weights, end),
        set(bias, i32.add(bias, i32.const(FLOAT * tile.channels))),
        set(output, i32.add(output, i32.mul(outputPlane, i32.const(tile.channels)))),
      ),
    ]
  })
}

/**
 * The micro-kernel that gathers the input of a tile first: it lies then in the order in which it is read,
 * stays in the first cache, and serves one panel after the other.
 */
export function gathering(tile: Tile, fused: boolean) {
  return define(tileName(tile, 'gathering'), parameters, (given, body) => {
    const sums = new TileSums(tile, fused, body)
    const { distances, distancesEnd, packBuffer } = given
    const [panel, w, bias] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [tap, at, end] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const pixels = i32.const(VECTOR * tile.vectors)
    const vectors = Array.from({ length: tile.vectors }, (_, v) => VECTOR * v)
    return everyTile(tile, given, body, (input, output) => [
      set(end, packBuffer),
      set(tap, distances),
      body.loop(
        tap,
        i32.const(FLOAT),
        distancesEnd,
        set(at, i32.add(input, i32.load(tap))),
        ...vectors.map((offset) => v128.store(end, v128.load(at, offset), offset)),
        set(end, i32.add(end, pixels)),
      ),
      set(w, given.weights),
      set(bias, given.bias),
      set(panel, i32.const(0)),
      body.loop(
        panel,
        i32.const(1),
        given.panels,
        ...sums.start(bias),
        set(at, packBuffer),
        body.loop(
          at,
          pixels,
          end,
          ...sums.add(at, w),
          set(w, i32.add(w, i32.const(FLOAT * tile.channels))),
        ),
        ...sums.store(output, given.outputPlane),
        set(bias, i32.add(bias, i32.const(FLOAT * tile.channels))),
      ),
    ])
  })
}

/** @param statements for a tile: where its first pixel is in the input, and where it goes */
function everyTile(
  { vectors }: Tile,
  given: MicroKernelParameters,
  body: Body,
  statements: (input: Local<'i32'>, output: Local<'i32'>) => readonly Stmt[],
): Stmt[] {
  const [column, input, output] = [body.local('i32'), body.local('i32'), body.local('i32')]
  const { inputRow: fromRow, outputRow: toRow, rows } = given
  const everyRowOf = { from: given.input, to: given.output, fromRow, toRow, rows }
  return everyRow(everyRowOf, body, (readRow, writeRow) =>
    overlapping(column, given.lastTile, VECTOR * vectors, body, [
      set(input, i32.add(readRow, column)),
      set(output, i32.add(writeRow, column)),
      ...statements(input, output),
    ]),
  )
}
