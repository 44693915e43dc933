// Gradients: against PyTorch's in float64, and against what a small step really changes.
import { describe, expect, test } from 'vitest'
import { ops } from '../../src/ops/index.ts'
import { tensor } from '../../src/tensor/tensor.ts'
import { drawImages } from '../../src/training/data/index.ts'
import { units } from '../../src/training/data/stream.ts'
import type { Floats } from '../../src/training/gradients/gradient-kernels.ts'
import { crossEntropy, squaredError } from '../../src/training/gradients/loss.ts'
import { convolution } from '../../src/training/gradients/operations/convolution-operation.ts'
import { plainKernels } from '../../src/training/gradients/plain.ts'
import { type Maps, type Matrix, maps, matrix } from '../../src/training/gradients/variables.ts'
import { experimentNamed } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import { buildNetwork } from '../../src/training/network/build.ts'
import { createParameters, initialise } from '../../src/training/network/parameters.ts'
import { createLayer } from '../../src/training/network/training-layer.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'
import golden from './dynamic-gradients.fixture.json' with { type: 'json' }
import { digitSource } from './source.ts'

const kernels = plainKernels(Float64Array)

/** The layer of the golden file: 3 -> 2 channels, 5x5, K = 4, h = 4, T = 2.5, two samples. */
function goldenLayer() {
  const [B, C, O, size, K] = [2, 3, 2, 5, 4]
  const shape = { padding: 1, pitch: size + 2, gradient: true }
  const x = maps(kernels, B, C, size, { ...shape, role: 'input' })
  const y = maps(kernels, B, O, size, { ...shape, role: 'output' })
  const experts = matrix(kernels, K, O * C * 9 + O, { stride: 56 })
  const affine = (out: number, from: number) => ({
    weight: matrix(kernels, out, from),
    bias: matrix(kernels, 1, out),
  })
  const fc1 = affine(4, C)
  const fc2 = affine(K, 4)
  const layer = {
    ...{
      in: C,
      out: O,
      kernel: 3 as const,
      padding: 1 as const,
      inputSize: size,
      outputSize: size,
    },
    ...{ relu: false, pooling: 'none' as const },
  } as const
  const bench = {
    kernels,
    samples: B,
    temperature: () => golden.temperature,
    output: () => y,
    matrix: (rows: number, columns: number, stride = columns) =>
      matrix(kernels, rows, columns, { stride }),
  }
  const { operation, attention } = createLayer(
    layer,
    modelNamed('D4'),
    { experts, fc1, fc2 },
    x,
    y,
    bench,
  )
  return { x, y, experts, fc1, fc2, operation, pi: attention?.pi as Matrix }
}

/** Where the golden file's flat values stand in maps. */
const placesIn = ({ channels, size }: Maps, layout: Maps['layout'], samples: number) =>
  Array.from({ length: samples * channels * size * size }, (_, at) => {
    const channel = Math.floor(at / (size * size))
    const i = Math.floor(at / size) % size
    return channel * layout.plane + layout.lead + i * layout.pitch + (at % size)
  })

/** Where they stand in a matrix: `count` columns of every row. */
const placesOf = ({ rows, stride }: Matrix, first: number, count: number) =>
  Array.from(
    { length: rows * count },
    (_, at) => Math.floor(at / count) * stride + first + (at % count),
  )

const put = (array: Floats, places: number[], values: number[]) => {
  for (const [at, place] of places.entries()) array[place] = values[at] as number
}
const take = (array: Floats | undefined, places: number[]) =>
  places.map((place) => array?.[place] as number)

