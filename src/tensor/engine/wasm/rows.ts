// Going over planes, their rows, and what is in a row.
import { type Body, type Expr, i32, type Local, repeatWhile, type Stmt, set } from './assembler.ts'

type Addresses = Readonly<Record<'from' | 'to', Local<'i32'>>>

/** Statements for every plane; `from` and `to` go along, by so many bytes. */
export function everyPlane(
  {
    from,
    to,
    fromPlane,
    toPlane,
    planes,
  }: Addresses & Readonly<Record<'fromPlane' | 'toPlane' | 'planes', Expr<'i32'>>>,
  body: Body,
  statements: readonly Stmt[],
): Stmt[] {
  const plane = body.local('i32')
  return [
    set(plane, i32.const(0)),
    body.loop(
      plane,
      i32.const(1),
      planes,
      ...statements,
      set(from, i32.add(from, fromPlane)),
      set(to, i32.add(to, toPlane)),
    ),
  ]
}

/** @param statements for a row: where it is read and where it is written */
export function everyRow(
  {
    from,
    to,
    fromRow,
    toRow,
    rows,
  }: Addresses & Readonly<Record<'fromRow' | 'toRow' | 'rows', Expr<'i32'>>>,
  body: Body,
  statements: (read: Local<'i32'>, write: Local<'i32'>) => readonly Stmt[],
): Stmt[] {
  const [row, read, write] = [body.local('i32'), body.local('i32'), body.local('i32')]
  return [
    set(read, from),
    set(write, to),
    set(row, i32.const(0)),
    body.loop(
      row,
      i32.const(1),
      rows,
      ...statements(read, write),
      set(read, i32.add(read, fromRow)),
      set(write, i32.add(write, toRow)),
    ),
  ]
}

/**
 * Statements for a counter of 0, step, 2 · step ... and at the end `last`, wherever that lies: what is
 * left of a row is done by going back a little.
 */
export function overlapping(
  counter: Local<'i32'>,
  last: Expr<'i32'>,
  step: number,
  body: Body,
  statements: readonly Stmt[],
): Stmt[] {
  const next = body.local('i32')
  const further = i32.add(counter, i32.const(step))
  return [
    set(next, i32.const(0)),
    repeatWhile(
      [
        set(counter, next),
        ...statements,
        set(next, i32.select(further, last, i32.lessThan(further, last))),
      ],
      i32.lessThan(counter, last),
    ),
  ]
}
