// The line of progress, by a clock that stands still unless it is told to go on.
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { createMeter, progressLine } from '../../src/cli/progress-line.ts'
import { createStyle } from '../../src/show/style.ts'

const words = { en: 'Drawing the input', zh: '抽取输入' }
const CLEAR = '\r\u001b[K'

function lineOn(
  terminal: { isTTY?: boolean; columns?: number },
  { language = 'en' as 'en' | 'zh', columns = 80, ascii = false } = {},
) {
  const written: string[] = []
  const clock = { time: 5000 }
  const output = { ...terminal, write: (text: string) => written.push(text) > 0 }
  const style = createStyle(language, columns, new Chalk({ level: 0 }), ascii)
  return { written, clock, line: progressLine(output, style, () => clock.time) }
}

describe('in a terminal', () => {
  test('nothing is shown within the first second, and nothing is cleared', () => {
    const { written, clock, line } = lineOn({ isTTY: true })
    line.show(0.5, words)
    clock.time += 999
    line.show(0.9, words)
    line.clear()
    expect(written).toEqual([])
  })

  test('then a bar, the percentage, what is being done, and how long the rest takes', () => {
    const { written, clock, line } = lineOn({ isTTY: true })
    clock.time += 2000
    line.show(0.25, words)
    expect(written).toEqual([
      `${CLEAR}${'█'.repeat(6)}${' '.repeat(18)}  25% ${words.en}, about 6 s left`,
    ])
    line.clear()
    line.clear()
    expect(written.slice(1)).toEqual([CLEAR])
  })

  test('in Chinese, and with ASCII alone', () => {
    const { written, clock, line } = lineOn({ isTTY: true }, { language: 'zh' })
    clock.time += 150_000
    line.show(0.5, words)
    expect(written).toEqual([
      `${CLEAR}${'█'.repeat(12)}${' '.repeat(12)}  50% 抽取输入，还需约 3 分钟`,
    ])
    const plain = lineOn({ isTTY: true }, { ascii: true })
    plain.clock.time += 2000
    plain.line.show(0.5, words)
    expect(plain.written[0]?.slice(CLEAR.length)).toMatch(/^#{12} +50% [ -~]+$/)
  })

  test('the rest is left open at the start, at the end and where it is not certain', () => {
    const { written, clock, line } = lineOn({ isTTY: true })
    clock.time += 2000
    line.show(0.01, words)
    line.show(1, words)
    line.show(0.5, words, false)
    for (const text of written) expect(text).toMatch(/% Drawing the input$/)
  })

  test.each([
    [24, 'en'],
    [24, 'zh'],
    [40, 'zh'],
    [11, 'zh'],
    [200, 'en'],
  ] as const)('it leaves three of %s columns for ^C (%s)', (columns, language) => {
    for (const [asked, terminal] of [
      [columns, 300],
      [300, columns],
    ] as const) {
      const { written, clock, line } = lineOn(
        { isTTY: true, columns: terminal },
        { language, columns: asked },
      )
      clock.time += 2000
      for (const part of [0, 0.3, 0.99, 1]) line.show(part, words)
      for (const text of written)
        expect(stringWidth(text.slice(CLEAR.length)), text).toBeLessThanOrEqual(columns - 3)
    }
  })
})

describe('elsewhere', () => {
  test('a line at every tenth, once the second is over, without any control character', () => {
    const { written, clock, line } = lineOn({})
    for (let percent = 0; percent <= 100; percent += 2) {
      clock.time += 50
      line.show(percent / 100, words)
    }
    line.clear()
    const left = { 38: 2, 40: 2, 50: 2, 60: 2, 70: 1, 80: 1, 90: 1 }
    expect(written).toEqual([
      ...Object.entries(left).map(([part, s]) => `${part}% Drawing the input, about ${s} s left\n`),
      '100% Drawing the input\n',
    ])
  })

  test('nothing of work that is done by then', () => {
    const { written, line } = lineOn({})
    for (const part of [0.2, 0.6, 1]) line.show(part, words)
    expect(written).toEqual([])
  })
})

describe('the meter', () => {
  const title = words
  test('within a part it goes on at the pace so far, up to the end of that part', () => {
    const clock = { time: 100 }
    const meter = createMeter(() => clock.time)
    meter.announce(100)
    expect(meter.part()).toBe(0)
    meter.report({ title, cost: 20 })
    clock.time += 10
    expect(meter.part()).toBeCloseTo(0.1)
    clock.time += 70 // a machine four times as slow
    expect(meter.part()).toBeCloseTo(0.2)
    expect(meter.onTime()).toBe(false)
    meter.report({ title: { en: 'next', zh: '下一步' }, cost: 40 })
    expect(meter.part()).toBeCloseTo(0.2)
    expect(meter.title().en).toBe('next')
    clock.time += 80
    expect(meter.part()).toBeCloseTo(0.4)
    expect(meter.onTime()).toBe(true)
  })

  test('what is announced later comes on top', () => {
    const clock = { time: 0 }
    const meter = createMeter(() => clock.time)
    meter.announce(10)
    meter.report({ title, cost: 10 })
    clock.time = 10
    expect(meter.part()).toBe(1)
    meter.announce(30)
    expect(meter.part()).toBeCloseTo(0.25)
  })

  test('more than was announced is no more than all', () => {
    const clock = { time: 0 }
    const meter = createMeter(() => clock.time)
    meter.announce(10)
    meter.report({ title, cost: 30 })
    clock.time = 20
    expect(meter.part()).toBe(1)
  })
})
