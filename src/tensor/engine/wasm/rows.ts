// Going over planes and their rows, which are read in one place and written in another.
import { type Body, type Expr, i32, type Local, type Stmt, set } from './assembler.ts'

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
