// What explain mode says of every layer: whole in every language, and true on every run.
import { describe, expect, test } from 'vitest'
import { type Language, languages } from '../../src/base/text.ts'
import type { Explanation } from '../../src/layers/explanation.ts'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { checkClaims } from '../../src/trace/checks/check-claims.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { geometriesFor } from './configurations.ts'

const bare = { in: 4, out: 4, groups: 4, kernelSize: 1, kernels: 1, batch: 2, size: 4 }
const ofKernels: [string, Record<string, unknown>][] = [
  ['one kernel', { kernels: 1 }],
  ['one kernel of one position, depthwise, a batch', bare],
]

describe.each(Object.values(layers))('$name', (layer) => {
  const forms = [...geometriesFor(layer), ...('kernels' in layer.options ? ofKernels : [])]

  describe.each(forms)('%s', (_, given) => {
    const trace = traceLayer(layer, given)

    test('every step has its line of PyTorch and its reason, in every language', async () => {
      const explanations: Readonly<Record<string, Explanation>> = await layer.explain()
      for (const { id } of trace.steps) {
        const { torch, why, trap } = explanations[id] as Explanation
        expect(typeof torch === 'function' ? torch(trace) : torch, id).toMatch(/\w/)
        const texts = [typeof why === 'function' ? why(trace) : why, ...(trap ? [trap] : [])]
        for (const text of texts)
          for (const language of languages) {
            expect(text[language], id).toMatch(language === 'zh' ? /\p{Script=Han}/u : /[a-z]/)
            expect(text[language], id).not.toMatch(/undefined|NaN|\[object/)
          }
      }
    })

    test('what it says is checked holds', async () => {
      const claims = Object.values(checkClaims(trace, await layer.explain())).flat()
      expect(claims.length).toBeGreaterThan(0)
      for (const { text, holds } of claims) expect(holds, text.en.join('')).toBe(true)
    })
  })

  test('numbers are said to come from where they come from', async () => {
    const drawn = traceLayer(layer, {})
    const tensors = Object.fromEntries(drawn.parameters.map((each) => [each.name, each]))
    const loaded = traceLayer(layer, {}, { weights: { source: 'mine.npz', tensors } })
    const explanations: Readonly<Record<string, Explanation>> = await layer.explain()
    const says = (trace: Trace, language: Language) =>
      trace.steps.map(({ id }) => {
        const { why } = explanations[id] as Explanation
        return (typeof why === 'function' ? why(trace) : why)[language]
      })
    for (const language of languages) {
      const fresh = says(drawn, language).join('\n')
      expect(fresh).toMatch(/drawn at random|随机抽取/)
      expect(fresh).not.toMatch(/learnt|学出来|has left|mine/)
      const read = says(loaded, language).join('\n')
      expect(read).toContain('mine.npz')
      expect(read).not.toMatch(/learnt|学出来|drawn at random|随机抽取/)
    }
  })

  test('it explains the steps there are and no other', async () => {
    expect(Object.keys(await layer.explain()).sort()).toEqual(Object.keys(layer.steps).sort())
  })
})

test('ODConv: features are scaled, or kernels, whatever the groups', async () => {
  const given = { in: 4, out: 6, groups: 2, batch: 2, size: 5, input: 'varied', temperature: 2 }
  const trace = traceLayer(layers.odconv, given)
  const claims = checkClaims(trace, await layers.odconv.explain())
  expect(claims['scaled-input']).toHaveLength(1)
  expect(claims.output).toHaveLength(2)
  expect(
    Object.values(claims)
      .flat()
      .filter(({ holds }) => !holds),
  ).toEqual([])
})