function runGolden() {
  const made = goldenLayer()
  const { x, y, experts, fc1, fc2, operation } = made
  const places = {
    x: placesIn(x, x.layout, 2),
    W: placesOf(experts, 0, 54),
    b: placesOf(experts, 54, 2),
    f1: placesOf(fc1.weight, 0, 3),
    c1: placesOf(fc1.bias, 0, 4),
    f2: placesOf(fc2.weight, 0, 4),
    c2: placesOf(fc2.bias, 0, 4),
  }
  const holders = {
    W: experts,
    b: experts,
    f1: fc1.weight,
    c1: fc1.bias,
    f2: fc2.weight,
    c2: fc2.bias,
  }
  put(x.value, places.x, golden.x)
  for (const name of ['W', 'b', 'f1', 'c1', 'f2', 'c2'] as const)
    put(holders[name].value, places[name], golden[name])
  const outputs = placesIn(y, y.layout, 2)
  const loss = () => {
    operation.forward(2)
    return take(y.value, outputs).reduce((sum, v, at) => sum + v * (golden.g[at] as number), 0)
  }
  const value = loss()
  put(y.gradient as Floats, placesIn(y, y.gradientLayout, 2), golden.g)
  operation.backward(2)
  const gradients = {
    x: take(x.gradient, placesIn(x, x.gradientLayout, 2)),
    ...Object.fromEntries(
      Object.entries(holders).map(([name, { gradient }]) => [
        name,
        take(gradient, places[name as keyof typeof places]),
      ]),
    ),
  } as Record<keyof typeof places, number[]>
  const values = { ...holders, x }
  return { ...made, places, values, loss, value, gradients, output: take(y.value, outputs) }
}

const names = ['x', 'W', 'b', 'f1', 'c1', 'f2', 'c2'] as const

const largestDifference = (a: readonly number[], b: readonly number[]) => {
  expect(a.length).toBe(b.length)
  return Math.max(...a.map((value, at) => Math.abs(value - (b[at] as number))))
}

describe('the dynamic layer in float64 has', () => {
  test("PyTorch's values", () => {
    const { value, output, pi } = runGolden()
    expect(Math.abs(value - golden.loss)).toBeLessThan(1e-12)
    expect(largestDifference(output, golden.y)).toBeLessThan(1e-12)
    expect(largestDifference([...pi.value], golden.pi)).toBeLessThan(1e-12)
  })

  test.each(names)("PyTorch's gradient of %s", (name) => {
    const { gradients } = runGolden()
    expect(largestDifference(gradients[name], golden.grad[name])).toBeLessThan(1e-12)
  })

  test.each(names)('the gradient of %s that a small step shows', (name) => {
    const { gradients, places, values, loss } = runGolden()
    const at = places[name]
    for (let i = 0; i < at.length; i += Math.max(1, Math.floor(at.length / 7))) {
      const change = slope(values[name].value, at[i] as number, loss)
      const error = Math.abs(change - (gradients[name][i] as number))
      expect(error / Math.max(1e-3, Math.abs(change))).toBeLessThan(1e-6)
    }
  })
})

/** The central difference of a function of one value. */
function slope(array: Floats, at: number, f: () => number, step = 1e-5): number {
  const value = array[at] as number
  array[at] = value + step
  const above = f()
  array[at] = value - step
  const below = f()
  array[at] = value
  return (above - below) / (2 * step)
}

