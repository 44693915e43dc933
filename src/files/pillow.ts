// What Pillow, which Python programs read images with, makes of an image that we have read.
import type { Text } from '../base/text.ts'
import type { PictureReading } from '../run/provided.ts'
import type { Channels } from './image-values.ts'
import type { Pixels } from './pixels.ts'

/** The mode of Pillow's that holds every value there is in so many channels. */
export function modeIn({ bands, most }: Pixels, channels: Channels): PictureReading['mode'] {
  if (bands === 1 && most > 255) return 'I;16'
  if (bands === 4 || channels === 4) return 'RGBA'
  return bands === 1 && channels === 1 ? 'L' : 'RGB'
}

/** Why Pillow gives other values, or may; undefined where they are the same. */
export function unlikePillow(pixels: Pixels, channels: Channels): Text | undefined {
  const { format, bands, most } = pixels
  if (format === 'heif')
    return {
      en: 'Pillow decodes the colours of an AVIF image by rules of its own',
      zh: 'Pillow 按自己的规则解码 AVIF 的颜色',
    }
  if (format === 'gif')
    return {
      en: 'where the first frame of a GIF leaves pixels out, Pillow shows them in another colour',
      zh: 'GIF 第一帧没有覆盖到的像素，Pillow 会填成另一种颜色',
    }
  if (format === 'tiff' && bands === 4)
    return {
      en: 'where a TIFF holds colours times alpha, Pillow divides them again with another rounding',
      zh: 'TIFF 若存的是乘过透明度的颜色，Pillow 还原时舍入不同',
    }
  if (most > 255 && (bands > 1 || channels === 4))
    return {
      en: 'Pillow keeps 8 of the 16 bits of colours and of alpha',
      zh: 'Pillow 只保留 16 位颜色和透明度中的 8 位',
    }
  return undefined
}
