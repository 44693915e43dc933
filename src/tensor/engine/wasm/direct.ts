// The micro-kernel. A tile of `channels` output channels and 4 · `vectors` neighbouring pixels stays in
// registers while every tap adds weight times input to it.
//
//   for every panel of channels, every row, every tile:
//     sums = bias
//     for every tap t:  sums[c] += weights[t][c] · input[offsets[t] ...]
//
// A tap, whatever its channel, row and column, is one constant distance in bytes: the input lies in
// planes with zeros around them (see ../planes.ts), and the distances in a table.
import { define, f32x4, i32, type Local, overlapping, type Stmt, set, v128 } from './assembler.ts'
import { type Tile, tileName } from './tiles.ts'

/** Bytes of a float32, and of four. */
const FLOAT = 4
const VECTOR = 16

/** @param fused multiply and add in one instruction, which rounds once */
export function direct({ channels, vectors }: Tile, fused: boolean) {
  const parameters = [
    'input', // address of the first output pixel's own place in the input
    'inputRow', // bytes from one output row to the next
    'offsets', // where each tap reads, in bytes from there
    'offsetsEnd',
    'weights', // [panel][tap][channel]
    'bias', // [panel][channel]
    'output', // [panel][channel][row][pixel]
    'outputRow', // bytes
    'outputPlane', // bytes from channel to channel
    'panels',
    'rows',
    'lastTile', // bytes from a row's start to its last tile, which overlaps the one before
  ] as const
  return define(tileName({ channels, vectors }), parameters, (given, body) => {
    const { weights, bias, output, outputPlane, offsets, offsetsEnd, lastTile } = given
    const sums = grid(channels, vectors, () => body.local('v128'))
    const inputs = Array.from({ length: vectors }, () => body.local('v128'))
    const weight = body.local('v128')
    // counters: how many panels and rows are done, and bytes into a row
    const [panel, line, column] = [body.local('i32'), body.local('i32'), body.local('i32')]
    // addresses: the row and tile that are read and written, the tap and its weights
    const [readRow, writeRow, tile] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [tap, w, at] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const add = fused
      ? (sum: Local<'v128'>, input: Local<'v128'>) => f32x4.relaxedMadd(input, weight, sum)
      : (sum: Local<'v128'>, input: Local<'v128'>) => f32x4.add(sum, f32x4.mul(input, weight))

    const start = sums.flatMap((channel, c) =>
      channel.map((sum) => set(sum, f32x4.splat(bias, FLOAT * c))),
    )
    const oneTap: Stmt[] = [
      set(at, i32.add(tile, i32.load(tap))),
      ...inputs.map((input, v) => set(input, v128.load(at, VECTOR * v))),
      ...sums.flatMap((channel, c) => [
        set(weight, f32x4.splat(w, FLOAT * c)),
        ...channel.map((sum, v) => set(sum, add(sum, inputs[v] as Local<'v128'>))),
      ]),
      set(w, i32.add(w, i32.const(FLOAT * channels))),
    ]
    const store = sums.flatMap((channel, c) => [
      ...(c === 0 ? [] : [set(at, i32.add(at, outputPlane))]),
      ...channel.map((sum, v) => v128.store(at, sum, VECTOR * v)),
    ])
    const oneRow = overlapping(column, lastTile, VECTOR * vectors, body, [
      set(tile, i32.add(readRow, column)),
      set(w, weights),
      set(tap, offsets),
      ...start,
      body.loop(tap, i32.const(FLOAT), offsetsEnd, ...oneTap),
      set(at, i32.add(writeRow, column)),
      ...store,
    ])
    const onePanel: Stmt[] = [
      set(readRow, given.input),
      set(writeRow, output),
      set(line, i32.const(0)),
      body.loop(
        line,
        i32.const(1),
        given.rows,
        ...oneRow,
        set(readRow, i32.add(readRow, given.inputRow)),
        set(writeRow, i32.add(writeRow, given.outputRow)),
      ),
      set(weights, w),
      set(bias, i32.add(bias, i32.const(FLOAT * channels))),
      set(output, i32.add(output, i32.mul(outputPlane, i32.const(channels)))),
    ]
    return [body.loop(panel, i32.const(1), given.panels, ...onePanel)]
  })
}

function grid<T>(rows: number, columns: number, make: () => T): T[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, make))
}
