// Every reader against files that other programs wrote, bit for bit, and every writer read back.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/files/image.ts'
import { imageValues, normalise } from '../../src/files/image-values.ts'
import { nearestFloat32 } from '../../src/files/int64.ts'
import { readNpy, writeNpy } from '../../src/files/npy.ts'
import { namesInNpz, readNpz, writeNpz } from '../../src/files/npz.ts'
import { resize } from '../../src/files/resize.ts'
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors.ts'
import type { Values } from '../../src/run/provided.ts'
import { bitsOf, expected, file, joined, valuesOf } from './fixtures.ts'

test.each(Object.entries(expected.npy))("numpy's %s.npy is read bit for bit", (name, bits) => {
  expect(bitsOf(readNpy(file(`${name}.npy`)))).toEqual(bits)
})

describe.each(['stored', 'deflated'])("numpy's %s.npz", (name) => {
  const bytes = file(`${name}.npz`)
  test('gives the names of its arrays', () =>
    expect(namesInNpz(bytes)).toEqual(Object.keys(expected.npz)))
  test('gives all arrays, bit for bit', () => {
    const arrays = Object.entries(readNpz(bytes)).map(([key, array]) => [key, bitsOf(array)])
    expect(Object.fromEntries(arrays)).toEqual(expected.npz)
  })
  test('gives one array alone', () => expect(Object.keys(readNpz(bytes, ['f4']))).toEqual(['f4']))
})

test('npz: a directory that a large zip names in a second place is found', () => {
  const small = Buffer.from(file('deflated.npz'))
  const end = small.length - 22
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50)
  record.writeUInt32LE(small.readUInt16LE(end + 8), 32) // entries
  record.writeUInt32LE(small.readUInt32LE(end + 16), 48) // where their directory is
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50)
  locator.writeUInt32LE(end, 8) // where the record is
  const last = Buffer.from(small.subarray(end))
  last.writeUInt32LE(0xffffffff, 16)
  const large = Buffer.concat([small.subarray(0, end), record, locator, last])
  expect(bitsOf(readNpz(large).f4!)).toEqual(expected.npz.f4)
})

test('safetensors of every type are read, and their metadata', () => {
  const { tensors, metadata } = readSafetensors(file('tensors.safetensors'))
  const read = Object.entries(tensors).map(([key, tensor]) => [key, bitsOf(tensor)])
  expect(Object.fromEntries(read)).toEqual(expected.safetensors)
  expect(metadata).toEqual({ temperature: '30' })
})

describe.each(Object.entries(expected.image))('%s.png', async (name, bits) => {
  const pixels = await decodeImage(file(`${name}.png`))
  const { shape, values } = valuesOf(bits)
  const [H, W] = shape as [number, number]
  const shown = (at: number, channel: number) => values[4 * at + channel] as number

  test('four channels are what the file says', () => {
    const all = imageValues(pixels, 4)
    expect(all.shape).toEqual([1, 4, H, W])
    for (let at = 0; at < H * W; at++)
      for (let channel = 0; channel < 4; channel++)
        expect(all.values[channel * H * W + at]).toBe(shown(at, channel))
  })

  test('three channels are seen on white', () => {
    const seen = imageValues(pixels, 3).values
    for (let at = 0; at < H * W; at++)
      for (let channel = 0; channel < 3; channel++)
        expect(seen[channel * H * W + at]).toBeCloseTo(
          shown(at, 3) * shown(at, channel) + 1 - shown(at, 3),
          6,
        )
  })

  test('one channel is brightness, and grey is known as such', () => {
    const grey = imageValues(pixels, 1)
    const [red, green, blue] = [0, 1, 2].map((channel) =>
      imageValues(pixels, 3).values.subarray(channel * H * W),
    )
    for (let at = 0; at < H * W; at++)
      expect(grey.values[at]).toBeCloseTo(
        0.299 * red![at]! + 0.587 * green![at]! + 0.114 * blue![at]!,
        6,
      )
    expect(pixels.grey).toBe(name.startsWith('grey'))
  })
})

