// Every reader against files that other programs wrote, bit for bit, and every writer read back.
import fc from 'fast-check'
import { encode } from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import { decodeImage, imageValues, normalise } from '../../src/files/image.ts'
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

test('safetensors of every type are read, and their metadata', () => {
  const { tensors, metadata } = readSafetensors(file('tensors.safetensors'))
  const read = Object.entries(tensors).map(([key, tensor]) => [key, bitsOf(tensor)])
  expect(Object.fromEntries(read)).toEqual(expected.safetensors)
  expect(metadata).toEqual({ temperature: '30' })
})

describe.each(Object.entries(expected.image))('%s.png', (name, bits) => {
  const pixels = decodeImage(file(`${name}.png`))
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

test('a JPEG decodes to about what was encoded', () => {
  const [width, height] = [24, 17]
  const at = (x: number, y: number) => [x * 10, y * 15, 128, 255]
  const data = Uint8Array.from({ length: height * width * 4 }, (_, n) => {
    const pixel = Math.floor(n / 4)
    return at(pixel % width, Math.floor(pixel / width))[n % 4]!
  })
  const bytes = new Uint8Array(encode({ width, height, data }, 100).data)
  const pixels = decodeImage(bytes)
  expect({ ...pixels, rgba: [] }).toEqual({
    rows: 17,
    columns: 24,
    rgba: [],
    most: 255,
    grey: false,
  })
  for (const [n, value] of data.entries()) expect(Math.abs(pixels.rgba[n]! - value)).toBeLessThan(6)
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
  const image = resize(valuesOf(expected.resize.from), [shape[2]!, shape[3]!])
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