describe('gradients in float64 are what small steps show, for the whole network of', () => {
  test.each([
    ['scale', 'S'],
    ['scale', 'U4'],
    ['scale', 'D4'],
    ['scale', 'C4'],
    ['scale', 'SE'],
    ['digits', 'D4'],
    ['filter', 'D4'],
    ['filter', 'R4'],
  ])('%s %s', (name, modelName) => {
    const experiment = experimentNamed(name)
    const network = trainingNetworks[experiment.network]
    const model = modelNamed(modelName)
    const architecture = architectureOf(network, model)
    const parameters = createParameters(kernels, architecture, model)
    initialise(parameters, architecture, model, network, units(5))
    // biases off zero, so that nothing stands on a kink
    for (let i = 0; i < parameters.value.length; i++)
      parameters.value[i] = (parameters.value[i] as number) + 0.01 * Math.sin(i + 1)
    const samples = 3
    const built = { kernels, architecture, model, parameters, samples, temperature: () => 1.5 }
    const net = buildNetwork({ ...built, training: true })
    const { train } = drawImages(experiment, 0, digitSource)
    net.load(train, [0, 1, 2])
    const targets = train.targets?.subarray(0, samples * 100)
    const loss = () => {
      net.forward(samples)
      return 'logits' in net.output
        ? crossEntropy(net.output.logits, train.labels, samples)
        : squaredError(net.output.image, targets as Float32Array, samples)
    }
    net.clear()
    loss()
    net.backward(samples)
    const affines = parameters.layers.flatMap(({ fc1, fc2 }) => [fc1, fc2])
    const holders = [
      ...parameters.layers.map(({ experts }) => experts),
      ...[...affines, parameters.classifier].flatMap((each) =>
        each ? [each.weight, each.bias] : [],
      ),
    ]
    for (const { rows, columns, stride, value, gradient } of holders)
      for (let i = 0; i < rows * columns; i += Math.max(1, Math.floor((rows * columns) / 7))) {
        const at = Math.floor(i / columns) * stride + (i % columns)
        const change = slope(value, at, loss, 1e-7)
        const error = Math.abs(change - ((gradient as Floats)[at] as number))
        expect(error / Math.max(1e-3, Math.abs(change))).toBeLessThan(1e-5)
      }
  })
})

test("convolution is the layers' own, sample by sample", () => {
  const [B, C, O, size] = [3, 2, 5, 6]
  const floats = plainKernels(Float32Array)
  const stream = units(11)
  const draw = (values: Floats) => {
    for (let at = 0; at < values.length; at++) values[at] = 2 * stream.next() - 1
  }
  const shape = { padding: 1, pitch: size + 2, gradient: false }
  const x = maps(floats, B, C, size, { ...shape, role: 'input' })
  const y = maps(floats, B, O, size, { ...shape, role: 'output' })
  const w = matrix(floats, B, O * C * 9 + O, { stride: 96 })
  draw(w.value)
  const pixels = new Float32Array(B * C * size * size)
  draw(pixels)
  put(x.value, placesIn(x, x.layout, B), [...pixels])
  convolution(floats, { in: C, out: O, kernel: 3, padding: 1 }, x, w, y).forward(B)
  const rows = (first: number, count: number) =>
    Float32Array.from(placesOf(w, first, count), (at) => w.value[at] as number)
  const expected = ops.conv2d.forward(
    [
      tensor(pixels, [B, C, size, size]),
      tensor(rows(0, O * C * 9), [B * O, C, 3, 3]),
      tensor(rows(O * C * 9, O), [B * O]),
    ],
    {
      kernelSize: [3, 3],
      stride: [1, 1],
      padding: [1, 1],
      dilation: [1, 1],
      groups: 1,
      perSample: true,
    },
  )
  expect(
    largestDifference(take(y.value, placesIn(y, y.layout, B)), [...expected.data]),
  ).toBeLessThan(1e-6)
})

test('mixing kernels is mixing outputs: Σ pi (W * x) = (Σ pi W) * x', () => {
  const { operation, experts, pi, y, output } = runGolden()
  const outputs = placesIn(y, y.layout, 2)
  const mixed = new Array<number>(outputs.length).fill(0)
  const kept = experts.value.slice()
  const weights = pi.value.slice()
  for (let k = 0; k < experts.rows; k++) {
    for (let row = 0; row < experts.rows; row++)
      experts.value.set(
        kept.subarray(k * experts.stride, (k + 1) * experts.stride),
        row * experts.stride,
      )
    operation.forward(2) // all experts alike: whatever pi is, this is expert k's output
    for (const [at, value] of take(y.value, outputs).entries())
      mixed[at] =
        (mixed[at] as number) +
        (weights[Math.floor(at / (outputs.length / 2)) * 4 + k] as number) * value
  }
  expect(largestDifference(mixed, output)).toBeLessThan(1e-14)
})
