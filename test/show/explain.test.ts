// Explain mode: every page, and that nothing on a page is made up.
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { decimal } from '../../src/base/format.ts'
import { lectureOn } from '../../src/cli/layer-runs.ts'
import { layers } from '../../src/layers/index.ts'
import { ops } from '../../src/ops/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { cellsOf } from '../../src/show/text/heatmap.ts'
import { tensorNamed } from '../../src/trace/query.ts'
import type { Step, Trace, WindowStep } from '../../src/trace/trace.ts'
import { windowStep } from '../../src/trace/window.ts'
import { convlab } from '../commands/run.ts'
import { geometriesFor } from '../layers/configurations.ts'

const all = Object.values(layers)

describe.each([
  'explain static',
  'explain dynamic -K 4',
  'explain dynamic --batch 2 --input varied -T 30 --no-bias --out 4',
])('convlab %s', (line) => {
  test.each([
    [80, 'en'],
    [80, 'zh'],
    [120, 'en'],
    [120, 'zh'],
  ])('at %d columns in %s', async (width, lang) => {
    const { code, stdout, stderr } = await convlab(`${line} --width ${width} --lang ${lang}`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchSnapshot()
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(width)
      expect(row).toBe(row.trimEnd())
    }
  })
})

test('convlab dynamic --explain is convlab explain dynamic', async () => {
  for (const flags of ['-K 2 --seed 3', '--at 0,1,2,3', '--lang zh --width 100'])
    expect(await convlab(`dynamic --explain ${flags}`)).toEqual(
      await convlab(`explain dynamic ${flags}`),
    )
})

test('--at adds the value as a last page', async () => {
  const { stdout } = await convlab('explain dynamic --at 0,1,2,3')
  expect(stdout).toMatch(/11\/11 {2}One output value/)
  expect(stdout).toContain('output[0,1,2,3] = ')
})

test('in a pipe, in CI and in a dumb terminal there is text and no raw mode', async () => {
  const plain = await convlab('explain static')
  for (const env of [{}, { CI: 'true' }, { TERM: 'dumb' }])
    expect((await convlab('explain static', { env })).stdout).toBe(plain.stdout)
  expect(plain.stdout).not.toContain('\u001b')
})

test.each(all)('--ascii draws $name with ASCII alone', async ({ name }) => {
  const { stdout } = await convlab(`explain ${name} --ascii --batch 2`)
  expect(stdout).toMatch(/^[\n -~]*$/)
})

describe.each(all)('$name', (layer) => {
  test('every step that it leaves is explained, in both languages', async () => {
    const { trace, explanations } = await lectureOn(layer, traceLayer(layer, {}))
    for (const { id } of trace.steps) {
      const { why, torch, trap } = explanations[id] ?? {}
      const words = typeof why === 'function' ? why(trace) : why
      expect(words?.en, id).toMatch(/\w/)
      expect(words?.zh, id).toMatch(/\p{Script=Han}/u)
      expect(typeof torch === 'function' ? torch(trace) : torch, id).toMatch(/\w/)
      if (trap) expect(trap.zh).toMatch(/\p{Script=Han}/u)
    }
  })

  test.each(geometriesFor(layer))('what is claimed holds: %s', async (_, given) => {
    const { trace, claims } = await lectureOn(layer, traceLayer(layer, { in: 4, out: 4, ...given }))
    for (const step of trace.steps)
      for (const { text, holds } of claims[step.id] ?? [])
        expect({ step: step.id, text, holds }).toEqual({ step: step.id, text, holds: true })
  })

  test.each([{}, { batch: 2, input: 'varied', in: 4, out: 6, groups: 2 }])(
    'every decimal on a page is a value of the run or of a claim: %j',
    async (given) => {
      const lecture = await lectureOn(layer, traceLayer(layer, given))
      const { trace, claims } = lecture
      const { stdout } = await convlab(
        `explain ${layer.name} --width 200 ${Object.entries(given)
          .flatMap(([k, v]) => [`--${k}`, v])
          .join(' ')}`,
      )
      const pages = stdout.split(/^\d+\/\d+ {2}/m).slice(1)
      expect(pages).toHaveLength(trace.steps.length)
      for (const [at, page] of pages.entries()) {
        const step = trace.steps[at] as Step
        const claimed = (claims[step.id] ?? []).flatMap(({ text }) => [...text.en])
        const known = new Set([...valuesOf(trace, step), ...claimed.map(asShown)])
        for (const [number] of page.matchAll(/-?\d+\.\d+(e[+-]\d+)?/g))
          expect(known, `${step.id}: ${number}`).toContain(number)
      }
    },
  )
})

function asShown(value: unknown): string {
  return typeof value === 'number' ? decimal(value) : ''
}

/** Everything that may stand on a step's page: its values, its parents', and what follows at once. */
function valuesOf(trace: Trace, step: Step): Set<string> {
  const shown = new Set<string>()
  const add = (values: Iterable<number>) => {
    for (const value of values) {
      shown.add(decimal(value))
      shown.add(decimal(-value)) // behind a minus of the formula
    }
  }
  add(step.values)
  for (const name of step.from) add(tensorNamed(trace, name).data)
  add(sumsAndDifferences(step))
  if (step.op === 'linearSigmoid' || step.op === 'linearSoftmax')
    add(
      ops.linear.forward(
        step.from.map((name) => tensorNamed(trace, name)),
        {},
      ).data,
    )
  if (step.op === 'conv2d') {
    const window = windowStep(trace, [0, 0, 0, 0], step.id) as WindowStep
    add([...window.sums, window.bias])
  }
  // the lightest and the darkest cell of a reduced map are means of squares of values
  if (step.shape.length === 4 && (step.shape[2] as number) > 16) {
    const [, C, rows, columns] = step.shape as [number, number, number, number]
    for (let c = 0; c < C; c++) {
      const start = c * rows * columns
      const values = step.values.subarray(start, start + rows * columns)
      for (const row of cellsOf({ rows, columns, values })) add(row)
    }
  }
  if ('temperature' in step.attributes) shown.add(String(step.attributes.temperature))
  if ('eps' in step.attributes) shown.add(String(step.attributes.eps))
  return shown
}

/** What each sample's weights sum to, and by how much a weight differs between two samples. */
function sumsAndDifferences({ kind, shape, values }: Step): number[] {
  if (kind !== 'weights') return []
  const size = values.length / (shape[0] as number)
  const rows = Array.from({ length: shape[0] as number }, (_, n) =>
    values.subarray(n * size, (n + 1) * size),
  )
  const [first, second] = rows as [Float32Array, Float32Array?]
  return [
    ...rows.map((row) => row.reduce((sum, value) => sum + value, 0)),
    ...(second ? Array.from(first, (value, k) => Math.abs(value - (second[k] as number))) : []),
  ]
}
