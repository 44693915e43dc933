// convlab bench: what is measured, what is said of it, and who takes part.
import { execFile } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Chalk } from 'chalk'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import type { Request } from '../../src/commands/bench/contenders/contender.ts'
import { race } from '../../src/commands/bench/contenders/race.ts'
import { measure, timeSpreadOf } from '../../src/commands/bench/measure.ts'
import { renderBench } from '../../src/commands/bench/page.ts'
import { operandsOf, type TimedPart, timedParts } from '../../src/commands/bench/part.ts'
import { measurePeak } from '../../src/commands/bench/peak.ts'
import {
  type BenchEntry,
  type BenchReport,
  disagreement,
  entriesOf,
} from '../../src/commands/bench/report.ts'
import { workloads } from '../../src/commands/bench/workloads.ts'
import { layers } from '../../src/layers/index.ts'
import { ops } from '../../src/ops/index.ts'
import { planRun } from '../../src/run/plan.ts'
import { prepareForward } from '../../src/run/prepared.ts'
import { traceLayer, tracePlan } from '../../src/run/run.ts'
import { createStyle } from '../../src/show/style.ts'
import { widthOf } from '../../src/show/text/width.ts'
import { tensor } from '../../src/tensor/tensor.ts'
import { tensorNamed } from '../../src/trace/query.ts'
import { replay } from '../../src/trace/replay.ts'
import { lastOf, makerOf } from '../../src/trace/window.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
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

test('a spread is that of its runs', () => {
  expect(timeSpreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
  expect(timeSpreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 })
})

test('the peak is more than nothing and less than any processor has', async () => {
  const peak = await measurePeak(false, () => performance.now())
  expect(peak).toBeGreaterThan(0.1)
  expect(peak).toBeLessThan(1000)
})

const measured = (name: string, times: number[], ...values: number[]) => ({
  name,
  part: 'layer' as TimedPart,
  times,
  output: Float32Array.from(values),
})
const alone = (...parts: Parameters<typeof measured>) => ({
  ...measured(...parts),
  part: 'convolution' as TimedPart,
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
    { layer: 6e6, convolution: 0 },
  )
  expect(near).toMatchObject({ agrees: true, ratio: 2, gflops: 1.5 })
  for (const entry of [far, short, broken]) expect(entry?.agrees).toBe(false)
})

test('a part is held against convlab on the same part', () => {
  const [, , , torch] = entriesOf(
    [
      measured('convlab', [2], 1, 100),
      measured('torch', [4], 1, 100),
      alone('convlab', [1], 5, 50),
      alone('torch', [3], 5, 50),
    ],
    { layer: 8e6, convolution: 6e6 },
  )
  expect(torch).toMatchObject({ agrees: true, ratio: 3, gflops: 2 })
})

const report: BenchReport = {
  engine: { name: 'wasm', fma: false, threads: 1 },
  peak: 43,
  runs: 3,
  threads: 1,
  rows: Object.entries(workloads).map(([id, { title, layer, given }], at) => ({
    id,
    title,
    layer,
    command: planRun(layers[layer], given).command,
    flops: { layer: 1e6 * 3 ** at, convolution: 0.9e6 * 3 ** at },
    entries: entriesOf(
      [
        measured('convlab', [0.02, 0.021, 0.025], 1),
        measured('torch', [0.015, 0.0147, 0.016], 1),
        measured('onnxruntime-node', [0.25, 0.3, 0.41], at === 1 ? 2 : 1),
        alone('convlab', [0.018, 0.019, 0.02], 1),
        alone('torch', [0.013, 0.012, 0.014], 1),
      ],
      { layer: 1e6 * 3 ** at, convolution: 0.9e6 * 3 ** at },
    ),
  })),
  missing: [{ name: 'tfjs', install: { en: 'npm install it', zh: '用 npm install 安装' } }],
}

test('one process is no median', () => {
  const style = createStyle('en', 80, new Chalk({ level: 0 }), false)
  const page = renderBench({ ...report, runs: 1 }, style)
  expect(page).toContain('One process each, in turn')
  expect(page).not.toContain('Medians of')
})

