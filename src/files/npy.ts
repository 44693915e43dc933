// .npy: one array of numpy's. A magic number, a version, a header that is a Python dict, then the
// numbers. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { UsageError } from '../base/errors.ts'
import type { Values } from '../run/provided.ts'
import { sizeOf } from '../tensor/tensor.ts'
import { bytesOf, type NumberKind, numberKinds, readNumbers } from './numbers.ts'
import { quoted } from './quoted.ts'

const MAGIC = '\x93NUMPY'
/** A header is a line of text; numpy itself distrusts longer ones. */
const LONGEST_HEADER = 10_000
/** numpy's own limit */
const MOST_AXES = 64
/** Numbers start at a multiple of this. */
const ALIGNMENT = 64

/** numpy's type codes, without the byte order. */
const kinds: Readonly<Record<string, NumberKind>> = {
  f8: numberKinds.float64,
  f4: numberKinds.float32,
  f2: numberKinds.float16,
  i8: numberKinds.int64,
  i4: numberKinds.int32,
  i2: numberKinds.int16,
  i1: numberKinds.int8,
  u8: numberKinds.uint64,
  u4: numberKinds.uint32,
  u2: numberKinds.uint16,
  u1: numberKinds.uint8,
  b1: numberKinds.bool,
}

/**
 * The array as float32 in row-major order.
 * @throws {UsageError} if it is no .npy, is cut off, or holds anything but numbers
 */
export function readNpy(bytes: Uint8Array): Values {
  const { header, start } = splitHeader(bytes)
  const { descr, fortran, shape } = parseHeader(header)
  const kind = kindOf(descr)
  const expected = sizeOf(shape) * kind.bytes
  const found = bytes.length - start
  if (found !== expected) throw wrongLength(shape, descr, expected, found)
  const values = readNumbers(bytes.subarray(start), kind, descr[0] !== '>')
  return { shape, values: fortran ? toRowMajor(values, shape) : values }
}

/**
 * The shape that the array has, of which the header alone must be there.
 * @throws {UsageError} if it is no .npy, or holds anything but numbers
 */
export function shapeInNpy(bytes: Uint8Array): readonly number[] {
  const { descr, shape } = parseHeader(splitHeader(bytes).header)
  kindOf(descr)
  return shape
}

/** The array as numpy would save it, in pieces: the header, then the numbers themselves. */
export function writeNpy({ shape, values }: Values): [header: Uint8Array, numbers: Uint8Array] {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  const before = MAGIC.length + 4
  const size = Math.ceil((before + dict.length + 1) / ALIGNMENT) * ALIGNMENT - before
  const header = new Uint8Array(before + size)
  header.set(latin1(`${MAGIC}\x01\x00`))
  new DataView(header.buffer).setUint16(before - 2, size, true)
  header.set(latin1(`${dict.padEnd(size - 1)}\n`), before)
  return [header, bytesOf(values)]
}

/** The text of the header, and where the numbers start. */
function splitHeader(bytes: Uint8Array): { header: string; start: number } {
  const [major = 0] = bytes.subarray(MAGIC.length, MAGIC.length + 1)
  if (text(bytes.subarray(0, MAGIC.length)) !== MAGIC || major < 1 || major > 3)
    throw new UsageError({
      en: 'this is not a .npy file of version 1 to 3, expected one that numpy.save wrote',
      zh: '不是 1 到 3 版的 .npy 文件，应为 numpy.save 写出的文件',
    })
  const before = major === 1 ? 10 : 12
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size =
    bytes.length < before
      ? Number.NaN
      : major === 1
        ? view.getUint16(8, true)
        : view.getUint32(8, true)
  const start = before + size
  if (!(size <= LONGEST_HEADER && start <= bytes.length))
    throw new UsageError({
      en: `the header says it is ${size} bytes long in a file of ${bytes.length}, expected at most ${LONGEST_HEADER} and within the file: save the array again`,
      zh: `头部声称有 ${size} 字节，而文件共 ${bytes.length} 字节；头部应在文件之内，且不超过 ${LONGEST_HEADER} 字节：请重新保存`,
    })
  return { header: text(bytes.subarray(before, start)), start }
}

/** A Python dict with exactly these three keys, in any order. */
function parseHeader(header: string): { descr: string; fortran: boolean; shape: number[] } {
  const fields = new Map<string, string>()
  const field =
    /\s*(['"])(\w+)\1\s*:\s*('[^']*'|"[^"]*"|True|False|\([\d\s,L]*\)|\[[^{}]*\])\s*(,|$)/y
  const inside = /^\s*\{(.*?),?\s*\}\s*$/s.exec(header)?.[1] ?? ''
  for (;;) {
    const [, , key, value] = field.exec(inside) ?? []
    if (key === undefined || value === undefined || fields.has(key)) break
    fields.set(key, value)
    if (field.lastIndex >= inside.length) break
  }
  const [descr, order, tuple] = ['descr', 'fortran_order', 'shape'].map((key) => fields.get(key))
  if (descr?.startsWith('[')) throw notNumbers(descr)
  const shape = (tuple?.slice(1, -1).split(',') ?? ['none'])
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size, at, all) => size !== '' || at < all.length - 1)
  const sound =
    fields.size === 3 &&
    field.lastIndex >= inside.length &&
    /^['"]/.test(descr ?? '') &&
    /^(True|False)$/.test(order ?? '') &&
    shape.length <= MOST_AXES &&
    shape.every((size) => /^\d{1,15}$/.test(size))
  if (!sound)
    throw new UsageError({
      en: `the header is ${quoted(header)}, expected {'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 32, 32)} or the like: save the array again`,
      zh: `头部是 ${quoted(header)}，应形如 {'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 32, 32)}：请重新保存`,
    })
  return {
    descr: (descr as string).slice(1, -1),
    fortran: order === 'True',
    shape: shape.map(Number),
  }
}

function kindOf(descr: string): NumberKind {
  const kind = kinds[descr.slice(1)]
  if (kind === undefined || !/^[<>|=]/.test(descr)) throw notNumbers(descr)
  return kind
}

/** Numbers whose first axis moves fastest, put in the order where the last one does. */
function toRowMajor(values: Float32Array, shape: readonly number[]): Float32Array {
  const result = new Float32Array(values.length)
  const index = shape.map(() => 0)
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)))
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] as number
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [i, size, stride] = [index[axis], shape[axis], strides[axis]] as [
        number,
        number,
        number,
      ]
      if (i + 1 < size) {
        index[axis] = i + 1
        from += stride
        break
      }
      index[axis] = 0
      from -= i * stride
    }
  }
  return result
}

function notNumbers(descr: string): UsageError {
  const known = Object.keys(kinds).join(', ')
  return new UsageError({
    en: `its values are of type ${quoted(descr)}, expected plain numbers (${known}): convert it with .astype('float32')`,
    zh: `数值类型是 ${quoted(descr)}，应为普通数字（${known}）：请先用 .astype('float32') 转换`,
  })
}

function wrongLength(
  shape: readonly number[],
  descr: string,
  expected: number,
  found: number,
): UsageError {
  const given = `[${shape.join(', ')}] ${descr}`
  return new UsageError({
    en: `${given} takes ${expected} bytes, but ${found} follow the header: the file is damaged, save the array again`,
    zh: `${given} 需要 ${expected} 字节，头部之后却有 ${found} 字节：文件已损坏，请重新保存`,
  })
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function latin1(given: string): Uint8Array {
  return Uint8Array.from(given, (character) => character.charCodeAt(0))
}
