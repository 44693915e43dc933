// The rows of an output in blocks: what a block reads and writes should stay in the second cache, and the
// memory it takes does not grow with the image.

export interface RowBlocks {
  /** of each block */
  readonly rows: number
  /** first rows; the last block goes back a little if they do not come out even */
  readonly starts: readonly number[]
}

/**
 * Blocks that do as few rows twice as they can.
 * @param most rows of a block; one is the least there can be
 */
export function rowBlocksOf(rows: number, most: number): RowBlocks {
  const largest = Math.max(1, Math.min(rows, most))
  const smallest = Math.ceil(largest / 2)
  const sizes = Array.from({ length: largest - smallest + 1 }, (_, less) => largest - less)
  const reached = (size: number) => Math.ceil(rows / size) * size
  const each = sizes.reduce((best, size) => (reached(size) < reached(best) ? size : best))
  const starts = Array.from({ length: Math.ceil(rows / each) }, (_, block) =>
    Math.min(block * each, rows - each),
  )
  return { rows: each, starts }
}

/** Of input and output, whole channels are held if they are few beside all samples, or beside the cache. */
const WHOLE = { part: 1 / 4, most: 8, always: 1 / 2 }

/**
 * Whether channels are copied in and out as a whole rather than block by block: a copy by itself costs
 * some hundred nanoseconds.
 * @param values of the channels' input and output
 * @param all values of the input and output of all samples
 */
export function copiedWhole(values: number, all: number, cache: number): boolean {
  return values <= Math.max(WHOLE.always * cache, Math.min(WHOLE.most * cache, WHOLE.part * all))
}