describe.each(Object.entries(expected.picture))('%s', async (name, { shape, samples }) => {
  const pixels = await decodeImage(file(name))
  const [rows = 0, columns = 0, bands = 1] = shape
  const near = name.endsWith('.avif') ? 1 : 0 // in 255ths

  test('has the samples that Pillow gives', () => {
    expect([pixels.rows, pixels.columns]).toEqual([rows, columns])
    const { values } = imageValues(pixels, bands as 1 | 4)
    const differences = samples.map((sample, n) => {
      const at = (n % bands) * rows * columns + Math.floor(n / bands)
      return Math.abs(Math.round((values[at] as number) * (bands === 1 ? 65535 : 255)) - sample)
    })
    expect(Math.max(...differences)).toBeLessThanOrEqual(near)
  })

  test('is told of as what it is', () => {
    const { grey, turned, images } = pixels
    expect({ grey, turned, images }).toEqual({
      grey: /grey|one-bit/.test(name),
      turned: /turned|pages/.test(name),
      images: /frames|pages/.test(name) ? 2 : 1,
    })
  })
})

test('a JPEG whose scan is described wrongly, as by some phones, is read all the same', async () => {
  const bytes = file('shared-chroma.jpg')
  const scan = Buffer.from(bytes).indexOf(Uint8Array.of(0xff, 0xda))
  const last = scan + 6 + 2 * bytes[scan + 4]!
  expect(bytes[last]).toBe(63)
  bytes[last] = 0
  expect(await decodeImage(bytes)).toEqual(await decodeImage(file('shared-chroma.jpg')))
})

test('ImageNet: red is counted from 0.485 in steps of 0.229', () => {
  const image = { shape: [1, 3, 1, 2], values: Float32Array.of(0.485, 1, 0.456, 0, 0.406, 0.631) }
  const [r0, r1, g0, g1, b0, b1] = normalise(image).values
  expect([r0, g0, b0].map((value) => Math.abs(value!) < 1e-6)).toEqual([true, true, true])
  expect(r1).toBeCloseTo((1 - 0.485) / 0.229, 6)
  expect(g1).toBeCloseTo(-0.456 / 0.224, 6)
  expect(b1).toBeCloseTo(1, 6)
})

test.each(expected.resize.to)("resizes as PyTorch's antialiased bilinear does: $shape", (bits) => {
  const { shape, values } = valuesOf(bits)
  const from = valuesOf(expected.resize.from)
  const width = from.shape[3]!
  const line = (at: number) => from.values.subarray(at * width, (at + 1) * width)
  const image = resize({ shape: from.shape, line }, [shape[2]!, shape[3]!])
  expect(image.shape).toEqual(shape)
  for (const [at, value] of values.entries()) expect(image.values[at]).toBeCloseTo(value, 6)
})

test('whole numbers of 64 bits are rounded once', () => {
  expect(nearestFloat32(2n ** 54n + 2n ** 30n)).toBe(2 ** 54) // a tie goes to the even one
  expect(nearestFloat32(2n ** 54n + 2n ** 30n + 1n)).toBe(2 ** 54 + 2 ** 31)
  expect(nearestFloat32(-(2n ** 54n) - 2n ** 30n - 1n)).toBe(-(2 ** 54) - 2 ** 31)
})

describe('what is written is read back bit for bit', () => {
  const array = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }).chain((shape) => {
    const size = shape.reduce((product, extent) => product * extent, 1)
    return fc.record({
      shape: fc.constant(shape),
      values: fc.float32Array({ minLength: size, maxLength: size }),
    })
  })
  const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/)
  const arrays = fc.dictionary(name, array, { maxKeys: 4, noNullPrototype: true })
  const bits = (all: Record<string, Values>) =>
    Object.fromEntries(Object.entries(all).map(([key, each]) => [key, bitsOf(each)]))

  test('npy', () => {
    fc.assert(
      fc.property(array, (each) => {
        expect(bitsOf(readNpy(joined(writeNpy(each))))).toEqual(bitsOf(each))
      }),
    )
  })
  test('npz', () => {
    fc.assert(
      fc.property(arrays, (all) => {
        expect(bits(readNpz(joined(writeNpz(all))))).toEqual(bits(all))
      }),
    )
  })
  test('safetensors', () => {
    fc.assert(
      fc.property(arrays, (tensors) => {
        const metadata = { format: 'pt', 温度: '30' }
        const back = readSafetensors(joined(writeSafetensors({ tensors, metadata })))
        expect(bits({ ...back.tensors })).toEqual(bits(tensors))
        expect(back.metadata).toEqual(metadata)
      }),
    )
  })
})
