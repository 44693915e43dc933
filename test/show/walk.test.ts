// The walk without a terminal: keys in, lines out.
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { beforeAll, describe, expect, test } from 'vitest'
import { lectureOn } from '../../src/cli/layer-runs.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { type ExplainView, walkView } from '../../src/show/explain/view.ts'
import { startWalk, updateWalk, type WalkState } from '../../src/show/explain/walk.ts'
import { createStyle } from '../../src/show/style.ts'
import { stepOf } from '../../src/trace/query.ts'

const colors = new Chalk({ level: 0 })
const style = (columns: number, language: 'en' | 'zh' = 'en') =>
  createStyle(language, columns, colors, false)
const shownFor = async (layer: Layer, given: Record<string, unknown>): Promise<ExplainView> =>
  lectureOn(layer, traceLayer(layer, given))

let dynamic: ExplainView
let plain: ExplainView
beforeAll(async () => {
  dynamic = await shownFor(layers.dynamic, { batch: 2, input: 'varied', size: 8 })
  plain = await shownFor(layers.static, {})
})

/** The screen of a state: its lines, and all of it as one text. */
function see(shown: ExplainView, state: WalkState, columns = 80, rows = 24) {
  const { lines, sight } = walkView(shown, state, style(columns, state.language), rows)
  return { lines, sight, text: lines.join('\n') }
}

function press(shown: ExplainView, state: WalkState, ...keys: string[]): WalkState {
  return keys.reduce((now, key) => updateWalk(now, key, shown.trace, see(shown, now).sight), state)
}

const begin = (shown: ExplainView) => startWalk('en', shown.trace)

test('the arrows turn the pages and stop at both ends', () => {
  let state = begin(dynamic)
  expect(see(dynamic, press(dynamic, state, 'left')).text).toBe(see(dynamic, state).text)
  for (const [n, { id }] of dynamic.trace.steps.entries()) {
    expect(see(dynamic, state).lines[0]).toMatch(new RegExp(`^${n + 1}/10 .*${id} `))
    state = press(dynamic, state, 'right')
  }
  expect(state.page).toBe(9)
  expect(press(dynamic, state, 'home').page).toBe(0)
  expect(press(dynamic, state, 'home', 'end').page).toBe(9)
})

test('up and down choose an expert, s a sample, o and c the channels; capitals go back', () => {
  const state = begin(dynamic)
  expect(press(dynamic, state, 'down', 'down').focus.expert).toBe(2)
  expect(press(dynamic, state, 'up').focus.expert).toBe(3)
  expect(press(dynamic, state, 's').focus.sample).toBe(1)
  expect(press(dynamic, state, 's', 's').focus.sample).toBe(0)
  expect(press(dynamic, state, 'o', 'o', 'O').focus.out).toBe(1)
  expect(press(dynamic, state, 'C').focus.in).toBe(2)
  const mixing = press(dynamic, state, ...new Array(7).fill('right'), 's', 'o', 'c', 'down')
  const { text } = see(dynamic, mixing, 100, 60)
  expect(text).toContain('output channel 1, input channel 1')
  expect(text).toContain('W1 <')
  expect(text).toContain('aggregate-weight[17,1,0,0] = ')
})

test('what there is only one of cannot be chosen, and the walk says why', () => {
  const { text } = see(plain, press(plain, begin(plain), 'down'))
  expect(text).toContain('This layer has no experts')
  expect(text).not.toContain('-K')
  expect(see(plain, press(plain, begin(plain), 's')).text).toContain('--batch 3')
  const warm = press(plain, begin(plain), 't')
  expect(see(plain, warm).text).toContain('no temperature')
  expect(see(plain, press(plain, warm, 'o')).text).not.toContain('no temperature')
})

test.each(Object.values(layers))(
  'keys are offered where $name has something to choose',
  async (layer) => {
    for (const given of [
      {},
      { batch: 2 },
      ...('kernels' in layer.options ? [{ kernels: 1 }] : []),
    ]) {
      const shown = await shownFor(layer, { size: 4, ...given })
      const { kernels = 1, temperature } = shown.trace.config
      const foot = see(shown, begin(shown)).lines.slice(-2).join('\n')
      const help = see(shown, press(shown, begin(shown), '?')).text
      const has = {
        expert: kernels !== 1,
        temperature: temperature !== undefined,
        sample: 'batch' in given,
      }
      for (const [word, there] of Object.entries(has)) {
        expect(foot.replace(/sample 0|expert 0/g, '').includes(word), `${word}: ${foot}`).toBe(
          there,
        )
        expect(help.includes(word), `${word}: ${help}`).toBe(there)
      }
      for (const key of ['down', 's', 't']) {
        const { notice } = press(shown, begin(shown), key)
        const [flag] = /-K/.exec(see(shown, press(shown, begin(shown), key)).text) ?? []
        if (flag) expect(layer.options).toHaveProperty('kernels')
        expect(notice === undefined).toBe(
          { down: has.expert, s: has.sample, t: has.temperature }[key],
        )
      }
    }
  },
)

