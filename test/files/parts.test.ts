// Files far larger than what is wanted of them: no more is read than that.
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import { largestFile } from '../../src/files/limits.ts'
import { writeNpy } from '../../src/files/npy.ts'
import { writeNpz } from '../../src/files/npz.ts'
import { partsOfNpz } from '../../src/files/npz-parts.ts'
import { partsOfSafetensors } from '../../src/files/safetensors.ts'
import { sourceOf } from '../../src/files/source.ts'
import { bitsOf, expected, file, joined } from './fixtures.ts'
import { sparse } from './sparse.ts'

const GIB = 2 ** 30
const numbers = { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }

/** A .safetensors of 7 GiB, with six numbers at its end. */
function hugeSafetensors() {
  const header = JSON.stringify({
    big: { dtype: 'F32', shape: [7, GIB / 4], data_offsets: [0, 7 * GIB] },
    small: { dtype: 'F32', shape: [2, 3], data_offsets: [7 * GIB, 7 * GIB + 24] },
  })
  const head = new Uint8Array(8 + header.length)
  new DataView(head.buffer).setBigUint64(0, BigInt(header.length), true)
  head.set(new TextEncoder().encode(header), 8)
  const behind = head.length + 7 * GIB
  return sparse(behind + 24, [
    [0, head],
    [behind, new Uint8Array(numbers.values.buffer)],
  ])
}

describe('a .safetensors of 7 GiB', () => {
  test('gives a small tensor for its header and that alone', () => {
    const { source, bytesRead } = hugeSafetensors()
    const { shapes, read } = partsOfSafetensors(source)
    expect(shapes).toEqual({ big: { shape: [7, GIB / 4] }, small: { shape: [2, 3] } })
    expect(read(['small'])).toEqual({ small: numbers })
    expect(bytesRead()).toBeLessThan(500)
  })

  test('does not give what a run cannot hold', () => {
    const { source, bytesRead } = hugeSafetensors()
    expect(() => partsOfSafetensors(source).read(['big'])).toThrow(UsageError)
    expect(() => partsOfSafetensors(source).read(['big'])).toThrow(String(largestFile))
    expect(bytesRead()).toBeLessThan(1000)
  })
})

/** A .npz of more than 5 GiB: `small` stands behind `big`, so that its place takes 8 bytes. */
function hugeNpz() {
  const [name, big] = ['small.npy', 'big.npy']
  const [header] = writeNpy({ shape: [5 * (GIB / 4)], values: new Float32Array(0) })
  const first = header.slice()
  // a header that says what follows: 5 GiB of float32
  first.set(header)
  const inside = joined(writeNpy(numbers))
  const record = (title: string, local: boolean, size: number, at: number) => {
    const large = size >= 2 ** 32 || at >= 2 ** 32
    const extra = local || !large ? 0 : 28
    const bytes = new Uint8Array((local ? 30 : 46) + title.length + extra)
    const view = new DataView(bytes.buffer)
    const shift = local ? 0 : 2
    view.setUint32(0, local ? 0x04034b50 : 0x02014b50, true)
    view.setUint16(4 + shift, 45, true)
    view.setUint32(14 + shift, crc32(inside), true)
    for (const field of [18, 22]) view.setUint32(field + shift, large ? 0xffffffff : size, true)
    view.setUint16(26 + shift, title.length, true)
    view.setUint16(28 + shift, extra, true)
    bytes.set(new TextEncoder().encode(title), local ? 30 : 46)
    if (local) return bytes
    view.setUint32(42, large ? 0xffffffff : at, true)
    if (!large) return bytes
    const start = 46 + title.length
    view.setUint16(start, 1, true)
    view.setUint16(start + 2, 24, true)
    view.setBigUint64(start + 4, BigInt(size), true)
    view.setBigUint64(start + 12, BigInt(size), true)
    view.setBigUint64(start + 20, BigInt(at), true)
    return bytes
  }
  const size = header.length + 5 * GIB
  const second = 30 + big.length + size
  const directory = second + 30 + name.length + inside.length
  const records = [record(big, false, size, 0), record(name, false, inside.length, second)]
  const length = records[0]!.length + records[1]!.length
  const end = new Uint8Array(56 + 20 + 22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06064b50, true)
  for (const [at, value] of [
    [24, 2],
    [32, 2],
    [40, length],
    [48, directory],
  ] as const)
    view.setBigUint64(at, BigInt(value), true)
  view.setUint32(56, 0x07064b50, true)
  view.setBigUint64(64, BigInt(directory + length), true)
  view.setUint32(76, 0x06054b50, true)
  view.setUint16(76 + 10, 0xffff, true)
  view.setUint32(76 + 12, 0xffffffff, true)
  view.setUint32(76 + 16, 0xffffffff, true)
  return sparse(directory + length + end.length, [
    [0, record(big, true, size, 0)],
    [30 + big.length, first],
    [second, record(name, true, inside.length, second)],
    [second + 30 + name.length, inside],
    [directory, joined(records)],
    [directory + length, end],
  ])
}

describe('a .npz of 5 GiB', () => {
  test('gives a small array for the directory and that alone', () => {
    const { source, bytesRead } = hugeNpz()
    const { names, shapeOf, read } = partsOfNpz(source)
    expect(names).toEqual(['big', 'small'])
    expect([shapeOf('big'), shapeOf('small')]).toEqual([[5 * (GIB / 4)], [2, 3]])
    expect(read(['small'])).toEqual({ small: numbers })
    expect(bytesRead()).toBeLessThan(200_000)
  })

  test('does not give what a run cannot hold', () => {
    expect(() => partsOfNpz(hugeNpz().source).read(['big'])).toThrow(String(largestFile))
  })
})

describe.each(['stored', 'deflated'])('numpy: %s.npz in parts', (name) => {
  const parts = partsOfNpz(sourceOf(file(`${name}.npz`)))
  test('gives names and shapes', () => {
    expect(parts.names).toEqual(Object.keys(expected.npz))
    for (const [key, { shape }] of Object.entries(expected.npz))
      expect(parts.shapeOf(key), key).toEqual(shape)
  })
  test('gives each array by itself, and all', () => {
    for (const key of parts.names) {
      const { [key]: array } = parts.read([key])
      expect(bitsOf(array!)).toEqual(expected.npz[key])
    }
    expect(Object.keys(parts.read([...parts.names].reverse())).sort()).toEqual(
      [...parts.names].sort(),
    )
  })
  test('gives no array that is not there', () => {
    expect(() => parts.read(['none'])).toThrow('no array "none"')
    expect(() => parts.shapeOf('none')).toThrow('no array "none"')
  })
})

test('a zip that ends in a comment is found', () => {
  const bytes = joined([...writeNpz({ numbers }), new TextEncoder().encode('a comment')])
  new DataView(bytes.buffer).setUint16(bytes.length - 9 - 2, 9, true)
  expect(partsOfNpz(sourceOf(bytes)).read(['numbers'])).toEqual({ numbers })
})
