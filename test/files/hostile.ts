// Files that lie, break off or swell: what a reader must refuse in one line and in bounded memory.
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { writeNpy } from '../../src/files/npy.ts'
import { writeNpz } from '../../src/files/npz.ts'
import { writeSafetensors } from '../../src/files/safetensors.ts'
import { file, joined } from './fixtures.ts'

const text = (words: string) => new TextEncoder().encode(words)
const latin1 = (words: string) => Uint8Array.from(words, (character) => character.charCodeAt(0))
const bytes = (...parts: (Uint8Array | number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))))
const zeros = (count: number) => new Uint8Array(count)

/** A number of so many bytes; little-endian unless `big`. */
function number(value: bigint | number, size: number, big = false): Uint8Array {
  const digits = Array.from({ length: size }, (_, n) =>
    Number((BigInt(value) >> BigInt(8 * n)) & 255n),
  )
  return Uint8Array.from(big ? digits.reverse() : digits)
}

/** A copy with other bytes at a place; negative places count from the end. */
function changed(original: Uint8Array, at: number, ...replacement: number[]): Uint8Array {
  const copy = original.slice()
  copy.set(replacement, at < 0 ? original.length + at : at)
  return copy
}

const array = { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }
const goodNpy = joined(writeNpy(array))
const goodNpz = joined(writeNpz({ array }))
const goodSafetensors = joined(writeSafetensors({ tensors: { array }, metadata: {} }))

