// What a page carries comes back whole, and no text in it can become an element or a program.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { layers } from '../../../src/layers/index.ts'
import { manualSeed } from '../../../src/random/generator.ts'
import { planRun } from '../../../src/run/plan.ts'
import { tracePlan } from '../../../src/run/run.ts'
import { escaped, renderHtml } from '../../../src/show/html/html-document.ts'
import {
  decodePayload,
  encodePayload,
  givenBy,
  type Payload,
} from '../../../src/show/html/payload.ts'

const hostile = `</script><script>alert(1)</script><!--<img src=x onerror="alert('1')">`
const parts = { script: 'run()', style: 'p{}' }

function payloadOf(plan: ReturnType<typeof planRun>, layer: string): Payload {
  const engine = { name: 'wasm', fma: false, threads: 1 } as const
  return { version: '1.2.3', language: 'en', layer, ...givenBy(plan), engine, claims: {} }
}

/** A plan without the functions that draw, which are made anew for every plan. */
function dataOf({ declared: { draws, ...declared }, ...plan }: ReturnType<typeof planRun>) {
  return { ...plan, declared, draws: draws.map(({ init: _, ...draw }) => draw) }
}

describe.each(Object.values(layers))('the page of $name', (layer) => {
  test('runs what was run', () => {
    const given = { in: 4, out: 6, groups: 2, size: '9x7', batch: 2, input: 'varied', seed: -5n }
    const plan = planRun(layer, given)
    const back = decodePayload(encodePayload(payloadOf(plan, layer.name)))
    const again = planRun(layer, back.given, back.provided)
    expect(dataOf(again)).toEqual(dataOf(plan))
    expect(tracePlan(layer, again)).toEqual(tracePlan(layer, plan))
  })

  test('runs with an input and weights that were given', () => {
    const drawn = tracePlan(layer, planRun(layer, { size: 6 }))
    const provided = {
      input: { source: hostile, shape: [3, 4, 5], values: manualSeed(1).randn(60) },
      weights: {
        source: hostile,
        tensors: Object.fromEntries(drawn.parameters.map((each) => [each.name, each])),
        ...('temperature' in layer.options && { temperature: '3' }),
      },
    }
    const plan = planRun(layer, {}, provided)
    const back = decodePayload(encodePayload(payloadOf(plan, layer.name)))
    const trace = tracePlan(layer, planRun(layer, back.given, back.provided))
    expect(trace).toEqual(tracePlan(layer, plan))
    expect(trace.steps[0]?.values).toEqual(provided.input.values)
  })
})

test('numbers that JSON lacks, and every byte of a float, come back', () => {
  const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 3.4028235e38)
  const plan = planRun(layers.static, {})
  const payload: Payload = {
    ...payloadOf(plan, 'static'),
    provided: { input: { source: 'x', shape: [1, 5], values } },
    claims: { output: [{ holds: false, text: { en: ['by ', Number.NaN], zh: ['差 ', 1] } }] },
  }
  const back = decodePayload(encodePayload(payload))
  expect(back.provided.input?.values).toEqual(values)
  expect(back.claims.output?.[0]?.text.en).toEqual(['by ', 'NaN'])
})

describe('the document', () => {
  const plan = planRun(layers.static, {})
  const payload = { ...payloadOf(plan, hostile), version: hostile }
  const html = [...renderHtml(payload, { en: hostile, zh: hostile }, parts)].join('')

  test('a hostile text opens no element and ends none', () => {
    const elements = [...html.matchAll(/<([a-z!]+)/gi)].map(([, name]) => name)
    const own = [...renderHtml(payloadOf(plan, 'static'), layers.static.title, parts)].join('')
    expect(elements).toEqual([...own.matchAll(/<([a-z!]+)/gi)].map(([, name]) => name))
    expect(html.match(/<\/script>/g)).toHaveLength(2)
    const [, json = ''] = /id="run">([^<]*)<\/script>/.exec(html) ?? []
    expect(decodePayload(json).layer).toBe(hostile)
  })

  test('its policy knows its script and its style by their hashes, and nothing else', () => {
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(parts.script)} 'wasm-unsafe-eval'`,
      `style-src ${hash(parts.style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('every character with a meaning in HTML is written out', () => {
    expect(escaped(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
  })
})
