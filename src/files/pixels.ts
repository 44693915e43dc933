/** Decoded pixels, row by row, turned as the file asks. */
export interface Pixels {
  readonly rows: number
  readonly columns: number
  /** grey; red, green, blue; these and alpha */
  readonly bands: 1 | 3 | 4
  /** (rows, columns, bands) */
  readonly samples: Uint8Array | Uint16Array
  /** the sample that stands for all light, or for nothing seen through */
  readonly most: number
  /** whether the file itself holds grey values */
  readonly grey: boolean
  /** 'jpeg', 'png', 'webp', 'gif', 'tiff', or 'heif', which is AVIF */
  readonly format: string
  /** whether its EXIF orientation asked for a turn or a mirror image */
  readonly turned: boolean
  /** images in the file, of which this is the first */
  readonly images: number
}
