// convlab bench: what is measured, what is said of it, and who takes part.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Chalk } from 'chalk'
import { describe, expect, test } from 'vitest'
import { measure, spreadOf } from '../../src/bench/measure.ts'
import { measurePeak } from '../../src/bench/peak.ts'
import { entriesOf, type Report } from '../../src/bench/report.ts'
import { workloads } from '../../src/bench/workloads.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { createStyle } from '../../src/render/style.ts'
import { renderBench } from '../../src/render/text/bench.ts'
import { widthOf } from '../../src/render/text/width.ts'
import { planRun } from '../../src/trace/plan.ts'
import { drawRun, tracePlan } from '../../src/trace/run.ts'
import { untraced } from '../../src/trace/untraced.ts'
import { lastOf } from '../../src/trace/window.ts'
import { convlab } from './run.ts'

const program = new URL('../../bin/convlab.js', import.meta.url).pathname

test('the median time of a run, however short', async () => {
  let now = 0
  const sampling = { warmUp: 1, sample: 2, time: 5, fewest: 3, most: 9 }
  const takes = (ms: number) => () => {
    now += ms
  }
  for (const ms of [0.001, 0.5, 3])
    expect(await measure(takes(ms), () => now, sampling)).toBeCloseTo(ms, 9)
  const waits = async () => {
    await Promise.resolve()
    now += 0.25
  }
  expect(await measure(waits, () => now, sampling)).toBeCloseTo(0.25, 9)
})

test('a spread', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 })
})

test('the peak is more than nothing and less than any processor has', () => {
  const peak = measurePeak(false, () => performance.now())
  expect(peak).toBeGreaterThan(0.1)
  expect(peak).toBeLessThan(1000)
})

const measured = (name: string, times: number[], ...values: number[]) => ({
  name,
  times,
  output: Float32Array.from(values),
})

test('who differs is said to', () => {
  const [, near, far, short, broken] = entriesOf(
    [
      measured('convlab', [2], 1, 100),
      measured('near', [4], 1.0005, 100),
      measured('far', [1], 1.1, 100),
      measured('short', [1], 1),
      measured('broken', [1], Number.NaN, 100),
    ],
    6e6,
  )
  expect(near).toMatchObject({ agrees: true, ratio: 2, gflops: 1.5 })
  for (const entry of [far, short, broken]) expect(entry?.agrees).toBe(false)
})

const report: Report = {
  peak: 43,
  runs: 3,
  threads: 1,
  rows: Object.entries(workloads).map(([id, { title, layer, given }], at) => ({
    id,
    title,
    layer,
    command: planRun(layers[layer] as Layer, given).command,
    flops: 1e6 * 10 ** at,
    entries: entriesOf(
      [
        measured('convlab', [0.02, 0.021, 0.025], 1),
        measured('torch', [0.015, 0.0147, 0.016], 1),
        measured('onnxruntime-node', [12.25, 13, 14], at === 1 ? 2 : 1),
      ],
      1e6 * 10 ** at,
    ),
  })),
  missing: [{ name: 'tfjs', install: { en: 'npm install it', zh: '用 npm install 安装' } }],
}

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  test.each([80, 120])('at %i columns', (columns) => {
    const page = renderBench(report, createStyle(language, columns, new Chalk({ level: 0 }), false))
    for (const line of page.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns)
    expect(page).toMatchSnapshot()
  })

  test.each([
    ['bench dynamc', 'dynamic'],
    ['bench static --layers W1', '--layers'],
    ['bench --in 3', 'convlab bench dynamic'],
    ['bench --layers W9', 'W1..W3'],
    ['bench --layers W3..W1', 'W1..W3'],
    ['bench --against touch', 'torch'],
    ['bench --against torch --python no-such-python', 'pip install torch'],
    ['bench --against tfjs', 'npm install'],
    ['bench --runs 0', '--runs'],
    ['bench static -k 99', '99'],
  ])('convlab %s is refused', async (line, part) => {
    const { code, stdout, stderr } = await convlab(`${line} --lang ${language}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    expect(stderr).toContain(part)
  })
})

test('convlab by itself, in processes', async () => {
  const line = 'bench static --size 9 --runs 2 --python no-such-python --json'
  const { stdout } = await promisify(execFile)('node', [program, ...line.split(' ')])
  const { rows, runs, peakGflops } = JSON.parse(stdout)
  expect(runs).toBe(2)
  expect(peakGflops).toBeGreaterThan(0)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ command: 'static --size 9', flops: 2 * 9 * 9 * 16 * 27 })
  expect(rows[0].entries[0]).toMatchObject({ name: 'convlab', ratio: 1, agrees: true })
  expect(rows[0].entries[0].times).toHaveLength(2)
})

test.each(Object.values(layers) as Layer[])('$name untraced gives the same output', (layer) => {
  const plan = planRun(layer, { batch: 2 })
  const { x, parameters } = drawRun(layer, plan)
  const { data, shape } = layer.forward(plan.config, parameters, x, untraced)
  const { values, ...output } = lastOf(tracePlan(layer, plan))
  expect(data).toEqual(values)
  expect(shape).toEqual(output.shape)
})
