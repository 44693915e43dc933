// A constant matrix times vectors of four lanes, as few instructions as its symmetry allows.
import { type Body, type Expr, f32x4, type Local, type Stmt, set } from './assembler.ts'
import type { TransformMatrix } from './winograd-matrices.ts'

type V = Local<'v128'>

/**
 * outputs = matrix · inputs.
 *
 * Points of opposite sign make rows that differ in the sign of every other entry, or columns that do:
 * what they have in common is computed once.
 */
export function multiplyMatrix(
  matrix: TransformMatrix,
  inputs: readonly V[],
  outputs: readonly V[],
  body: Body,
) {
  const columns = matrix[0]?.map((_, at) => matrix.map((row) => row[at] as number)) ?? []
  return hasPair(columns)
    ? byColumns(matrix, columns, inputs, outputs, body)
    : byRows(matrix, inputs, outputs, body)
}

/** Two rows at a time: even part plus odd part, and even part minus odd part. */
function byRows(
  matrix: TransformMatrix,
  inputs: readonly V[],
  outputs: readonly V[],
  body: Body,
): Stmt[] {
  const [even, odd] = [body.local('v128'), body.local('v128')]
  const statements: Stmt[] = []
  const done = new Set<number>()
  for (const [at, row] of matrix.entries()) {
    if (done.has(at)) continue
    const mirror = mirrorOf(matrix, at)
    const output = outputs[at] as V
    if (mirror === undefined) {
      statements.push(set(output, sum(row, inputs)))
      continue
    }
    done.add(mirror)
    statements.push(
      set(even, sum(row.map(keep(0)), inputs)),
      set(odd, sum(row.map(keep(1)), inputs)),
      set(output, f32x4.add(even, odd)),
      set(outputs[mirror] as V, f32x4.sub(even, odd)),
    )
  }
  return statements
}

/** Sums and differences of the inputs of two columns, then every row from half of them. */
function byColumns(
  matrix: TransformMatrix,
  columns: TransformMatrix,
  inputs: readonly V[],
  outputs: readonly V[],
  body: Body,
): Stmt[] {
  const statements: Stmt[] = []
  const terms: { column: readonly number[]; value: V; parity?: 0 | 1 }[] = []
  const done = new Set<number>()
  for (const [at, column] of columns.entries()) {
    if (done.has(at)) continue
    const [value, mirror] = [inputs[at] as V, mirrorOf(columns, at)]
    if (mirror === undefined) {
      terms.push({ column, value })
      continue
    }
    done.add(mirror)
    const [plus, minus] = [body.local('v128'), body.local('v128')]
    const other = inputs[mirror] as V
    statements.push(set(plus, f32x4.add(value, other)), set(minus, f32x4.sub(value, other)))
    terms.push({ column, value: plus, parity: 0 }, { column, value: minus, parity: 1 })
  }
  for (const row of matrix.keys()) {
    const used = terms.filter(({ parity }) => parity === undefined || parity === row % 2)
    const factors = used.map(({ column }) => column[row] as number)
    statements.push(
      set(
        outputs[row] as V,
        sum(
          factors,
          used.map(({ value }) => value),
        ),
      ),
    )
  }
  return statements
}

const keep = (parity: 0 | 1) => (value: number, at: number) => (at % 2 === parity ? value : 0)

/** The later line that is this one with every other entry negated, and is not the same. */
function mirrorOf(lines: TransformMatrix, at: number): number | undefined {
  const line = lines[at] as readonly number[]
  const mirrored = line.map((value, entry) => (entry % 2 === 0 ? value : -value))
  if (mirrored.every((value, entry) => value === (line[entry] as number))) return undefined
  const found = lines.findIndex(
    (other, index) => index > at && other.every((value, entry) => value === mirrored[entry]),
  )
  return found < 0 ? undefined : found
}

function hasPair(lines: TransformMatrix): boolean {
  return lines.some((_, at) => mirrorOf(lines, at) !== undefined)
}

/** Σ factor · value; factors of 0 cost nothing, of 1 and -1 no multiplication. */
function sum(factors: readonly number[], values: readonly V[]): Expr<'v128'> {
  const terms = factors
    .map((factor, at) => ({ factor, value: values[at] as V }))
    .filter(({ factor }) => factor !== 0)
    .sort((a, b) => Number(a.factor < 0) - Number(b.factor < 0)) // a positive one first
  const scaled = ({ factor, value }: (typeof terms)[number]) =>
    Math.abs(factor) === 1 ? value : f32x4.mul(value, f32x4.const(Math.abs(factor)))
  const [first, ...more] = terms as [(typeof terms)[number], ...typeof terms]
  return more.reduce<Expr<'v128'>>(
    (total, term) => (term.factor < 0 ? f32x4.sub : f32x4.add)(total, scaled(term)),
    first.factor < 0 ? f32x4.mul(first.value, f32x4.const(first.factor)) : scaled(first),
  )
}
