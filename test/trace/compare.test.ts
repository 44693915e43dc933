// Layers side by side: the same input, what is derived from it, and the article's claims.
import { describe, expect, test } from 'vitest'
import { judgeClaims } from '../../src/claims/article-claims.ts'
import { type LayerName, layers } from '../../src/layers/index.ts'
import { compareLayers, forwardOf, planComparison } from '../../src/run/compare.ts'
import { FARTHEST, overheadOf, scanOverhead } from '../../src/run/overhead.ts'
import { planRun, runOptions } from '../../src/run/plan.ts'
import { traceLayer } from '../../src/run/run.ts'
import { timeInTurn } from '../../src/run/timing.ts'
import { attentionsOf } from '../../src/trace/attention-summary.ts'

const names = Object.keys(layers) as LayerName[]

function compare(given: Readonly<Record<string, unknown>>, which: readonly LayerName[] = names) {
  const chosen = which.map((name) => layers[name])
  return compareLayers(planComparison(chosen, { padding: 1, ...given }, runOptions))
}

describe('every layer', () => {
  const columns = compare({ batch: 3, input: 'varied', in: 4, out: 6, size: 8 })

  test('sees the same input and leaves the same shape', () => {
    const inputs = columns.map(({ trace }) => trace.steps[0]?.values)
    for (const input of inputs) expect(input).toEqual(inputs[0])
    for (const { outputShape } of columns) expect(outputShape).toEqual([3, 6, 8, 8])
  })

  test('is the run that its own command gives', () => {
    for (const { trace } of columns) {
      const alone = traceLayer(layers[trace.layer as LayerName], {
        ...{ batch: 3, input: 'varied', in: 4, out: 6, size: 8, padding: 1 },
      })
      expect(trace.steps.at(-1)?.values).toEqual(alone.steps.at(-1)?.values)
    }
  })

  test('keeps K kernels and convolves the batch with one set a sample; static with one in all', () => {
    const one = 4 * (6 * 4 * 3 * 3)
    for (const { trace, kernelBytes } of columns)
      expect(kernelBytes).toEqual(
        trace.layer === 'static'
          ? { learnt: one, batch: one }
          : { learnt: 4 * one, batch: 3 * one },
      )
  })
})

test('an option that a layer does not have is not passed to it', () => {
  const columns = compare({ kernels: 2, hidden: 3, temperature: 5, bias: false })
  expect(columns.map(({ trace }) => trace.config.kernels)).toEqual([undefined, 2, 2, 2])
  expect(columns.map(({ trace }) => trace.config.hidden)).toEqual([
    ...[undefined, 3, undefined, undefined],
  ])
})

test("the kernels' deviation is std() of what the batch is convolved with", () => {
  const columns = compare({ batch: 2, input: 'varied' })
  for (const { trace, kernels } of columns) {
    const id = trace.layer === 'static' ? 'weight' : 'aggregate-weight'
    const { values } = trace.steps.find((step) => step.id === id)!
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(kernels.std).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 12)
  }
  const [single] = compare({ in: 1, out: 1, kernelSize: 1 }, ['static'])
  expect(single?.kernels).toEqual({ spread: 0, std: Number.NaN })
})

describe('attention', () => {
  const trace = traceLayer(layers.dynamic, { batch: 3, input: 'varied' })
  const [attention] = attentionsOf(trace)

  test('its spread is the largest difference of one weight between samples', () => {
    const values = trace.steps.find(({ id }) => id === 'attention')?.values ?? new Float32Array()
    let largest = 0
    for (let k = 0; k < 4; k++)
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          largest = Math.max(largest, (values[a * 4 + k] as number) - (values[b * 4 + k] as number))
    expect(attention?.spread).toBe(largest)
    expect(attention?.std).toBeGreaterThan(0)
    expect(attention?.std).toBeLessThan(largest)
  })

  test('a high temperature makes its entropy ln K', () => {
    const [flat] = attentionsOf(traceLayer(layers.dynamic, { temperature: 1e4 }))
    expect(flat?.evenness?.[0]).toBeCloseTo(1, 6)
    expect(attention?.evenness?.[0]).toBeLessThan(1)
  })

  test('weights that do not sum to 1 have no such entropy', () => {
    const [routing] = attentionsOf(traceLayer(layers.condconv, {}))
    expect(routing?.step).toBe('routing')
    expect(routing?.evenness).toBeUndefined()
  })

  test('hand-computed: halves have all the entropy of two, and one sample has no spread', () => {
    const [half] = attentionsOf({
      steps: [{ ...step, shape: [1, 2], values: Float32Array.of(0.5, 0.5) }],
    })
    expect(half).toMatchObject({ spread: 0, std: Number.NaN, evenness: [1] })
    const [two] = attentionsOf({
      steps: [{ ...step, shape: [2, 2], values: Float32Array.of(1, 0, 0.5, 0.5) }],
    })
    // 1 and 0.5 lie 0.25 from their mean, 2 · 0.25² / (2 - 1) = 1/8
    expect(two).toMatchObject({ spread: 0.5, std: Math.sqrt(1 / 8), evenness: [0, 1] })
  })

  const step = {
    ...(trace.steps.find(({ id }) => id === 'attention') as (typeof trace.steps)[number]),
  }
})

