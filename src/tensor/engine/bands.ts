// The rows of an output in bands: what a band reads and writes should stay in the second cache, and the
// memory it takes does not grow with the image.

export interface Bands {
  /** of each band */
  readonly rows: number
  /** first rows; the last band goes back a little if they do not come out even */
  readonly starts: readonly number[]
}

/** @param most rows of a band; one at least */
export function bandsOf(rows: number, most: number): Bands {
  const count = Math.ceil(rows / Math.max(1, most))
  const each = Math.ceil(rows / count)
  const starts = Array.from({ length: Math.ceil(rows / each) }, (_, band) =>
    Math.min(band * each, rows - each),
  )
  return { rows: each, starts }
}
