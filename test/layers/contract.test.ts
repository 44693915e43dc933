// The contract that every registered layer keeps.
import { Chalk } from 'chalk'
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { renderJson } from '../../src/render/json.ts'
import { createStyle } from '../../src/render/style.ts'
import { renderTable } from '../../src/render/text/table.ts'
import { renderTorch } from '../../src/render/torch.ts'
import { ops } from '../../src/tensor/ops.ts'
import { reshape, sizeOf, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { languages } from '../../src/text.ts'
import { planRun } from '../../src/trace/plan.ts'
import { tensorOf } from '../../src/trace/query.ts'
import { traceLayer } from '../../src/trace/run.ts'
import type { Step, Trace } from '../../src/trace/trace.ts'
import { windowStep } from '../../src/trace/window.ts'
import { geometriesFor } from './configurations.ts'

const json = (trace: Trace, values = true) =>
  JSON.parse([...renderJson(trace, { version: '0.0.0', language: 'en', values })].join(''))

/** A step's values from its operation, its attributes and its parents alone. */
function recompute(step: Step, parents: readonly Tensor[]): Tensor {
  const { op, attributes } = step
  if (op === 'input') return tensorOf(step)
  return reshape(ops[op](parents, attributes as never), step.shape)
}

describe.each(Object.values(layers) as Layer[])('$name', (layer) => {
  describe.each(geometriesFor(layer))('%s', (_, given) => {
    const plan = planRun(layer, given)
    const trace = traceLayer(layer, given)

    test('computed shapes are the declared ones', () => {
      const declared = Object.entries(layer.shapes(plan.config, plan.inputShape))
      expect(trace.steps.map(({ id, shape }) => [id, [...shape]])).toEqual(declared)
    })

    test('formulas hold no English words in Chinese, and are the English ones in JSON', () => {
      const window = windowStep(trace, [0, 0, 0, 0])
      const signs = ['max', 'sqrt', 'sigmoid', 'softmax', ...trace.steps.map(({ id }) => id)]
      for (const { id, formula } of [...trace.steps, window]) {
        const words = formula.zh.match(/[a-z]{3,}/gi) ?? []
        expect(
          words.filter((word) => !signs.includes(word)),
          `${id}: ${formula.zh}`,
        ).toEqual([])
      }
      const document = renderJson(trace, {
        version: '0.0.0',
        language: 'zh',
        values: false,
        window,
      })
      expect(
        JSON.parse([...document].join('')).steps.map((step: { formula: string }) => step.formula),
      ).toEqual([...trace.steps, window].map(({ formula }) => formula.en))
    })

    test('ids are unique and parents stand before their children', () => {
      const known = new Set(trace.parameters.map(({ name }) => `parameters/${name}`))
      for (const { id, from } of trace.steps) {
        expect(from.filter((parent) => !known.has(parent))).toEqual([])
        expect(known.has(id)).toBe(false)
        known.add(id)
      }
    })

    test('every step follows from its operation, attributes and parents, read back from JSON', () => {
      const document = json(trace)
      const read = (each: { values: number[]; shape: number[] }) =>
        tensor(Float32Array.from(each.values), each.shape)
      const known = new Map<string, Tensor>(
        document.parameters.map((each: { name: string; values: number[]; shape: number[] }) => [
          `parameters/${each.name}`,
          read(each),
        ]),
      )
      for (const step of document.steps) {
        const parents = step.from.map((id: string) => known.get(id))
        const values = read(step)
        known.set(step.id, values)
        if (step.op === 'input') continue
        expect(recompute({ ...step, values: values.data }, parents).data, step.id).toEqual(
          values.data,
        )
      }
    })

    test('the same seed gives the same trace, another seed another', () => {
      expect(traceLayer(layer, given)).toEqual(trace)
      expect(traceLayer(layer, { ...given, seed: 1 }).parameters).not.toEqual(trace.parameters)
    })

    test('parameters add up to the cost, and every value is finite', () => {
      const learnt = trace.parameters.filter(({ buffer }) => !buffer)
      const values = learnt.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
      expect(trace.cost.parameters).toBe(values)
      for (const { id, values } of trace.steps) expect(values.every(Number.isFinite), id).toBe(true)
    })

    test('a batch is its samples, one by one', () => {
      const single = layer.shapes(plan.config, [1, ...plan.inputShape.slice(1)])
      const output = trace.steps.at(-1) as Step
      const size = sizeOf(single.output ?? [])
      for (let n = 0; n < plan.run.batch; n++) {
        const alone = forwardOf(layer, trace, n)
        expect(alone.data).toEqual(output.values.slice(n * size, (n + 1) * size))
      }
    })

    test('forward leaves its input and parameters as they were', () => {
      const before = structuredClone([trace.input, trace.parameters, trace.steps[0]])
      forwardOf(layer, trace, 0)
      expect([trace.input, trace.parameters, trace.steps[0]]).toEqual(before)
    })

    test.each(languages)('every rendering takes it (%s)', (language) => {
      const style = createStyle(language, 80, new Chalk({ level: 0 }), false)
      const page = renderTable(trace, style)
      for (const { id } of trace.steps) expect(page).toContain(id)
      expect(json(trace).steps.map(({ values }: { values: number[] }) => values.length)).toEqual(
        trace.steps.map(({ values }) => values.length),
      )
      expect(renderTorch(plan, layer.torch(plan.config))).toMatch(/^output = /m)
    })
  })

  test('options, steps and titles are said in every language', () => {
    const texts = [
      layer.title,
      layer.summary,
      ...Object.values(layer.options).map(({ help }) => help),
      ...Object.values(layer.steps).map(({ title }) => title),
    ]
    for (const text of texts) for (const language of languages) expect(text[language]).not.toBe('')
  })
})

/** The layer run on sample n of the trace alone, with the trace's parameters. */
function forwardOf(layer: Layer, trace: Trace, n: number): Tensor {
  const x = tensorOf(trace.steps[0] as Step)
  const size = sizeOf(x.shape.slice(1))
  const sample = tensor(x.data.slice(n * size, (n + 1) * size), [1, ...x.shape.slice(1)])
  const parameters = Object.fromEntries(
    trace.parameters.map((parameter) => [parameter.name, tensorOf(parameter)]),
  )
  return layer.forward(trace.config as never, parameters, sample, {
    step: (_, op, from, attributes, { shape }) => {
      const result = ops[op](from, attributes)
      return reshape(result, shape ?? result.shape)
    },
  })
}
