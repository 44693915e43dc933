// The colours of values: below zero blue, zero as the paper, above zero orange. Both ends are as
// dark, and stay apart for people who see fewer colours.

/** Shades from -1 to 1, as red, green, blue and alpha a shade. */
export type Palette = Uint8ClampedArray<ArrayBuffer>

type Color = readonly [red: number, green: number, blue: number]

const light: readonly Color[] = [
  [13, 59, 120],
  [66, 133, 199],
  [168, 205, 232],
  [247, 245, 240],
  [247, 194, 143],
  [217, 111, 38],
  [133, 51, 4],
]
const dark: readonly Color[] = [
  [178, 220, 255],
  [84, 160, 232],
  [38, 82, 130],
  [33, 36, 41],
  [128, 66, 24],
  [232, 132, 60],
  [255, 214, 170],
]

/** Shades on either side of zero. */
const HALF = 127

function paletteOf(stops: readonly Color[]): Palette {
  const shades = new Uint8ClampedArray(4 * (2 * HALF + 1))
  for (let shade = 0; shade <= 2 * HALF; shade++) {
    const place = (shade / (2 * HALF)) * (stops.length - 1)
    const below = Math.min(Math.floor(place), stops.length - 2)
    for (let part = 0; part < 3; part++) {
      const from = stops[below]?.[part] as number
      const to = stops[below + 1]?.[part] as number
      shades[4 * shade + part] = from + (place - below) * (to - from)
    }
    shades[4 * shade + 3] = 255
  }
  return shades
}

const palettes = { light: paletteOf(light), dark: paletteOf(dark) }

export function paletteFor(isDark: boolean): Palette {
  return isDark ? palettes.dark : palettes.light
}

/** Which shade of the palette a value has; beyond ±bound there are no others. */
function shadeOf(value: number, bound: number): number {
  const part = bound > 0 ? Math.max(-1, Math.min(1, value / bound)) : 0
  return Math.round(HALF * (1 + (Number.isNaN(part) ? 0 : part)))
}

/** Writes the shades of values into the pixels of a picture, four parts at once. */
export function paint(
  pixels: Uint8ClampedArray,
  values: Float32Array,
  bound: number,
  palette: Palette,
): void {
  const shades = new Uint32Array(palette.buffer)
  const cells = new Uint32Array(pixels.buffer, pixels.byteOffset, values.length)
  for (let at = 0; at < values.length; at++)
    cells[at] = shades[shadeOf(values[at] as number, bound)] as number
}

/** A shade as CSS writes it, and the ink that is read best on it. */
export function inkOn(value: number, bound: number, palette: Palette) {
  const at = 4 * shadeOf(value, bound)
  const [red, green, blue] = palette.subarray(at, at + 3) as unknown as Color
  return {
    backgroundColor: `rgb(${red} ${green} ${blue})`,
    color: luminance([red, green, blue]) < MIDDLE ? '#fff' : '#000',
  }
}

/** Where black and white are read equally well: 1.05 / (L + 0.05) = (L + 0.05) / 0.05. */
const MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(color: Color): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The largest size of a value. */
export function boundOf(...lists: Float32Array[]): number {
  let bound = 0
  for (const values of lists)
    for (let at = 0; at < values.length; at++) {
      const size = Math.abs(values[at] as number)
      if (size > bound && size < Number.POSITIVE_INFINITY) bound = size
    }
  return bound
}
