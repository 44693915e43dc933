// The contract that every layer keeps, the registered ones and those that are there for tests alone.
import { Chalk } from 'chalk'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { operation } from '../../src/ops/index.ts'
import { planRun } from '../../src/run/plan.ts'
import { traceLayer } from '../../src/run/run.ts'
import { renderJson } from '../../src/show/json.ts'
import { createStyle } from '../../src/show/style.ts'
import { renderTable } from '../../src/show/text/table.ts'
import { renderTorch } from '../../src/show/torch.ts'
import { reshape, sizeOf, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { gradientsOf } from '../../src/trace/gradients.ts'
import { parameterName, tensorOf } from '../../src/trace/query.ts'
import { createTracer, type Step, type Trace } from '../../src/trace/trace.ts'
import { valueStep } from '../../src/trace/window.ts'
import { geometriesFor } from './configurations.ts'
import { unusual } from './unusual/index.ts'

const json = (trace: Trace, values = true) =>
  JSON.parse([...renderJson(trace, { version: '0.0.0', language: 'en', values })].join(''))

/** A step's values from its operation, its attributes and its parents alone. */
function recompute(step: Step, parents: readonly Tensor[]): Tensor {
  const { op, attributes } = step
  if (op === 'input') return tensorOf(step)
  return reshape(operation(op).forward(parents, attributes), step.shape)
}

describe.each(Object.values({ ...layers, ...unusual }))('$name', (layer) => {
  describe.each(geometriesFor(layer))('%s', (_, given) => {
    const plan = planRun(layer, given)
    const trace = traceLayer(layer, given)

    test('computed shapes are the declared ones', () => {
      const shapes = (steps: readonly Step[]) => steps.map(({ id, shape }) => [id, [...shape]])
      expect(shapes(trace.steps)).toEqual(shapes(plan.declared.steps))
    })

    test('formulas hold no English words in Chinese, and are the English ones in JSON', () => {
      const window = valueStep(trace, [0, 0, 0, 0])
      const names = trace.parameters.flatMap(({ name }) => name.split('.'))
      const ids = trace.steps.map(({ id }) => id)
      const signs = ['max', 'sqrt', 'sigmoid', 'softmax', ...ids, ...names]
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
      const output = trace.steps.at(-1) as Step
      const size = output.values.length / plan.run.batch
      for (let n = 0; n < plan.run.batch; n++) {
        const alone = forwardOf(layer, trace, n)
        expect(alone.data).toEqual(output.values.slice(n * size, (n + 1) * size))
      }
    })

    test('its gradients are those of central differences', () => {
      const x = tensorOf(trace.steps[0] as Step)
      const given = new Map([['input', precise(x)]])
      for (const parameter of trace.parameters)
        given.set(parameterName(parameter), precise(tensorOf(parameter)))
      const pass = passOf(layer, trace, given)
      const last = pass.steps.at(-1) as Step
      const slope = tensor(
        Float64Array.from(last.values, (_, at) => Math.cos(at)) as unknown as Float32Array,
        last.shape,
      )
      const loss = (tensors: ReadonlyMap<string, Tensor>) =>
        passOf(layer, trace, tensors)
          .steps.at(-1)
          ?.values.reduce((sum, value, at) => sum + value * (slope.data[at] as number), 0) as number
      const gradients = gradientsOf(pass, slope)
      for (const [name, own] of given) {
        const gradient = gradients.get(name)
        if (gradient === undefined) {
          expect(trace.parameters.find((each) => parameterName(each) === name)?.buffer, name).toBe(
            true,
          )
          continue // a buffer that no step reads
        }
        expect(gradient.shape).toEqual(own.shape)
        for (const at of [0, Math.floor(own.data.length / 2), own.data.length - 1]) {
          const moved = (by: number) => {
            const data = own.data.with(at, (own.data[at] as number) + by) as Float32Array
            return loss(new Map(given).set(name, tensor(data, own.shape)))
          }
          const expected = (moved(STEP) - moved(-STEP)) / (2 * STEP)
          const bound = 1e-5 * (1 + Math.abs(expected))
          expect(Math.abs((gradient.data[at] as number) - expected), `${name} ${at}`).toBeLessThan(
            bound,
          )
        }
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
  const { tracer } = createTracer(sample, parameters, layer.steps)
  return layer.forward(trace.config, parameters, sample, tracer)
}

const STEP = 1e-5

/** float64 values in place of float32: operations compute in the precision they are given. */
function precise({ data, shape }: Tensor): Tensor {
  return tensor(Float64Array.from(data) as unknown as Float32Array, shape)
}

/** The trace's pass on other tensors, by `input` and `parameters/NAME`. */
function passOf(layer: Layer, trace: Trace, given: ReadonlyMap<string, Tensor>): Trace {
  const x = given.get('input') as Tensor
  const tensors = Object.fromEntries(
    trace.parameters.map((each) => [each.name, given.get(parameterName(each)) as Tensor]),
  )
  const { steps, tracer } = createTracer(x, tensors, layer.steps)
  layer.forward(trace.config, tensors, x, tracer)
  const parameters = trace.parameters.map((each) => ({
    ...each,
    values: (tensors[each.name] as Tensor).data,
  }))
  return { ...trace, steps, parameters }
}
