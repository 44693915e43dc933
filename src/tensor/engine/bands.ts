// The rows of an output in bands: what a band reads and writes should stay in the second cache, and the
// memory it takes does not grow with the image.

export interface Bands {
  /** of each band */
  readonly rows: number
  /** first rows; the last band goes back a little if they do not come out even */
  readonly starts: readonly number[]
}

/**
 * Bands that do as few rows twice as they can.
 * @param most rows of a band; one is the least there can be
 */
export function bandsOf(rows: number, most: number): Bands {
  const largest = Math.max(1, Math.min(rows, most))
  const smallest = Math.ceil(largest / 2)
  const sizes = Array.from({ length: largest - smallest + 1 }, (_, less) => largest - less)
  const reached = (size: number) => Math.ceil(rows / size) * size
  const each = sizes.reduce((best, size) => (reached(size) < reached(best) ? size : best))
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
