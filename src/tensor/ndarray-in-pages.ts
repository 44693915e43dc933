// What src/tensor/tensor.ts needs of ndarray, for pages: ndarray itself compiles its accessors
// while it runs, which a strict Content-Security-Policy forbids. The build puts this in its place.

interface Plain {
  readonly data: Float32Array
  readonly shape: number[]
  /** where its first value lies in `data` */
  readonly offset: number
  /** the array without what lies before these leading indices */
  lo(...index: number[]): Plain
}

export default function ndarray(data: Float32Array, shape: number[], offset = 0): Plain {
  return {
    data,
    shape,
    offset,
    lo(...index) {
      const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
      const skipped = index.reduce((sum, at, axis) => sum + at * (strides[axis] as number), 0)
      const left = shape.map((size, axis) => size - (index[axis] ?? 0))
      return ndarray(data, left, offset + skipped)
    },
  }
}