test('p works out a pixel, which the arrows move within the output', () => {
  const state = press(dynamic, begin(dynamic), 'p', 'right', 'right', 'down', 'up', 'up')
  expect(state.focus.pixel).toEqual([0, 2])
  const { text } = see(dynamic, state, 130, 60)
  const value = dynamic.trace.steps.at(-1)?.values[2] as number
  expect(text).toContain(`output[0,0,0,2] = ${value.toFixed(4)}`)
  expect(text).toContain('[]')
  const far = press(dynamic, state, ...new Array(20).fill('down'), ...new Array(20).fill('right'))
  expect(far.focus.pixel).toEqual([5, 5])
  expect(press(dynamic, far, 'escape').pixel).toBe(false)
  expect(press(dynamic, far, 'p').pixel).toBe(false)
})

test('with ASCII alone, keys have names', () => {
  const ascii = createStyle('en', 80, colors, true)
  for (const state of [
    begin(dynamic),
    press(dynamic, begin(dynamic), 'p'),
    press(dynamic, begin(dynamic), '?'),
  ])
    expect(walkView(dynamic, state, ascii, 60).lines.join('\n')).toMatch(/^[\n -~]*$/)
})

test('a walk may begin at a pixel', () => {
  const state = startWalk('en', dynamic.trace, [1, 3, 2, 4])
  expect(see(dynamic, state, 80, 60).text).toContain('output[1,3,2,4] = ')
})

test('t wishes for the next temperature; the view shows what it changed', async () => {
  const state = press(dynamic, begin(dynamic), 't')
  expect(state.temperature).toBe(5)
  expect(press(dynamic, state, 't', 't', 't').temperature).toBe(1)
  const hot = await shownFor(layers.dynamic, { batch: 2, input: 'varied', size: 8, temperature: 5 })
  const { text } = see({ ...hot, before: dynamic }, state, 80, 60)
  expect(text).toContain('The pass was run again at T = 5')
  for (const { trace } of [dynamic, hot])
    expect(text).toContain(stepOf(trace, 'attention').values[0]?.toFixed(4))
  const own = await shownFor(layers.dynamic, { temperature: 7, size: 4 })
  expect(startWalk('en', own.trace).temperatures).toEqual([7, 1, 5, 30, 0.2])
})

test('l changes the language, ? explains the keys, any key goes on, q ends', () => {
  const state = begin(dynamic)
  expect(see(dynamic, press(dynamic, state, 'l')).text).toContain('输入')
  expect(press(dynamic, state, 'l', 'l')).toEqual(state)
  const help = press(dynamic, state, '?')
  expect(see(dynamic, help).text).toContain('Any key closes this help')
  expect(press(dynamic, help, 'right')).toEqual(state)
  expect(press(dynamic, state, 'q').end).toBe(true)
})

test('a key without a meaning changes nothing', () => {
  for (const key of ['x', '', 'f1', '中', '1'])
    expect(press(dynamic, begin(dynamic), key)).toEqual(begin(dynamic))
})

test('a long page scrolls to its end and back, and no line of it is lost', () => {
  let state = press(plain, begin(plain), 'end')
  const whole = see(plain, state, 80, 200).lines.filter((line) => line !== '')
  const seen = new Set<string>()
  for (let turn = 0; turn < 20; turn++) {
    for (const line of see(plain, state, 80, 12).lines) seen.add(line)
    const { sight } = see(plain, state, 80, 12)
    state = updateWalk(state, 'pagedown', plain.trace, sight)
  }
  for (const line of whole) expect(seen).toContain(line)
  expect(see(plain, state, 80, 12).text).not.toContain('PgDn')
  expect(see(plain, state, 80, 12).text).toContain('PgUp')
  for (let turn = 0; turn < 20; turn++)
    state = updateWalk(state, 'pageup', plain.trace, see(plain, state, 80, 12).sight)
  expect(state.scroll).toBe(0)
})

describe.each([
  [80, 24],
  [40, 12],
  [200, 60],
  [10, 3],
  [1, 1],
])('a screen of %d x %d', (columns, rows) => {
  test.each(['en', 'zh'] as const)('is filled exactly, in %s', (language) => {
    for (let page = 0; page < 10; page++)
      for (const pixel of [false, true])
        for (const help of [false, true]) {
          const state = { ...startWalk(language, dynamic.trace), page, pixel, help, scroll: 1 }
          const { lines } = see(dynamic, state, columns, rows)
          expect(lines).toHaveLength(rows)
          for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
        }
  })
})
