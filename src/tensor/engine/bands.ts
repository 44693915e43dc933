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

/** Of input and output, whole channels are held if they are few beside all samples, or beside the cache. */
const WHOLE = { part: 1 / 4, most: 8, always: 1 / 2 }

/**
 * Whether channels are copied in and out as a whole rather than band by band: a copy by itself costs
 * some hundred nanoseconds.
 * @param values of the channels' input and output
 * @param all values of the input and output of all samples
 */
export function copiedWhole(values: number, all: number, cache: number): boolean {
  return values <= Math.max(WHOLE.always * cache, Math.min(WHOLE.most * cache, WHOLE.part * all))
}
