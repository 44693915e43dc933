import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Generator, manualSeed } from '../../src/random/generator.ts'
import {
  type Initialiser,
  kaimingNormal,
  kaimingUniform,
  perSlice,
} from '../../src/random/initialisers.ts'
import fixture from './stream.fixture.json' with { type: 'json' }

type Draw = (generator: Generator, arguments_: number[]) => Float32Array[]

/** The calls of make_stream_fixture.py, by the same names. */
const calls: Record<string, Draw> = {
  rand: (generator, [count = 0]) => [generator.rand(count)],
  randn: (generator, [count = 0]) => [generator.randn(count)],
  uniform: (generator, [count = 0, low = 0, high = 0]) => [generator.uniform(count, low, high)],
  normal: (generator, [count = 0, mean = 0, std = 0]) => [generator.normal(count, mean, std)],
  conv2d: (generator, [ins = 0, outs = 0, k = 0, groups = 0]) =>
    layer(generator, [outs, ins / groups, k, k]),
  linear: (generator, [ins = 0, outs = 0]) => layer(generator, [outs, ins]),
  'normal experts': (generator, shape) => [
    experts((_ins, outs, area) => kaimingNormal(outs * area))(generator, shape),
  ],
  'uniform experts': (generator, shape) => [
    experts((ins, _outs, area) => kaimingUniform(ins * area))(generator, shape),
  ],
}

function layer(generator: Generator, shape: [number, ...number[]]): Float32Array[] {
  const [outs, ...window] = shape
  const initialise = kaimingUniform(window.reduce((a, b) => a * b))
  return [initialise(generator, shape), initialise(generator, [outs])]
}

function experts(choose: (ins: number, outs: number, area: number) => Initialiser): Initialiser {
  return (generator, shape) => {
    const [, outs = 0, ins = 0, rows = 0, cols = 0] = shape
    return perSlice(choose(ins, outs, rows * cols))(generator, shape)
  }
}

function bytes(arrays: Float32Array[]): Buffer {
  return Buffer.concat(arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength)))
}

describe(`torch ${fixture.torch} on ${fixture.capability} draws the same bits`, () => {
  fixture.programs.forEach((program, number) => {
    const names = program.calls.map(({ call }) => call.join(' ')).join(', ')
    test(`program ${number}: seed ${program.seed}: ${names}`, () => {
      const generator = manualSeed(program.seed)
      for (const { call, first4, sha256 } of program.calls) {
        const [name, ...numbers] = call
        const drawn = bytes(calls[name as string]?.(generator, numbers as number[]) ?? [])
        expect(hexWords(drawn.subarray(0, 16)), call.join(' ')).toBe(first4)
        expect(createHash('sha256').update(drawn).digest('hex'), call.join(' ')).toBe(sha256)
      }
    })
  })
})

function hexWords(data: Buffer): string {
  return data.toString('hex').replace(/.{8}(?!$)/g, '$& ')
}