describe('the claims of the article', () => {
  const by = (columns: ReturnType<typeof compare>) =>
    Object.fromEntries(
      judgeClaims(columns).map(({ id, evidence }) => [
        id,
        Object.fromEntries(evidence.map(({ layer, holds }) => [layer, holds])),
      ]),
    )

  test('on two samples', () => {
    expect(by(compare({ batch: 2 }))).toEqual({
      'fewer-parameters': { dynamic: true, condconv: true, odconv: true },
      cheaper: { dynamic: true, condconv: true, odconv: true },
      'kernel-depends-on-input': { static: true, dynamic: true, condconv: true, odconv: true },
    })
  })

  test('one kernel to choose from cannot follow the input, two identical samples do not show it', () => {
    const claims = by(compare({ batch: 2, kernels: 1 }, ['static', 'dynamic']))
    expect(claims['kernel-depends-on-input']).toEqual({ static: true, dynamic: false })
  })

  test('one sample cannot tell', () => {
    const claims = by(compare({ batch: 1 }, ['static', 'dynamic']))
    expect(claims['kernel-depends-on-input']).toEqual({ static: undefined, dynamic: undefined })
  })

  test('without static every layer is held against its own baseline', () => {
    const [fewer] = judgeClaims(compare({}, ['odconv']))
    expect(fewer?.evidence).toEqual([
      { layer: 'odconv', holds: true, parameters: 2352, ordinary: 432 },
    ])
  })
})

describe('overhead', () => {
  const given = { padding: 1, in: 8, out: 8, size: 16 }
  const plan = planRun(layers.dynamic, given)
  const scan = scanOverhead(layers.dynamic, given, plan)

  test('hand-computed: attention and mixing over the convolution', () => {
    // 16·16 pixels of 8·8·9 products; 8·4 + 4·4 in the attention; 4 kernels of 8·8·9 and 8 biases
    expect(scan.now).toBe((8 * 4 + 4 * 4 + 4 * (8 * 8 * 9 + 8)) / (16 * 16 * 8 * 8 * 9))
  })

  test.each([0, 1])('limit %d is crossed where the scan says', (at) => {
    const limit = [0.01, 0.1][at] as number
    const overhead = (change: object) => {
      const { config, inputShape } = planRun(layers.dynamic, { ...given, ...change })
      return overheadOf(layers.dynamic, config, inputShape)
    }
    const K = scan.kernels![at] as number
    expect(overhead({ kernels: K })).toBeGreaterThanOrEqual(limit)
    if (K > 1) expect(overhead({ kernels: K - 1 })).toBeLessThan(limit)
    const size = scan.size[at] as number
    expect(overhead({ size })).toBeLessThan(limit)
    expect(overhead({ size: size - 1 })).toBeGreaterThanOrEqual(limit)
  })

  test('scaling every channel map never falls below a share: the scan says so', () => {
    const narrow = { padding: 1 }
    const layer = layers.odconv
    const scan = scanOverhead(layer, narrow, planRun(layer, narrow))
    expect(scan.size[0]).toBeUndefined()
    const { config } = planRun(layer, narrow)
    expect(overheadOf(layer, config, [1, 3, FARTHEST, FARTHEST])).toBeGreaterThan(0.01)
    expect(scan.channels.map(({ overhead }) => overhead)).toEqual(
      scan.channels.map(({ overhead }) => overhead).toSorted((a, b) => b - a),
    )
  })
})

describe('timing', () => {
  test('all run in turn, once to warm up, and the median is each one’s own', async () => {
    const order: string[] = []
    let now = 0
    const run = (name: string, takes: number) => () => {
      order.push(name)
      now += takes
    }
    const runs = [run('a', 2), run('b', 5)]
    const timings = await timeInTurn(runs, () => now, { time: 1e9, fewest: 1, most: 3 })
    expect(timings).toEqual([
      { median: 2, runs: 3 },
      { median: 5, runs: 3 },
    ])
    expect(order.join('')).toBe('ab'.repeat(4))
  })

  test('the median of an uneven run, and no round beyond the time', async () => {
    const takes = [9, 1, 4, 2]
    let now = 0
    const run = () => {
      now += takes.shift() ?? 100
    }
    const timings = await timeInTurn([run], () => now, { time: 7, fewest: 1, most: 9 })
    expect(timings).toEqual([{ median: 2, runs: 3 }]) // 1, 4 and 2; the 9 warmed up
  })

  test('a forward pass can be run again and again', () => {
    for (const name of names) {
      const [entrant] = planComparison([layers[name]], { size: 5 }, runOptions)
      if (!entrant) throw new Error('nothing to run')
      const forward = forwardOf(entrant)
      expect(() => [forward(), forward()]).not.toThrow()
    }
  })
})
