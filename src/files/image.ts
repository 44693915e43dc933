// Images as input, decoded by sharp: its libvips brings the decoders that Pillow has, so that the values
// are Pillow's. It takes a while to load, so it is loaded where an image is read, and only there.
import type { FailOnOptions, Metadata, SharpOptions } from 'sharp'
import { UsageError } from '../base/errors.ts'
import { mostPixels } from './limits.ts'
import type { Pixels } from './pixels.ts'

/** What sharp may read; without this list it would take SVG and PDF from untrusted hands, too. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif']

/** libjpeg warns of this although nothing is missing; some phones write it. */
const HARMLESS = /Invalid SOS parameters/

/**
 * Colours stay as they are stored, whatever colour profile the file has. CMYK becomes (1 - C)(1 - K)
 * for red and so on, as Pillow's convert('RGB') makes it.
 * @throws {UsageError} if the file is no such image, is damaged or has too many pixels
 */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels> {
  if (bytes.length === 0) throw unknown() // sharp takes that for a mistake in the program
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  checkAvif(file)
  const sharp = await loadSharp()
  const open = (more: SharpOptions) => sharp(file, { ignoreIcc: true, ...more })
  const facts = await open({ limitInputPixels: false }).metadata().catch(rethrow)
  if (facts.width * facts.height > mostPixels) throw tooManyPixels(facts)
  const space = spaceOf(facts)
  if (space === undefined) throw rare()
  if (facts.format === 'png' && !file.includes('IEND')) throw damaged()

  const decode = (failOn: FailOnOptions) => {
    const image = open({ failOn, limitInputPixels: mostPixels }).autoOrient()
    if (space === 'cmyk') image.pipelineColourspace(space)
    const raw = image.toColourspace(space).raw({ depth: facts.depth })
    return raw.toBuffer({ resolveWithObject: true })
  }
  const { data, info } = await decode('warning')
    .catch((error) => {
      if (HARMLESS.test(error.message)) return decode('error')
      throw error
    })
    .catch(rethrow)
  const shape = { rows: info.height, columns: info.width }
  const { format, orientation = 1, pages: images = 1 } = facts
  const grey = facts.space === 'b-w' || facts.space === 'grey16'
  const about = { ...shape, grey, format, turned: orientation > 1, images }
  if (space === 'cmyk') return { ...about, bands: 3, samples: coloursOf(data), most: 255 }
  const bands = info.channels as 1 | 3 | 4
  if (facts.depth === 'uchar') return { ...about, bands, samples: data, most: 255 }
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
  // AVIF's 10 or 12 bits are the upper ones of 16
  return { ...about, bands, samples, most: 2 ** 16 - 2 ** (16 - (facts.bitsPerSample ?? 16)) }
}

async function loadSharp() {
  const { default: sharp } = await import('sharp').catch(() => {
    throw notInstalled()
  })
  sharp.cache(false) // every image is read once
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders.map((name) => `VipsForeignLoad${name}`) })
  return sharp
}

/**
 * libvips writes lines of its own to stderr about the size of an AVIF that it cannot even count in: its
 * boxes `ispe`, which hold rows and columns, all stand in front of the box with the pixels.
 */
function checkAvif(bytes: Buffer): void {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return
  const head = bytes.subarray(0, bytes.indexOf('mdat'))
  for (
    let at = head.indexOf('ispe');
    at > 0 && at + 16 <= head.length;
    at = head.indexOf('ispe', at + 1)
  ) {
    const [width, height] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)]
    if (width * height > mostPixels) throw tooManyPixels({ width, height })
  }
}

/** The colour space to decode to, in which the samples are those of the file. */
function spaceOf({ space, depth, hasAlpha, channels }: Metadata) {
  const kind = `${space} ${depth}${hasAlpha ? ' alpha' : ''}`
  const spaces = {
    'b-w uchar': 'b-w',
    'b-w uchar alpha': 'srgb',
    'srgb uchar': 'srgb',
    'srgb uchar alpha': 'srgb',
    'cmyk uchar': 'cmyk',
    'grey16 ushort': 'grey16',
    'grey16 ushort alpha': 'rgb16',
    'rgb16 ushort': 'rgb16',
    'rgb16 ushort alpha': 'rgb16',
  } as const
  return channels > 4 ? undefined : spaces[kind as keyof typeof spaces]
}

/** Cyan, magenta, yellow and black as red, green and blue, rounded as Pillow rounds. */
function coloursOf(inks: Uint8Array): Uint8Array {
  const colours = new Uint8Array((inks.length / 4) * 3)
  for (let at = 0, to = 0; at < inks.length; at += 4) {
    const light = 255 - (inks[at + 3] as number)
    for (let ink = 0; ink < 3; ink++)
      colours[to++] = light - Math.round(((inks[at + ink] as number) * light) / 255)
  }
  return colours
}

/** What went wrong in libvips, in our words. */
function rethrow({ message }: Error): never {
  if (/unsupported image format/.test(message)) throw unknown()
  throw damaged()
}

function notInstalled(): UsageError {
  return new UsageError({
    en: 'the package sharp, which decodes images, has no binary here: install convlab without --omit=optional, or give the input as .npy',
    zh: '解码图片用的 sharp 包在这里没有可用的二进制文件：安装 convlab 时不要加 --omit=optional，或改用 .npy 输入',
  })
}

function unknown(): UsageError {
  return new UsageError({
    en: 'this is no whole PNG, JPEG, WebP, GIF, TIFF or AVIF image, whatever its name: convert it to PNG',
    zh: '不管文件名如何，内容不是完整的 PNG、JPEG、WebP、GIF、TIFF 或 AVIF 图片：请转换成 PNG',
  })
}

function damaged(): UsageError {
  return new UsageError({
    en: 'this image is damaged or cut off: save it again',
    zh: '这张图片已损坏或不完整：请重新保存',
  })
}

function rare(): UsageError {
  return new UsageError({
    en: 'this image has values of a rare kind, expected grey, RGB or CMYK of 8 bits, or grey or RGB of 16: convert it to PNG',
    zh: '这张图片的数值类型少见，应为 8 位的灰度、RGB、CMYK，或 16 位的灰度、RGB：请转换成 PNG',
  })
}

function tooManyPixels({ width, height }: Pick<Metadata, 'width' | 'height'>): UsageError {
  return new UsageError({
    en: `the image has ${width} x ${height} pixels, expected at most ${mostPixels} in all: scale it down first`,
    zh: `图片有 ${width} x ${height} 个像素，总数上限是 ${mostPixels}：请先缩小`,
  })
}
