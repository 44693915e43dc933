// A set of images, as every experiment draws it.

/** Images with what is known of each; all arrays are row-major. */
export interface Images {
  readonly count: number
  /** channels, rows, columns */
  readonly shape: readonly [number, number, number]
  /** (count, channels, rows, columns) */
  readonly pixels: Float32Array
  /** the class of each, or for the filter experiment its filter */
  readonly labels: Int32Array
  /** what else varies, as an index: the scale, quarter turns, 1 for inverted */
  readonly cues: Readonly<Partial<Record<'scale' | 'turns' | 'polarity' | 'filter', Int32Array>>>
  /** what the network is to give, where that is an image, too: (count, rows', columns') */
  readonly targets?: Float32Array
}

/** One turn of a square, counter-clockwise: new[i][j] = old[j][n - 1 - i]. */
export function quarterTurn<T>(square: readonly T[], size: number): T[] {
  return square.map((_, at) => {
    const i = Math.floor(at / size)
    const j = at % size
    return square[j * size + size - 1 - i] as T
  })
}

/** Several of them. */
export function turned<T>(square: readonly T[], size: number, turns: number): readonly T[] {
  return turns === 0 ? square : turned(quarterTurn(square, size), size, turns - 1)
}
