// Numbers as files hold them, of any size and byte order, read as float32. A value that float32
// does not have is rounded to the nearest one, ties to even, as numpy's and PyTorch's casts do.
import { nearestFloat32 } from './int64.ts'

type Read = (view: DataView, at: number, little: boolean) => number

/** One kind of number: its bytes, and how one is read. */
export interface NumberKind {
  readonly bytes: number
  readonly read: Read
}

export const numberKinds = {
  float64: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  float32: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  float16: { bytes: 2, read: (view, at, little) => half(view.getUint16(at, little)) },
  bfloat16: { bytes: 2, read: (view, at, little) => brain(view.getUint16(at, little)) },
  int64: { bytes: 8, read: (view, at, little) => nearestFloat32(view.getBigInt64(at, little)) },
  int32: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  int16: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint64: { bytes: 8, read: (view, at, little) => nearestFloat32(view.getBigUint64(at, little)) },
  uint32: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  uint16: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  bool: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
} satisfies Record<string, NumberKind>

/** Every number of `bytes`, one behind the other. */
export function readNumbers(
  bytes: Uint8Array,
  { bytes: size, read }: NumberKind,
  little = true,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float32Array(bytes.byteLength / size)
  for (let n = 0; n < values.length; n++) values[n] = read(view, n * size, little)
  return values
}

/**
 * float32 values as little-endian bytes, as every format here holds them. Nothing is copied: the
 * processors that Node's releases run on keep them in that order, all but IBM's.
 */
export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** IEEE half precision: 1 sign, 5 exponent and 10 fraction bits. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const word = new DataView(new ArrayBuffer(4))

/** bfloat16: the upper half of a float32. */
function brain(bits: number): number {
  word.setUint32(0, bits * 2 ** 16)
  return word.getFloat32(0)
}
