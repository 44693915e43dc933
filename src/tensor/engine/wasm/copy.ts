// How data gets to where the micro-kernel wants it.
import { define, type Expr, f32, i32, type Local, set, v128, when } from './assembler.ts'
import { everyPlane, everyRow } from './rows.ts'

/** Copies matrices into larger ones, or every second, third ... column of them (`step` bytes apart). */
export const spread = define(
  'spread',
  [
    'from',
    'fromPlane', // bytes from matrix to matrix
    'fromRow', // bytes from row to row
    'step', // bytes from column to column
    'to',
    'toPlane',
    'toRow',
    'planes',
    'rows',
    'columns',
  ],
  (given, body) => {
    const { step } = given
    const [column, read] = [body.local('i32'), body.local('i32')]
    const [write, last] = [body.local('i32'), body.local('i32')]
    const zero = i32.const(0)
    const few = i32.lessThan(given.columns, i32.const(4))
    const evens = v128.shuffle(v128.load(read), v128.load(read, 12), 0, 2, 5, 7)
    const oneRow = (readRow: Local<'i32'>, writeRow: Local<'i32'>) => {
      /** four columns at a time, from `readAt` bytes into the row; the last go back a little */
      const fours = (load: Expr<'v128'>, readAt: Expr<'i32'>) => {
        const four = [
          set(read, i32.add(readRow, readAt)),
          v128.store(i32.add(writeRow, column), load),
        ]
        return [
          set(column, zero),
          ...when(i32.lessThan(zero, last), [body.loop(column, i32.const(16), last, ...four)], []),
          set(column, last),
          ...four,
        ]
      }
      const oneByOne = [
        set(column, zero),
        set(read, readRow),
        set(write, writeRow),
        body.loop(
          column,
          i32.const(1),
          given.columns,
          f32.store(write, f32.load(read)),
          set(read, i32.add(read, step)),
          set(write, i32.add(write, i32.const(4))),
        ),
      ]
      return when(
        few,
        oneByOne,
        when(
          i32.equal(step, i32.const(4)),
          fours(v128.load(read), column),
          when(i32.equal(step, i32.const(8)), fours(evens, i32.add(column, column)), oneByOne),
        ),
      )
    }
    return [
      set(last, i32.mul(i32.sub(given.columns, i32.const(4)), i32.const(4))),
      ...everyPlane(given, body, everyRow(given, body, oneRow)),
    ]
  },
)

/** Kernels (rows, taps) -> (taps, rows): what the micro-kernel reads for one tap lies side by side. */
export const pack = define(
  'pack',
  ['from', 'fromRow', 'to', 'toTap', 'rows', 'taps'],
  ({ from, fromRow, to, toTap, rows, taps }, body) => {
    const [tap, row] = [body.local('i32'), body.local('i32')]
    const [read, write] = [body.local('i32'), body.local('i32')]
    return [
      set(tap, i32.const(0)),
      body.loop(
        tap,
        i32.const(1),
        taps,
        set(read, from),
        set(write, to),
        set(row, i32.const(0)),
        body.loop(
          row,
          i32.const(1),
          rows,
          f32.store(write, f32.load(read)),
          set(read, i32.add(read, fromRow)),
          set(write, i32.add(write, i32.const(4))),
        ),
        set(from, i32.add(from, i32.const(4))),
        set(to, i32.add(to, toTap)),
      ),
    ]
  },
)
