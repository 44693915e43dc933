// Every registered layer against PyTorch: input and parameters bit for bit, every other step
// within the tolerance that PyTorch keeps to itself.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { stepOf } from '../../src/trace/query.ts'
import { expectClose } from '../close.ts'
import { inWords } from './configurations.ts'

interface Recorded {
  readonly shape: number[]
  /** base64 of little-endian float32; absent where the step only views a parameter */
  readonly data?: string
}

interface Fixture {
  readonly torch: string
  readonly capability: string
  readonly cases: {
    readonly config: Record<string, unknown>
    readonly parameters: (Recorded & { name: string })[]
    readonly steps: (Recorded & { id: string })[]
  }[]
}

function valuesOf({ data }: Recorded): Float32Array {
  const bytes = Buffer.from(data ?? '', 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

const bitsOf = (values: Float32Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)

describe.each(Object.values(layers))('$name is as in PyTorch', (layer) => {
  const file = new URL(`../torch/fixtures/${layer.name}.json`, import.meta.url)
  const fixture: Fixture = JSON.parse(readFileSync(file, 'utf8'))

  test('the fixtures are of the torch and the processor family that we follow', () => {
    expect(fixture.torch).toMatch(/^2\.13\.0/)
    expect(fixture.capability).toMatch(/AVX2|AVX512/)
    expect(fixture.cases.length).toBeGreaterThanOrEqual(20)
  })

  const cases = fixture.cases.map((each) => [inWords(each.config), each] as const)
  test.each(cases)('%s', (_, { config: { layer: name, ...config }, parameters, steps }) => {
    expect(name).toBe(layer.name)
    const trace = traceLayer(layer, config)
    expect(trace.parameters.map(({ name, shape }) => ({ name, shape }))).toEqual(
      parameters.map(({ name, shape }) => ({ name, shape })),
    )
    for (const [at, parameter] of parameters.entries()) {
      const { name, values } = trace.parameters[at] ?? { name: '', values: new Float32Array() }
      expect(bitsOf(values).equals(bitsOf(valuesOf(parameter))), name).toBe(true)
    }
    expect(trace.steps.map(({ id, shape }) => ({ id, shape }))).toEqual(
      steps.map(({ id, shape }) => ({ id, shape })),
    )
    for (const step of steps.filter(({ data }) => data !== undefined)) {
      const { values } = stepOf(trace, step.id)
      if (step.id === 'input') expect(bitsOf(values).equals(bitsOf(valuesOf(step)))).toBe(true)
      else expectClose(values, valuesOf(step), step.id)
    }
  })
})
