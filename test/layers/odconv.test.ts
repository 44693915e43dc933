// What must hold of ODConv whatever the numbers, and which of its attentions there are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import { type GeometryConfig, geometryOf } from '../../src/layers/geometry-options.ts'
import { odconvLayer } from '../../src/layers/odconv/layer.ts'
import { ops } from '../../src/ops/index.ts'
import { planRun } from '../../src/run/plan.ts'
import { traceLayer } from '../../src/run/run.ts'
import { renderJson } from '../../src/show/json.ts'
import { reshape, sizeOf, tensor } from '../../src/tensor/tensor.ts'
import { stepOf, tensorOf } from '../../src/trace/query.ts'
import { expectClose } from '../close.ts'
import { convlab } from '../commands/run.ts'
import { anyGeometry } from './configurations.ts'

const layer = odconvLayer
const run = (given: Record<string, unknown>) => traceLayer(layer, given)

describe('an attention with nothing to choose from is left out', () => {
  test.each([
    [{}, ['channel', 'filter', 'spatial', 'kernel']],
    [{ kernels: 1 }, ['channel', 'filter', 'spatial']],
    [{ kernelSize: 1 }, ['channel', 'filter', 'kernel']],
    [{ kernelSize: '1x3' }, ['channel', 'filter', 'spatial', 'kernel']],
    [{ in: 4, out: 4, groups: 4 }, ['channel', 'spatial', 'kernel']],
    [{ in: 4, out: 8, groups: 4 }, ['channel', 'filter', 'spatial', 'kernel']],
    [{ in: 4, out: 4, groups: 2 }, ['channel', 'filter', 'spatial', 'kernel']],
    [{ in: 4, out: 4, groups: 4, kernelSize: 1, kernels: 1 }, ['channel']],
  ])('%o', (given, heads) => {
    const { steps, parameters } = run({ size: 4, ...given })
    const ids = steps.map(({ id }) => id).filter((id) => id.endsWith('-attention'))
    expect(ids).toEqual(heads.map((head) => `${head}-attention`))
    const own = parameters.map(({ name }) => name).filter((name) => name.endsWith('_fc.weight'))
    expect(own).toEqual(heads.map((head) => `attention.${head}_fc.weight`))
  })
})

test('at a high temperature it is the mean of its kernels, halved by each of three sigmoids', () => {
  fc.assert(
    fc.property(
      anyGeometry,
      fc.integer({ min: 1, max: 4 }),
      ({ bias: _, ...geometry }, kernels) => {
        const trace = run({ ...geometry, kernels, temperature: 1e9 })
        const experts = stepOf(trace, 'experts')
        const size = sizeOf(experts.shape.slice(1))
        const mean = experts.values.slice(0, size).map((_, i) => {
          const column = Array.from({ length: kernels }, (_, k) => experts.values[k * size + i])
          return column.reduce((sum: number, value) => sum + (value as number), 0) / kernels
        })
        const plain = ops.conv2d.forward(
          [tensorOf(stepOf(trace, 'input')), tensor(mean, experts.shape.slice(1))],
          { ...geometryOf(trace.config as unknown as GeometryConfig), perSample: false },
        )
        const halved = ['channel', 'filter', 'spatial'].filter((head) =>
          trace.steps.some(({ id }) => id === `${head}-attention`),
        )
        const expected = plain.data.map((value) => value / 2 ** halved.length)
        expectClose(stepOf(trace, 'output').values, expected)
      },
    ),
  )
})

test('scaling the feature maps is scaling the kernels', () => {
  const trace = run({ in: 4, out: 6, size: 5, input: 'varied' })
  const filters = reshape(tensorOf(stepOf(trace, 'filter-attention')), [6, 1, 1, 1])
  const kernels = ['channel-attention', 'aggregate-weight'].map((id) => tensorOf(stepOf(trace, id)))
  const scaled = ops.multiply.forward([filters, ops.multiply.forward(kernels, {})], {})
  const y = ops.conv2d.forward([tensorOf(stepOf(trace, 'input')), scaled], {
    ...geometryOf(trace.config as unknown as GeometryConfig),
    perSample: false,
  })
  expectClose(stepOf(trace, 'output').values, y.data)
})

test('the batch norm is new: mean 0, variance 1, and kept as buffers', () => {
  const [...document] = renderJson(run({}), { version: '0.0.0', language: 'en', values: true })
  const { parameters } = JSON.parse(document.join(''))
  const buffers = parameters.filter(({ buffer }: { buffer?: boolean }) => buffer)
  const names = ['running_mean', 'running_var', 'num_batches_tracked']
  expect(buffers).toEqual(
    [new Array(16).fill(0), new Array(16).fill(1), [0]].map((values, n) => ({
      name: `attention.bn.${names[n]}`,
      shape: n < 2 ? [16] : [],
      buffer: true,
      values,
    })),
  )
})

test('a parameter drawn twice has one entry, at the place of its creation', () => {
  const names = run({}).parameters.map(({ name }) => name)
  const draws = layer.parameters(planRun(layer, {}).config).map(({ name }) => name)
  expect(draws.filter((name) => name === 'weight').length).toBe(2)
  expect(names).toEqual([...new Set(draws)])
})

test.each([
  [{ in: 3 }, 16],
  [{ in: 256 }, 16],
  [{ in: 512 }, 32],
  [{ in: 64, reduction: 2 }, 32],
  [{ in: 35, reduction: 2 }, 17],
  [{ in: 20, reduction: 1 }, 20],
  [{ in: 64, reduction: 8 }, 16],
  [{ in: 5, reduction: 100 }, 16],
])('%o: the attention is %i wide, which its cost and program follow', (given, width) => {
  const trace = run({ size: 2, out: 1, ...given })
  expect(stepOf(trace, 'fc').shape).toEqual([1, width, 1, 1])
  const attention = trace.cost.lines.find(({ id }) => id === 'attention')
  const [C, heads] = [given.in, given.in + 1 + 9 + 4]
  expect(attention?.multiplyAdds).toBe(C * width + width * heads)
  expect(layer.torch(planRun(layer, given).config)).toContain(`nn.BatchNorm2d(${width})`)
})

test('--reduction is a whole number above 0, shown where it is not 16', async () => {
  for (const wrong of ['0', '1.5', 'x'])
    expect((await convlab(`odconv --reduction ${wrong}`)).stderr).toMatch(/^convlab: --reduction /)
  const { stdout } = await convlab('odconv --reduction 8 --size 4')
  expect(stdout).toContain('reduction 8')
  expect((await convlab('odconv --size 4')).stdout).not.toContain('reduction')
  const json = JSON.parse((await convlab('odconv --reduction 8 --size 4 --json')).stdout)
  expect(json.config.reduction).toBe(8)
  expect((await convlab('static --reduction 8')).code).toBe(2)
})

test('it has no bias, and no flag for one', async () => {
  expect(() => planRun(layer, { bias: false })).toThrow(UsageError)
  expect((await convlab('odconv --no-bias')).code).toBe(2)
  expect(run({}).config).not.toHaveProperty('bias')
  expect(run({}).baseline?.parameters).toBe(16 * 27)
})

test.each(['condconv', 'odconv'])('the article has no %s: --article is refused', async (name) => {
  const { code, stdout, stderr } = await convlab(`${name} --article`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^convlab: --article: the article has no \w+ layer: use it with .+\n$/)
  expect((await convlab(`${name} --help`)).stdout).not.toContain('--article')
})