function npy(header: string, data = zeros(24), size = header.length): Uint8Array {
  return bytes(latin1('\x93NUMPY\x01\x00'), number(size, 2), latin1(header), data)
}
const dict = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`

export const npyCases: Record<string, Uint8Array> = {
  'nothing at all': zeros(0),
  'one byte': Uint8Array.of(0x93),
  'magic alone': goodNpy.subarray(0, 6),
  'broken off in the version': goodNpy.subarray(0, 7),
  'broken off in the length': goodNpy.subarray(0, 9),
  'broken off in the header': goodNpy.subarray(0, 40),
  'broken off before the numbers': goodNpy.subarray(0, 128),
  'broken off in a number': goodNpy.subarray(0, -1),
  'a byte too many': bytes(goodNpy, [0]),
  'another magic': changed(goodNpy, 1, 0x4d),
  'version 0': changed(goodNpy, 6, 0),
  'version 9': changed(goodNpy, 6, 9),
  'a header of 4 GiB': bytes(latin1('\x93NUMPY\x02\x00'), number(2 ** 32 - 1, 4), zeros(100)),
  'a header longer than the file': npy(dict("'<f4'", '(2, 3)'), zeros(24), 60_000),
  'a header without end': npy('{'.repeat(9000)),
  'no dict': npy('[1, 2, 3]'),
  'an empty dict': npy('{}'),
  'a missing key': npy("{'descr': '<f4', 'shape': (2, 3), }"),
  'a key twice': npy("{'descr': '<f4', 'descr': '<f4', 'shape': (2, 3), }"),
  'a key too many': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': (1,)}"),
  'code instead of values': npy(dict('__import__("os").abort()', '(2, 3)')),
  objects: npy(dict("'|O'", '(2, 3)')),
  strings: npy(dict("'<U8'", '(2, 3)')),
  'complex numbers': npy(dict("'<c8'", '(3,)')),
  records: npy(dict("[('x', '<f4'), ('y', '<f4')]", '(3,)')),
  'half a type': npy(dict("'f'", '(2, 3)')),
  'a prototype as type': npy(dict("'<constructor'", '(2, 3)')),
  'a NaN shape': npy(dict("'<f4'", '(nan, 3)')),
  'a negative shape': npy(dict("'<f4'", '(-2, -3)')),
  'a fraction as shape': npy(dict("'<f4'", '(2.0, 3)')),
  'a shape that is no tuple': npy(dict("'<f4'", '6')),
  'a shape with a hole': npy(dict("'<f4'", '(2, , 3)')),
  'a shape of 10^30': npy(dict("'<f4'", `(${'9'.repeat(30)}, 3)`)),
  'a shape that overflows': npy(dict("'<f4'", '(4294967296, 4294967296)')),
  'a shape of 2^62 values': npy(dict("'<f4'", '(2147483648, 2147483648)')),
  'a thousand axes': npy(dict("'<f4'", `(${'1, '.repeat(1000)})`)),
  'order as a number': npy(dict("'<f4'", '(2, 3)', '1')),
}

/** A zip of one entry whose directory says what it likes. */
function zip(entry: {
  name?: string
  data: Uint8Array
  method?: number
  size?: number
  inflated?: number
  offset?: number
  entries?: number
  checksum?: number
}): Uint8Array {
  const { name = 'array.npy', data, method = 8, offset = 0, entries = 1 } = entry
  const { size = data.length, inflated = data.length, checksum = crc32(data) } = entry
  const lengths = [number(size, 4), number(inflated, 4), number(name.length, 2)]
  const sizes = [number(checksum, 4), ...lengths]
  const local = bytes(
    latin1('PK\x03\x04'),
    number(20, 2),
    zeros(2),
    number(method, 2),
    zeros(4),
    ...sizes,
    zeros(2),
    text(name),
    data,
  )
  const central = bytes(
    latin1('PK\x01\x02'),
    zeros(2),
    number(20, 2),
    zeros(2),
    number(method, 2),
    zeros(4),
    ...sizes,
    zeros(12),
    number(offset, 4),
    text(name),
  )
  const end = bytes(
    latin1('PK\x05\x06'),
    zeros(4),
    number(entries, 2),
    number(entries, 2),
    number(central.length, 4),
    number(local.length, 4),
    zeros(2),
  )
  return bytes(local, central, end)
}

const swollen = zeros(64 * 2 ** 20)
const bomb = deflateRawSync(swollen, { level: 9 })
/** Where the first number of the array stands in the .npz that we write. */
const NUMBERS = Buffer.from(goodNpz).indexOf(goodNpy.subarray(128))

export const npzCases: Record<string, Uint8Array> = {
  'nothing at all': zeros(0),
  'no zip': text('this is not a zip file, whatever its name may say'),
  'a lone .npy': goodNpy,
  'broken off in the middle': goodNpz.subarray(0, goodNpz.length / 2),
  'broken off at the end': goodNpz.subarray(0, -1),
  'the end alone': goodNpz.subarray(-22),
  'no array inside': zip({ name: 'array.txt', data: text('text'), method: 0 }),
  'an object array inside': zip({ data: npy(dict("'|O'", '(2, 3)')), method: 0 }),
  'half an array inside': zip({ data: goodNpy.subarray(0, 100), method: 0 }),
  'an unknown compression': zip({ data: goodNpy, method: 12 }),
  'data that does not inflate': zip({ data: Uint8Array.of(7, 7, 7, 7), inflated: 152 }),
  'a size larger than the file': zip({ data: goodNpy, method: 0, size: 2 ** 30 }),
  'an offset outside the file': zip({ data: goodNpy, method: 0, offset: 2 ** 31 }),
  'more entries than there are': zip({ data: goodNpy, method: 0, entries: 65_535 }),
  'a bomb that owns up to 4 GiB': zip({ data: bomb, inflated: 2 ** 32 - 2 }),
  'a bomb that says it is small': zip({ data: bomb, inflated: 152 }),
  'a promise of 256 MiB in 4 bytes': zip({ data: Uint8Array.of(3, 0, 0, 0), inflated: 2 ** 28 }),
  'a bomb of zeros': zip({ data: bomb, inflated: 64 * 2 ** 20, checksum: crc32(swollen) }),
  'an array with another checksum': zip({ data: goodNpy, method: 0, checksum: 1 }),
  'an array with a bit turned over': changed(goodNpz, NUMBERS, (goodNpz[NUMBERS] as number) ^ 1),
}

function safetensors(header: unknown, data = zeros(24)): Uint8Array {
  const json = typeof header === 'string' ? text(header) : text(JSON.stringify(header))
  return bytes(number(json.length, 8), json, data)
}
const tensor = (shape: unknown, data_offsets: unknown, dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets,
})

export const safetensorsCases: Record<string, Uint8Array> = {
  'nothing at all': zeros(0),
  'half a length': zeros(5),
  'a length of 4 GiB': bytes(number(2n ** 32n, 8), zeros(100)),
  'a length of 2^63': bytes(number(2n ** 63n, 8), zeros(100)),
  'a length past the end': bytes(number(200, 8), zeros(100)),
  'broken off in the header': goodSafetensors.subarray(0, 40),
  'broken off in the numbers': goodSafetensors.subarray(0, -1),
  'a byte too many': bytes(goodSafetensors, [0]),
  'no JSON': safetensors('{"array":'),
  'no UTF-8': bytes(number(4, 8), [0xff, 0xfe, 0xff, 0xfe]),
  'a list': safetensors([]),
  null: safetensors(null),
  'nested a hundred thousand deep': safetensors('['.repeat(100_000)),
  'metadata that is no object': safetensors({ __metadata__: [1] }, zeros(0)),
  'metadata with a number': safetensors({ __metadata__: { temperature: 30 } }, zeros(0)),
  'a tensor that is null': safetensors({ array: null }),
  'no shape': safetensors({ array: tensor(undefined, [0, 24]) }),
  'a shape of null for NaN': safetensors({ array: tensor([Number.NaN, 3], [0, 24]) }),
  'a negative shape': safetensors({ array: tensor([-2, -3], [0, 24]) }),
  'a fraction as shape': safetensors({ array: tensor([1.5, 4], [0, 24]) }),
  'a shape that overflows': safetensors({ array: tensor([2 ** 52, 2 ** 52], [0, 24]) }),
  'a thousand axes': safetensors({ array: tensor(Array(1000).fill(1), [0, 4]) }, zeros(4)),
  'a size other than the shape': safetensors({ array: tensor([2, 2], [0, 24]) }),
  'an unknown type': safetensors({ array: tensor([6], [0, 24], 'F8_E4M3') }),
  'a prototype as type': safetensors({ array: tensor([6], [0, 24], 'constructor') }),
  'three offsets': safetensors({ array: tensor([2, 3], [0, 12, 24]) }),
  'offsets backwards': safetensors({ array: tensor([2, 3], [24, 0]) }),
  'offsets outside the file': safetensors({ array: tensor([2, 3], [24, 48]) }),
  'offsets of 2^53': safetensors(
    '{"array":{"dtype":"F32","shape":[2,3],"data_offsets":[9007199254740992,9007199254741016]}}',
  ),
  'a hole in front': safetensors({ array: tensor([2, 2], [8, 24]) }),
  'a hole behind': safetensors({ array: tensor([2, 2], [0, 16]) }),
  'a hole between': safetensors({ a: tensor([2], [0, 8]), b: tensor([2], [16, 24]) }),
  'tensors that overlap': safetensors({ a: tensor([4], [0, 16]), b: tensor([4], [8, 24]) }),
  'tensors in the same place': safetensors({ a: tensor([6], [0, 24]), b: tensor([6], [0, 24]) }),
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = bytes(text(name), data)
  return bytes(number(data.length, 4, true), body, number(crc32(body), 4, true))
}
function png(
  width: number,
  height: number,
  data: Uint8Array,
  { depth = 8, kind = 0, interlaced = 0 } = {},
) {
  const header = bytes(number(width, 4, true), number(height, 4, true), [
    depth,
    kind,
    0,
    0,
    interlaced,
  ])
  return bytes(
    latin1('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', zeros(0)),
  )
}
const goodPng = file('rgb-8.png')
const goodJpeg = file('colour.jpg')
/** Where the frame header of the JPEG stands. */
const frame = goodJpeg.findIndex((byte, at) => byte === 0xff && goodJpeg[at + 1] === 0xc0)

/** Pixels for 8 x 8, and 256 MiB behind them: of no use, and no harm. */
export const swellingPng = png(8, 8, deflateSync(zeros(256 * 2 ** 20)), { interlaced: 1 })

/** A grey TIFF of one strip that holds its own header; the first of its directory's lies first. */
function tiff({ side = 4, bits = 8, kind = 1, samples = 1, next = 0 }): Uint8Array {
  const entries = [
    [256, side],
    [257, side],
    [258, bits],
    [259, 1], // not compressed
    [262, samples > 1 ? 2 : 1], // black is zero
    [273, 8],
    [277, samples],
    [278, side],
    [279, (side * side * samples * bits) / 8],
    [339, kind], // whole numbers, signed ones, or floats
  ].map(([tag = 0, value = 0]) =>
    bytes(number(tag, 2), number(4, 2), number(1, 4), number(value, 4)),
  )
  const directory = bytes(number(entries.length, 2), ...entries, number(next, 4))
  return bytes(latin1('II*\0'), number(8, 4), directory, zeros(4096))
}
const [goodWebp, goodGif] = [file('lossy.webp'), file('frames.gif')]
/** Where the first frame of the GIF is described: at its top left, of 21 by 18. */
const gifFrame = Buffer.from(goodGif).indexOf(Uint8Array.of(0x2c, 0, 0, 0, 0, 21, 0, 18, 0))
const [goodTiff, goodAvif] = [file('lzw.tif'), file('whole-chroma.avif')]
/** Where the columns of the AVIF are told. */
const avifSize = Buffer.from(goodAvif).indexOf('ispe') + 8

export const imageCases: Record<string, Uint8Array> = {
  'nothing at all': zeros(0),
  text: text('not an image'),
  'a GIF': text('GIF89a'),
  'the start of a PNG': goodPng.subarray(0, 8),
  'a PNG broken off in its header': goodPng.subarray(0, 25),
  'a PNG broken off in its pixels': goodPng.subarray(0, 80),
  'a PNG without its end': goodPng.subarray(0, -12),
  'a PNG with a wrong checksum': changed(goodPng, -20, 1, 2, 3),
  'a PNG of no pixels': png(0, 4, deflateSync(zeros(4))),
  'a PNG with too few pixels': png(9, 9, deflateSync(zeros(8))),
  'a PNG of 2^31 by 2^31': png(2 ** 31 - 1, 2 ** 31 - 1, deflateSync(zeros(8))),
  'a PNG of a hundred million pixels': png(10_000, 10_000, deflateSync(zeros(8))),
  'a PNG of an unknown kind': png(2, 2, deflateSync(zeros(6)), { kind: 5 }),
  'a PNG of 3 bits': png(2, 2, deflateSync(zeros(6)), { depth: 3 }),
  'a PNG without a palette': png(2, 2, deflateSync(zeros(6)), { kind: 3 }),
  'a PNG that does not inflate': png(2, 2, Uint8Array.of(1, 2, 3, 4)),
  'a PNG with a chunk of 4 GiB': bytes(
    goodPng.subarray(0, 33),
    number(2 ** 32 - 1, 4, true),
    text('IDAT'),
  ),
  'the start of a JPEG': goodJpeg.subarray(0, 2),
  'a JPEG broken off in its header': goodJpeg.subarray(0, frame + 6),
  'a JPEG broken off before its pixels': goodJpeg.subarray(0, frame + 20),
  'a JPEG of no pixels': changed(goodJpeg, frame + 5, 0, 0),
  'a JPEG of 65535 by 65535': changed(goodJpeg, frame + 5, 255, 255, 255, 255),
  'a JPEG of 4096 by 4096 in 768 bytes': changed(goodJpeg, frame + 5, 16, 0, 16, 0),
  'a JPEG of a lossless kind': changed(goodJpeg, frame + 1, 0xc3),
  'a JPEG of 200 components': changed(goodJpeg, frame + 9, 200),
  'a JPEG whose segments lead nowhere': bytes([0xff, 0xd8], [0xff, 0xe0, 0, 0], zeros(20)),
  'an SVG': text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  'a PDF': text('%PDF-1.4'),
  'a WebP broken off in its header': goodWebp.subarray(0, 20),
  'a WebP broken off in its pixels': goodWebp.subarray(0, -100),
  'a WebP of 16383 by 16383': changed(goodWebp, 26, 255, 63, 255, 63),
  'a GIF broken off in its header': goodGif.subarray(0, 9),
  'a GIF broken off in its pixels': goodGif.subarray(0, 900),
  'a GIF of 65535 by 65535': changed(goodGif, gifFrame + 5, 255, 255, 255, 255),
  'a TIFF broken off in its header': goodTiff.subarray(0, 6),
  'a TIFF broken off in its pixels': goodTiff.subarray(0, 700),
  'a TIFF of a million by a million': tiff({ side: 1_000_000 }),
  'a TIFF of 4096 by 4096 in 4 KiB': tiff({ side: 4096 }),
  'a TIFF of floats': tiff({ bits: 32, kind: 3 }),
  'a TIFF of signed numbers': tiff({ bits: 16, kind: 2 }),
  'a TIFF of 60000 samples a pixel': tiff({ samples: 60_000 }),
  'a TIFF whose directory leads nowhere': tiff({ next: 2 ** 31 }).subarray(0, 16),
  'an AVIF of 2^31 columns': changed(goodAvif, avifSize, 127, 255, 255, 255),
  'an AVIF broken off in its header': goodAvif.subarray(0, 60),
  'an AVIF broken off in its pixels': goodAvif.subarray(0, -100),
}
