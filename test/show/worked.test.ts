// Equations on the pages of explain mode: each comes out when it is computed, and whatever stands
// for something bears the same name everywhere.
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { start } from '../../src/show/explain/focus.ts'
import { workedOut } from '../../src/show/explain/worked.ts'
import type { Trace } from '../../src/trace/trace.ts'

const all = Object.values(layers) as Layer[]

/** The equations of every step that gives weights, with one expert in focus. */
function equations(trace: Trace, expert: number): [id: string, equation: string][] {
  const focus = { ...start, expert, sample: 1 }
  return trace.steps
    .filter(({ kind }) => kind === 'weights')
    .flatMap((step) =>
      workedOut(trace, step, focus).map((pieces): [string, string] => [step.id, pieces.join(' ')]),
    )
}

/** What stands between the name and the result, as JavaScript computes it. */
function computed(equation: string): [value: number, result: number] {
  const [, expression = '', result] = /\] = (.+) = (\S+)$/.exec(equation) ?? []
  const code = expression.replaceAll('exp', 'Math.exp').replaceAll('·', '*')
  return [new Function(`return ${code}`)(), Number(result)]
}

describe.each(all.filter(({ name }) => name !== 'static'))('$name', (layer) => {
  const hot = 'temperature' in layer.options ? [1, 30, 0.2] : [undefined]

  test.each(hot)('every weight is what its line computes, all scores in it, at T = %s', (T) => {
    const given = { in: 4, batch: 2, input: 'varied', size: 4, kernels: 11 }
    const trace = traceLayer(layer, { ...given, ...(T && { temperature: T }) })
    for (const expert of [0, 3, 10])
      for (const [id, equation] of equations(trace, expert)) {
        if (equation.includes('…')) continue // a long score, shortened
        const [value, result] = computed(equation)
        expect(Math.abs(value - result), equation).toBeLessThan(2e-3)
        const softmax = /^(attention|kernel-attention)$/.test(id)
        expect(equation.match(/exp\(/g)?.length, equation).toBe(softmax ? 12 : 1)
      }
    expect(equations(trace, 0).length).toBeGreaterThan(0)
  })

  test('a temperature is written where the layer has one', () => {
    const trace = traceLayer(layer, { batch: 2, size: 4 })
    for (const [, equation] of equations(trace, 0))
      if (equation.includes('exp('))
        expect(equation.includes('/ 1)'), equation).toBe('temperature' in layer.options)
  })
})

test('a score that a step makes itself is that of the parameters it names', () => {
  const trace = traceLayer(layers.odconv as unknown as Layer, { batch: 2, size: 4 })
  const made = equations(trace, 0).filter(([, equation]) => !equation.includes('exp('))
  expect(made.map(([id, equation]) => [id, equation.split(' ')[0]])).toEqual(
    ['channel', 'filter', 'spatial', 'kernel'].map((head) => [
      `${head}-attention`,
      `attention.${head}_fc(relu)[1,0]`,
    ]),
  )
})

test('W0 ... W(K-1) are the experts and nothing else; nothing is counted from 1', () => {
  for (const layer of all) {
    const { steps } = traceLayer(layer, { size: 4 })
    for (const { id, formula } of steps) {
      const numbered = formula.en.match(/\b[Wb]\d/g) ?? []
      expect(numbered, formula.en).toEqual(id === 'experts' ? ['W0'] : [])
    }
  }
})
