// --input photo.jpg: an image as a run takes it.
import { UsageError } from '../../base/errors.ts'
import { written } from '../../base/options.ts'
import type { Text } from '../../base/text.ts'
import { named, readBytes } from '../../cli/disk.ts'
import { imageNet, imageValues, isSeeThrough, normalise } from '../../files/image-values.ts'
import { mostPixels } from '../../files/limits.ts'
import { modeIn, unlikePillow } from '../../files/pillow.ts'
import type { Pixels } from '../../files/pixels.ts'
import type { Layer } from '../../layers/layer.ts'
import { runOptions } from '../../run/plan.ts'
import type { ProvidedInput } from '../../run/provided.ts'
import type { Pair } from '../../tensor/geometry.ts'
import { notAnImage } from './asked.ts'

/**
 * An image in as many channels and pixels as --in and --size ask, or as it has.
 * @throws {UsageError} naming flag and file
 */
export async function imageOf(
  path: string,
  layer: Layer,
  given: Readonly<Record<string, unknown>>,
  normalize: string,
): Promise<ProvidedInput> {
  const { decodeImage } = await import('../../files/image.ts')
  const bytes = readBytes('--input', path, (whole) => whole)
  const pixels = await decodeImage(bytes).catch((error) => {
    throw named(`--input ${path}`, error)
  })
  // what cannot be read is left to the check of all flags
  const asked = given.in === undefined ? undefined : layer.options.in?.read(given.in)
  const channels = asked ?? (pixels.grey ? 1 : 3)
  if (channels !== 1 && channels !== 3 && channels !== 4) throw noSuchChannels(path, channels)
  const size = given.size === undefined ? undefined : runOptions.size.read(given.size)
  if (size) checkSize(size)
  const normalised = normalize === 'none' ? undefined : imageNet
  if (normalised && channels !== 3) throw notAnImage(normalize)
  const image = imageValues(pixels, channels, size)
  const notes = notesOn(pixels, channels === 4)
  const unlike = unlikePillow(pixels, channels)
  return {
    source: path,
    flags: [
      ...(asked ? ['--in', String(asked)] : []),
      ...(size ? ['--size', written(size)] : []),
      ...(normalised ? ['--normalize', normalize] : []),
    ],
    ...(notes.length > 0 && { notes }),
    picture: {
      mode: modeIn(pixels, channels),
      turned: pixels.turned,
      resized: size !== undefined,
      ...(normalised && { normalised }),
      ...(unlike && { unlike }),
    },
    ...(normalised ? normalise(image) : image),
  }
}

/** What has been decided about the image without being asked. */
function notesOn(pixels: Pixels, alphaIsKept: boolean): Text[] {
  const { images, turned } = pixels
  return [
    ...(images > 1
      ? [{ en: `the first of its ${images} images`, zh: `共 ${images} 幅图，取第一幅` }]
      : []),
    ...(turned ? [{ en: 'turned as its EXIF asks', zh: '已按 EXIF 的方向转正' }] : []),
    ...(!alphaIsKept && isSeeThrough(pixels) ? [{ en: 'seen on white', zh: '透明处垫白底' }] : []),
  ]
}

function checkSize([rows, columns]: Pair): void {
  if (rows * columns <= mostPixels) return
  throw new UsageError({
    en: `--size ${rows}x${columns}: expected at most ${mostPixels} pixels in all: use a smaller --size`,
    zh: `--size ${rows}x${columns}：像素总数上限是 ${mostPixels}：请减小 --size`,
  })
}

function noSuchChannels(path: string, channels: number): UsageError {
  return new UsageError({
    en: `--in ${channels}: ${path} can be read as 1 channel (grey), 3 (red, green, blue) or 4 (and alpha): use one of them, or leave --in out`,
    zh: `--in ${channels}：${path} 可读成 1 个通道（灰度）、3 个（红绿蓝）或 4 个（另加透明度）：请选其一，或去掉 --in`,
  })
}
