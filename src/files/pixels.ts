/** Decoded pixels, row by row. */
export interface Pixels {
  readonly rows: number
  readonly columns: number
  /** red, green, blue, alpha of every pixel */
  readonly rgba: Uint8Array | Uint16Array
  /** the value that stands for all light, or for nothing seen through */
  readonly most: number
  /** whether the file itself holds grey values */
  readonly grey: boolean
}
