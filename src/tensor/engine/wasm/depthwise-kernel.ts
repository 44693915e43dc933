// A 3x3 kernel for each channel by itself, with a border of one zero. The micro-kernel would read every
// value nine times; here a row that has been read adds to the three rows of output it belongs to:
//
//   y[i-1] = below, finished;  below = level + x[i] · w[1];  level = bias + x[i] · w[0]      (x[i] · w[2] first)
//
// A tile is four pixels wide and goes down the whole image, with the nine weights in registers.
import {
  type Body,
  define,
  type Expr,
  f32x4,
  i32,
  type Local,
  type Stmt,
  set,
  v128,
  when,
} from './assembler.ts'
import { FLOAT, VECTOR } from './tile-sums.ts'

/** Which border of the image a tile touches. */
type Edge = 'left' | 'right' | undefined

/** @param fused multiply and add in one instruction, which rounds once */
export function depthwise(fused: boolean) {
  const parameters = [
    'input', // [channel][row][column]
    'output', // as the input
    'weights', // [channel][tap]
    'bias', // [channel]
    'channels',
    'rows', // 2 at least
    'columns', // 5 at least
    'sink', // for four values that nobody needs
  ] as const
  return define('depthwise3x3', parameters, (given, body) => {
    const { input, output, weights, bias, columns } = given
    const [channel, column, last] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [rowBytes, planeBytes] = [body.local('i32'), body.local('i32')]
    const taps = Array.from({ length: 9 }, () => body.local('v128'))
    const columnTile = tile({ ...given, rowBytes, planeBytes }, taps, fused, body)
    return [
      set(rowBytes, i32.mul(columns, i32.const(FLOAT))),
      set(planeBytes, i32.mul(given.rows, rowBytes)),
      set(last, i32.sub(rowBytes, i32.const(VECTOR))),
      set(channel, i32.const(0)),
      body.loop(
        channel,
        i32.const(1),
        given.channels,
        ...taps.map((tap, at) => set(tap, f32x4.splat(weights, FLOAT * at))),
        ...columnTile(i32.const(0), 'left'),
        set(column, i32.const(VECTOR)),
        ...when(
          i32.lessThan(column, last),
          [body.loop(column, i32.const(VECTOR), last, ...columnTile(column, undefined))],
          [],
        ),
        ...columnTile(last, 'right'),
        set(input, i32.add(input, planeBytes)),
        set(output, i32.add(output, planeBytes)),
        set(weights, i32.add(weights, i32.const(FLOAT * taps.length))),
        set(bias, i32.add(bias, i32.const(FLOAT))),
      ),
    ]
  })
}

type TileParameters = Readonly<
  Record<'input' | 'output' | 'bias' | 'sink' | 'rowBytes' | 'planeBytes', Local<'i32'>>
>

function tile(
  { input, output, bias, sink, rowBytes, planeBytes }: TileParameters,
  taps: readonly Local<'v128'>[],
  fused: boolean,
  body: Body,
) {
  const [at, end, to] = [body.local('i32'), body.local('i32'), body.local('i32')]
  const values = [body.local('v128'), body.local('v128'), body.local('v128')]
  // what the next two rows of output have so far
  const [level, below] = [body.local('v128'), body.local('v128')]
  /** sum + the row that is read · a row of the kernel */
  const plus = (sum: Expr<'v128'>, row: number) => {
    const products = values.map((value, v) => [value, taps[3 * row + v] as Expr<'v128'>] as const)
    return products.reduce(
      (total, [value, tap]) =>
        fused ? f32x4.relaxedMadd(value, tap, total) : f32x4.add(total, f32x4.mul(value, tap)),
      sum,
    )
  }
  return (column: Expr<'i32'>, edge: Edge): Stmt[] => {
    const read = neighbours(at, edge).map((value, v) => set(values[v] as Local<'v128'>, value))
    const further = [set(level, plus(below, 1)), set(below, plus(f32x4.splat(bias), 0))]
    return [
      set(at, i32.add(i32.sub(input, i32.const(FLOAT)), column)),
      set(to, i32.add(output, column)),
      set(end, i32.add(at, planeBytes)),
      ...read,
      set(below, f32x4.splat(bias)),
      ...further,
      set(at, i32.add(at, rowBytes)),
      body.loop(
        at,
        rowBytes,
        end,
        ...read,
        v128.store(to, plus(level, 2)),
        ...further,
        set(to, i32.add(to, rowBytes)),
      ),
      v128.store(to, level),
      v128.store(sink, below), // of no use but this: V8 adds up a row before it goes on
    ]
  }
}

/** From there on: four values, those one further and those two further; outside the image there are zeros. */
function neighbours(at: Expr<'i32'>, edge: Edge): Expr<'v128'>[] {
  const zeros = f32x4.const(0)
  const here = v128.load(at, FLOAT)
  return [
    edge === 'left' ? v128.shuffle(zeros, here, 3, 4, 5, 6) : v128.load(at),
    here,
    edge === 'right' ? v128.shuffle(here, zeros, 1, 2, 3, 4) : v128.load(at, 2 * FLOAT),
  ]
}