describe.each(['en', 'zh'] as const)('the page in %s', (language) => {
  test.each([80, 120])('fits %i columns', (columns) => {
    const page = renderBench(report, createStyle(language, columns, new Chalk({ level: 0 }), false))
    for (const line of page.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns)
    expect(page).toMatchSnapshot()
  })

  test('results that differ are named in one line', () => {
    expect(disagreement(report)?.[language]).toMatch(
      /^[^\n]*onnxruntime-node [^\n]*W2[^\n]*1\.0[^\n]*$/,
    )
    expect(disagreement({ rows: report.rows.slice(2) })).toBeUndefined()
  })

  test.each([
    ['bench dynamc', 'dynamic'],
    ['bench static --layers W1', '--layers'],
    ['bench W1', '--layers W1'],
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

test('convlab is measured by itself, in processes, where Python is missing', async () => {
  const line = 'bench static --size 9 --runs 2 --python no-such-python --json'
  const { stdout } = await promisify(execFile)('node', [program, ...line.split(' ')])
  const { rows, runs, threads, engine, peakGflops } = JSON.parse(stdout)
  expect({ runs, threads }).toEqual({ runs: 2, threads: 1 })
  expect(engine.name).toBe('wasm')
  expect(peakGflops).toBeGreaterThan(0)
  expect(rows).toHaveLength(1)
  const flops = 2 * 9 * 9 * 16 * 27
  expect(rows[0]).toMatchObject({
    command: 'static --size 9',
    flops: { layer: flops, convolution: flops },
  })
  for (const part of timedParts) {
    const entry = rows[0].entries.find((each: BenchEntry) => each.part === part)
    expect(entry).toMatchObject({ name: 'convlab', ratio: 1, agrees: true })
    expect(entry.times).toHaveLength(2)
    expect(entry.ofPeak).toBeCloseTo(entry.gflops / peakGflops, 12)
  }
})

test('another result than ours fails the check, in one line', async () => {
  const impostor = join(folder, 'python')
  writeFileSync(impostor, impostorOf(4 * 16 * 9 * 9))
  chmodSync(impostor, 0o755)
  const line = `bench static --size 9 --runs 1 --against torch --python ${impostor} --json`
  const failed = await promisify(execFile)('node', [program, ...line.split(' ')]).catch((e) => e)
  expect(failed.code).toBe(1)
  expect(failed.stderr).toMatch(/^convlab: [^\n]*torch on static by up to [^\n]*\n$/m)
  const [row] = JSON.parse(failed.stdout).rows
  const differing = row.entries.filter(({ agrees }: BenchEntry) => !agrees)
  expect(differing.map(({ name }: BenchEntry) => name)).toEqual(['torch', 'torch'])
})

test('a layer without a convolution is timed as a whole alone', async () => {
  const asked: string[] = []
  const racers = timedParts.map((part) => ({
    name: 'convlab',
    part,
    start({ output }: Request) {
      asked.push(part)
      writeFileSync(output, Buffer.alloc(4))
      return { command: [] }
    },
  }))
  const programs = {
    temporaryFolder: () => ({ path: folder, remove() {} }),
    run: async () => ({ code: 0, stdout: '{"time":1}', stderr: '' }),
  } as never
  const task = { id: 'gate', layer: 'static', command: 'gate', title: { en: '', zh: '' } } as const
  const flops = { layer: 8, convolution: 0 }
  const engine = { name: 'wasm', fma: false, threads: 1 } as const
  const rules = { runs: 1, threads: 1, engine }
  await race([{ ...task, flops, given: {} }], racers, rules, { programs, env: {} }, () => {})
  expect(asked).toEqual(['layer'])
})

/** A Python that has torch, it says, and answers so many bytes of zeros. */
const impostorOf = (bytes: number) => `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs')
if (process.argv[2] === '-') {
  const [, output] = /open\\("(.*)", 'wb'\\)/.exec(readFileSync(0, 'utf8'))
  writeFileSync(output, Buffer.alloc(${bytes}))
  console.log(JSON.stringify({ time: 1 }))
}
`

test.each(Object.values(layers))('$name made ready gives the same outputs', (layer) => {
  const trace = traceLayer(layer, { batch: 2 })
  const x = tensorNamed(trace, 'input')
  const another = tensor(
    x.data.map((value) => 1 - value),
    x.shape,
  )
  const { id } = lastOf(trace)
  const forward = prepareForward(trace)
  for (const input of [x, another, x])
    expect(forward(input.data)).toEqual(
      { [id]: tensorNamed(trace, id), ...replay(trace, { input }) }[id],
    )
  expect(() => forward(x.data.subarray(1))).toThrow(UsageError)
})

test.each(Object.values(layers))('$name: the convolution alone gives its output', (layer) => {
  const trace = tracePlan(layer, planRun(layer, { batch: 2 }))
  const { x, w, b, attributes } = operandsOf(trace)
  const { values, shape } = makerOf(trace)!.convolution
  const y = ops.conv2d.forward([x, w, b], attributes)
  expect(y.shape).toEqual(shape)
  expect(y.data).toEqual(values)
})
