// Products of tensors of different shapes, broadcast as PyTorch does it: shapes are aligned at
// their last axes, and an axis of size 1 repeats.
import { emptyLike } from './memory.ts'
import { type Shape, sizeOf, type Tensor, tensor } from './tensor.ts'

/**
 * The shape that both broadcast to: (B, C, H, W) for (B, C, H, W) and (B, C, 1, 1).
 * @throws {RangeError} if sizes differ and neither is 1
 */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const axes = Math.max(a.length, b.length)
  return aligned(a, axes).map((size, axis) => {
    const other = aligned(b, axes)[axis] as number
    if (size !== other && size !== 1 && other !== 1)
      throw new RangeError(`shapes [${a}] and [${b}] do not broadcast`)
    return size === 1 ? other : size
  })
}

/** a · b, element by element; both broadcast. */
export function productOf(a: Tensor, b: Tensor): Tensor {
  const shape = broadcastShape(a.shape, b.shape)
  const { row, outer } = rowsOf(axesOf([a, b], shape), 2)
  const [stepA, stepB] = row.steps as [number, number]
  const y = emptyLike(a, sizeOf(shape))
  for (let start = 0; start < y.length; start += row.size) {
    const [fromA, fromB] = offsetsAt(start / row.size, outer, 2) as [number, number]
    const row1 = { data: a.data, from: fromA, step: stepA }
    const row2 = { data: b.data, from: fromB, step: stepB }
    multiplyRow(y, { start, size: row.size }, row1, row2)
  }
  return tensor(y, shape)
}

/**
 * The product of all factors, element by element, summed along some axes.
 *
 * @param factors each broadcasts to `shape`
 * @param summed axes of `shape`; they are gone from the result
 */
export function sumOfProducts(
  factors: readonly Tensor[],
  shape: Shape,
  summed: readonly number[],
): Tensor {
  const axes = axesOf(factors, shape)
  const { row, outer } = rowsOf(
    axes.filter((_, axis) => !summed.includes(axis)),
    factors.length,
  )
  const terms = termsOf(summed.map((axis) => axes[axis] as Axis).reverse(), factors.length)
  const kept = shape.filter((_, axis) => !summed.includes(axis))
  const y = emptyLike(factors[0] as Tensor, sizeOf(kept))
  const [sums, products] = [new Float64Array(row.size), new Float64Array(row.size)]
  for (let start = 0; start < y.length; start += row.size) {
    const offsets = offsetsAt(start / row.size, outer, factors.length)
    sums.fill(0)
    for (const term of terms) {
      products.fill(1)
      for (let f = 0; f < factors.length; f++) {
        const from = (offsets[f] as number) + (term[f] as number)
        multiplyBy(products, (factors[f] as Tensor).data, from, row.steps[f] as number)
      }
      add(sums, products)
    }
    y.set(sums, start)
  }
  return tensor(y, kept)
}

/** Where every term of a sum begins in every factor. */
function termsOf(axes: readonly Axis[], factors: number): readonly (readonly number[])[] {
  const count = sizeOf(axes.map(({ size }) => size))
  return Array.from({ length: count }, (_, term) => offsetsAt(term, axes, factors))
}

/** An axis of the result, and how far the next value along it is in every factor. */
interface Axis {
  readonly size: number
  readonly steps: readonly number[]
}

function axesOf(factors: readonly Tensor[], shape: Shape): Axis[] {
  const strides = factors.map((factor) => stridesIn(factor.shape, shape))
  return shape.map((size, a) => ({ size, steps: strides.map((each) => each[a] as number) }))
}

/**
 * The last axis, and the others from the last but one on. Axes that every factor goes along as along
 * one are made one, so that rows are long.
 */
function rowsOf(
  axes: readonly Axis[],
  factors: number,
): { readonly row: Axis; readonly outer: readonly Axis[] } {
  const result: Axis[] = []
  for (const axis of axes) {
    const last = result.at(-1)
    const asOne = last?.steps.every((step, f) => step === axis.size * (axis.steps[f] as number))
    if (last && asOne)
      result[result.length - 1] = { size: last.size * axis.size, steps: axis.steps }
    else result.push(axis)
  }
  const [row = { size: 1, steps: new Array<number>(factors).fill(0) }, ...outer] = result.reverse()
  return { row, outer }
}

/** Where that row begins in every factor. */
function offsetsAt(row: number, outer: readonly Axis[], factors: number): number[] {
  const offsets = new Array<number>(factors).fill(0)
  let rest = row
  for (const { size, steps } of outer) {
    const index = rest % size
    rest = (rest - index) / size
    for (let f = 0; f < factors; f++)
      offsets[f] = (offsets[f] as number) + index * (steps[f] as number)
  }
  return offsets
}

/** Values of a factor: from one on, each `step` behind the one before. */
interface FactorRow {
  readonly data: Float32Array
  readonly from: number
  readonly step: number
}

function multiplyRow(
  y: Float32Array,
  { start, size }: { readonly start: number; readonly size: number },
  a: FactorRow,
  b: FactorRow,
): void {
  for (let at = 0; at < size; at++)
    y[start + at] =
      (a.data[a.from + at * a.step] as number) * (b.data[b.from + at * b.step] as number)
}

function multiplyBy(
  products: Float64Array,
  values: Float32Array,
  from: number,
  step: number,
): void {
  for (let at = 0; at < products.length; at++)
    products[at] = (products[at] as number) * (values[from + at * step] as number)
}

function add(sums: Float64Array, products: Float64Array): void {
  for (let at = 0; at < sums.length; at++)
    sums[at] = (sums[at] as number) + (products[at] as number)
}

/** How far the next value along each axis of `shape` is; 0 along an axis that repeats. */
function stridesIn(own: Shape, shape: Shape): number[] {
  const sizes = aligned(own, shape.length)
  return sizes.map((size, axis) => (size === 1 ? 0 : sizeOf(sizes.slice(axis + 1))))
}

/** The same shape with axes of size 1 in front. */
function aligned(shape: Shape, axes: number): Shape {
  return [...new Array<number>(axes - shape.length).fill(1), ...shape]
}
