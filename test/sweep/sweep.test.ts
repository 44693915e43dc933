// Sweeps: really run, and every verdict reachable and resting on its measurements.
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { measure } from '../../src/commands/sweep/attention.ts'
import {
  inputCause,
  oneKernel,
  samplesCause,
  temperatureCause,
  UNIFORM,
} from '../../src/commands/sweep/causes.ts'
import { sweeps } from '../../src/commands/sweep/index.ts'
import { entropyAt, schedules } from '../../src/commands/sweep/schedule.ts'
import { type Finding, makeSweep, type SweepSettings } from '../../src/commands/sweep/sweep.ts'
import { temperatures } from '../../src/commands/sweep/temperature.ts'
import { dynamicLayer } from '../../src/layers/dynamic/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { evennessOf, mixedScale, spreadOf } from '../../src/trace/attention-summary.ts'
import { stepOf } from '../../src/trace/query.ts'

const trace = (given: SweepSettings) => traceLayer(dynamicLayer, given)
const make = (name: string, given: SweepSettings = {}) => makeSweep(sweeps[name]!, given, trace)
const found = async (name: string, given: SweepSettings) =>
  Object.fromEntries((await make(name, given)).findings.map((each) => [each.id, each]))
const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(4)))

describe('measures', () => {
  test('entropy / ln K, by hand', () => {
    expect(evennessOf([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(1, 12)
    expect(evennessOf([1, 0, 0])).toBe(0)
    expect(evennessOf([0.5, 0.5, 0, 0])).toBeCloseTo(0.5, 12) // ln 2 / ln 4
    expect(evennessOf([1])).toBe(1)
  })

  test('the spread is the largest difference in one position', () => {
    expect(spreadOf([[1, 5], [2, 5], [4, 3]])).toBe(3) // biome-ignore format: a table
    expect(spreadOf([[1, 5]])).toBe(0)
  })

  test('equal weights mix to 1/sqrt(K)', () => {
    expect(mixedScale([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(1 / Math.sqrt(4), 12)
    expect(mixedScale([1, 0, 0])).toBe(1)
  })

  test('an input of zeros leaves the biases: what a run with that input gives', () => {
    const run = trace({ input: 'relu', batch: 2 })
    const { moved, samples, scoreRange } = measure(run)
    const parameter = (name: string) => run.parameters.find((each) => each.name === name)!.values
    const [b1, w2, b2] = ['fc1.bias', 'fc2.weight', 'fc2.bias'].map((name) =>
      parameter(`attention.${name}`),
    ) as [Float32Array, Float32Array, Float32Array]
    const scores = [0, 1, 2, 3].map((k) =>
      [0, 1, 2, 3].reduce((sum, j) => sum + w2[4 * k + j]! * Math.max(0, b1[j]!), b2[k]!),
    )
    const powers = scores.map(Math.exp)
    const total = powers.reduce((a, b) => a + b)
    const attention = [...stepOf(run, 'attention').values]
    const differences = attention.map((weight, at) => Math.abs(weight - powers[at % 4]! / total))
    expect(moved).toBeCloseTo(Math.max(...differences), 6)
    expect(samples).toBe(2)
    expect(scoreRange).toBeGreaterThan(0)
  })
})

describe('temperature', () => {
  test("has the sketch's numbers", async () => {
    const { rows } = await make('temperature')
    const at = (temperature: number) => rows.find((row) => row.temperature === temperature)!
    const attention = (temperature: number) =>
      rounded((at(temperature).attention as number[][])[0]!)
    expect(attention(30)).toEqual([0.254, 0.2476, 0.2463, 0.2521])
    expect(attention(5)).toEqual([0.2743, 0.2352, 0.2281, 0.2623])
    expect(attention(1)).toEqual([0.3758, 0.1742, 0.1494, 0.3006])
    expect(attention(0.2)).toEqual([0.7359, 0.0158, 0.0073, 0.241])
    expect((at(1).entropy as number[])[0]).toBeCloseTo(0.95, 3)
  })

  test('every row is a run of the layer', async () => {
    const given = { batch: 2, input: 'varied', seed: 5, kernels: 3 }
    const { rows } = await make('temperature', given)
    expect(rows.map((row) => row.temperature)).toEqual(temperatures)
    for (const { temperature, attention } of rows)
      expect((attention as number[][]).flat()).toEqual([
        ...stepOf(trace({ ...given, temperature }), 'attention').values,
      ])
  })

  test('the swept flag cannot be given', async () => {
    await expect(make('temperature', { temperature: '3' })).rejects.toThrow('--temperature 3')
    await expect(make('schedule', { temperature: '3' })).rejects.toThrow('--temperature 3')
    await expect(make('kernels', { kernels: '3' })).rejects.toThrow('--kernels 3')
    await expect(make('batch', { batch: '3' })).rejects.toThrow('--batch 3')
  })
})

describe('verdicts', () => {
  test('a high temperature is named, from where it flattens, with the numbers', async () => {
    const { temperature } = await found('temperature', {})
    const { measured } = temperature!
    expect(temperature!.flattens).toBe(true)
    expect(measured.temperature).toBe(5) // 2 is still below the line
    expect(measured.entropy).toBeGreaterThanOrEqual(UNIFORM)
    const scores = [...stepOf(trace({}), 'fc2').values]
    expect(measured.scoreRange).toBe(Math.max(...scores) - Math.min(...scores))
    const hot = [...stepOf(trace({ temperature: 5 }), 'attention').values]
    expect(measured.ratio).toBeCloseTo(Math.max(...hot) / Math.min(...hot), 5)
    expect(temperature!.try).toBe('dynamic --temperature 0.1')
  })

  test('scores that lie together are named instead of the temperature', () => {
    const points = [30, 1, 0.1].map((temperature) => ({ temperature, entropy: 0.999 }))
    const cause = temperatureCause(points, { scoreRange: 0.01 }, {})
    expect(cause).toMatchObject({ id: 'scores', flattens: true, measured: { temperature: 0.1 } })
  })

  test('so they are where the plain softmax is uniform already', async () => {
    const given = { input: 'rand', seed: 9, batch: 2, bias: false, kernels: 3 }
    const { scores } = await found('temperature', given)
    expect(scores!.measured.temperature).toBe(1)
    expect(scores!.measured.scoreRange).toBeLessThan(0.5)
  })

  test('means that are there but never reach the scores', async () => {
    const { 'unheard-means': unheard } = await found('temperature', { size: 3 })
    expect(unheard!.flattens).toBe(true)
    expect(unheard!.measured.meanSize).toBeGreaterThan(0.1)
    expect(unheard!.measured.moved).toBeLessThan(0.01)
  })

  test('no verdict sends the learner to the page that is open', async () => {
    for (const input of ['randn', 'rand', 'relu', 'varied'])
      for (const batch of [1, 4])
        for (const size of [3, 32]) {
          const { command, findings } = await make('temperature', { input, batch, size })
          for (const { try: next } of findings) expect(next).not.toBe(command)
        }
  })

  test('a temperature that does not flatten is said not to', () => {
    const points = [
      { temperature: 30, entropy: 0.6 },
      { temperature: 1, entropy: 0.1 },
    ]
    const cause = temperatureCause(points, { scoreRange: 80 }, {})
    expect(cause).toMatchObject({ id: 'temperature', flattens: false })
    expect(cause.measured).toEqual({ temperature: 30, entropy: 0.6, scoreRange: 80 })
  })

  test('uniform means uniform at every higher temperature too', () => {
    const entropies = { 0.1: 0.995, 1: 0.9, 5: 0.992, 30: 1 }
    const points = Object.entries(entropies).map(([T, entropy]) => ({
      temperature: Number(T),
      entropy,
    }))
    expect(temperatureCause(points, { scoreRange: 1 }, {}).measured.temperature).toBe(5)
  })

  test('channel means near zero: normal noise, and what shows the opposite', async () => {
    const findings = await found('temperature', {})
    expect(findings['zero-means']).toMatchObject({
      flattens: true,
      try: 'sweep temperature --input relu',
    })
    const opposite = await found('temperature', { input: 'relu' })
    expect(opposite['zero-means']).toBeUndefined()
    expect(opposite.means!.flattens).toBe(false)
    expect(opposite.means!.measured.moved).toBeGreaterThan(findings['zero-means']!.measured.moved!)
  })

  test('samples with the same means, and what shows the opposite', async () => {
    const alike = await found('temperature', { input: 'relu', batch: 4 })
    expect(alike['samples-alike']).toMatchObject({
      flattens: true,
      try: 'sweep temperature --batch 4 --input varied',
    })
    const own = await found('temperature', { input: 'varied', batch: 4 })
    expect(own['samples-differ']!.flattens).toBe(false)
    expect(own['samples-differ']!.measured.weightSpread).toBeGreaterThan(0.01)
  })

  test('one sample, and one kernel', async () => {
    expect((await found('temperature', {}))['one-sample']!.try).toBe('sweep temperature --batch 4')
    expect(Object.keys(await found('temperature', { kernels: 1 }))).toEqual(['one-kernel'])
  })

  test('every command that a verdict names is one that runs', async () => {
    for (const name of Object.keys(sweeps))
      for (const { try: next } of (await make(name, { size: 8 })).findings)
        if (next) expect(next).toMatch(/^(dynamic|sweep (temperature|kernels|batch|schedule)) ?/)
  })
})

test('kernels: 1/sqrt(K) is measured, and parameters grow where work does not', async () => {
  const { rows, findings } = await make('kernels', { seed: 3 })
  for (const row of rows) {
    const run = trace({ seed: 3, kernels: row.kernels })
    expect(row.parameters).toBe(run.cost.parameters)
    expect(row.multiplyAdds).toBe(run.cost.multiplyAdds)
    expect((row.scale as number) / (row.expected as number)).toBeGreaterThan(0.85)
    expect((row.scale as number) / (row.expected as number)).toBeLessThan(1.15)
    expect(row.uniform).toBe(1 / Math.sqrt(row.kernels as number))
  }
  expect(findings.map(({ id }) => id)).toEqual(['scale', 'cost'])
})

test('kernels: a row of a single value is left out of the verdict', async () => {
  const single = { in: 1, out: 1, kernelSize: 1, size: 4 }
  const { rows, findings } = await make('kernels', { ...single, batch: 2, input: 'varied' })
  expect(rows[0]!.scale).toBeNaN() // one kernel of one value
  const ratios = rows.slice(1).map(({ scale, expected }) => Number(scale) / Number(expected))
  const { measured } = findings.find(({ id }) => id === 'scale')!
  expect(measured).toMatchObject({ least: Math.min(...ratios), most: Math.max(...ratios) })
  for (const value of Object.values(measured)) expect(value).not.toBeNaN()

  const none = await make('kernels', single) // one sample of one value, however many kernels
  for (const { scale } of none.rows) expect(scale).toBeNaN()
  expect(none.findings.map(({ id }) => id)).toEqual(['one-value', 'cost'])
  const { try: next } = none.findings[0]!
  expect(next).toBe('sweep kernels --in 1 --kernel-size 1 --size 4')
  const larger = await make('kernels', { in: 1, kernelSize: 1, size: 4 })
  expect(larger.findings.map(({ id }) => id)).toEqual(['scale', 'cost'])
})

test('batch: spreads beside each other are those of the runs', async () => {
  const { rows, columns } = await make('batch', { input: 'rand' })
  expect(columns.map(({ id }) => id).slice(2)).toEqual(['rand', 'randn', 'relu', 'varied'])
  const row = rows.at(-1)!
  const run = trace({ batch: 8, input: 'varied' })
  const weights = [...stepOf(run, 'attention').values]
  const samples = Array.from({ length: 8 }, (_, n) => weights.slice(4 * n, 4 * n + 4))
  expect(row.varied).toBe(spreadOf(samples))
  expect(row.varied).toBeGreaterThan(10 * (row.randn as number))
})

describe('schedule', () => {
  const at = (id: string, epochs: number) =>
    schedules.find((schedule) => schedule.id === id)!.at(epochs)

  test('the schedules are as published', () => {
    expect([0, 1, 5, 10, 11, 50].map((epoch) => at('kaijieshi7', epoch))).toEqual([
      34, 31, 19, 4, 1, 1,
    ])
    expect([0, 5, 10, 50].map((epoch) => at('paper', epoch))).toEqual([30, 15.5, 1, 1])
    expect(at('paper', 3.9)).toBe(at('paper', 3)) // a step an epoch
    expect(at('odconv', 2.5)).toBe(30 - 29 / 4) // every iteration
  })

  test('the attention at a temperature is what a run at it gives', () => {
    const given = { batch: 2, input: 'varied' }
    const run = trace(given)
    for (const temperature of [34, 4, 1]) {
      const weights = [...stepOf(trace({ ...given, temperature }), 'attention').values]
      const shares = [weights.slice(0, 4), weights.slice(4)].map(evennessOf)
      expect(entropyAt(run, temperature)).toBe((shares[0]! + shares[1]!) / 2)
    }
  })
})

describe('words', () => {
  const all = async (): Promise<Finding[]> => {
    const settings: SweepSettings[] = [
      {},
      { input: 'relu', batch: 3 },
      { input: 'varied', batch: 3 },
    ]
    const results = await Promise.all(
      settings.flatMap((given) =>
        Object.values(sweeps).map((sweep) => {
          const { [sweep.varies]: _, ...rest } = given
          return makeSweep(sweep, { ...rest, size: 8 }, trace)
        }),
      ),
    )
    const single = { in: 1, out: 1, kernelSize: 1, size: 4 }
    const ofOne = [await make('kernels', single), await make('kernels', { ...single, batch: 2 })]
    const measured = measure(trace({}))
    return [
      ...ofOne.flatMap(({ findings }) => findings),
      ...results.flatMap(({ findings }) => findings),
      temperatureCause([{ temperature: 2, entropy: 1 }], measured, {}),
      temperatureCause([{ temperature: 2, entropy: 0.5 }], measured, {}),
      inputCause(measured, 'sweep temperature', {}),
      inputCause({ ...measured, meanSize: 1, moved: 0 }, 'sweep temperature', {}),
      samplesCause(measured, 'sweep temperature', {}),
      oneKernel({}),
    ]
  }

  test('every number in them is one that was measured, and none is typed', async () => {
    for (const { id, text, measured } of await all())
      for (const language of languages)
        for (const part of text[language])
          if (typeof part === 'number') expect(Object.values(measured), id).toContain(part)
          else expect(part.replace(/1\/√K|kaijieshi7/g, ''), id).not.toMatch(/\d/)
  })
})
