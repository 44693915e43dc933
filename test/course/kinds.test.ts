// Answers as people write them.
import { describe, expect, it } from 'vitest'
import { diceFor } from '../../src/course/dice.ts'
import { choice, choices, order } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number, shape } from '../../src/course/kinds/value.ts'
import type { Draw, LineQuestion } from '../../src/course/question.ts'

const words = { en: 'words', zh: '文字' }
const asked = { ask: words, because: words, hints: [words, words], solution: words } as const
const question = (draw: Draw) => draw(diceFor('someone')) as LineQuestion
const statuses = (draw: Draw, given: readonly string[]) =>
  given.map((each) => `${each}: ${question(draw).judge(each).status}`)

describe('a number', () => {
  const draw = number({ tolerance: 0.01 }, () => ({ ...asked, answer: 0.25, mistakes: [] }))
  it.each(['0.25', '.25', '+0.25', '0.259', '1/4', '25%', '2.5e-1', ' 0.25 ', '０．２５'])(
    'is read from %s',
    (given) => expect(question(draw).judge(given).status).toBe('pass'),
  )
  it('is wrong outside the tolerance, and nothing else is a number', () => {
    expect(statuses(draw, ['0.261', '-0.25'])).toEqual(['0.261: fail', '-0.25: fail'])
    for (const odd of ['', 'x', '0.2.5', '1 4', 'Infinity', '0x1', '--1'])
      expect(question(draw).judge(odd).status, odd).toBe('unreadable')
  })
  it('may have its thousands set apart, and a minus of any kind', () => {
    const large = number({ tolerance: 0 }, () => ({ ...asked, answer: -388800, mistakes: [] }))
    for (const given of ['-388800', '-388,800', '−388,800', '－388，800'])
      expect(question(large).judge(given).status, given).toBe('pass')
  })
})

describe('a shape', () => {
  const draw = shape(() => ({ ...asked, answer: [30, 30], mistakes: [] }))
  it.each([
    '30x30',
    '30 30',
    '[30, 30]',
    '(30,30)',
    '30×30',
    '30 X 30',
    'torch.Size([30, 30])',
    '30，30',
  ])('is read from %s', (given) => expect(question(draw).judge(given).status).toBe('pass'))
  it('has all its sizes, in order', () => {
    expect(statuses(draw, ['30', '30x30x1', '30x31'])).toEqual(
      ['30', '30x30x1', '30x31'].map((given) => `${given}: fail`),
    )
    expect(statuses(draw, ['big', '30x', '-30x30'])).toEqual([
      'big: unreadable',
      '30x: fail',
      '-30x30: unreadable',
    ])
  })
})

describe('options', () => {
  const options = {
    red: { text: words, right: true as const },
    blue: { text: words, says: words },
    grey: { text: words, says: words },
  }
  const one = choice(() => ({ ...asked, options }))
  it('are taken by name or letter, in any case', () => {
    const names = question(one)
    const passing = ['a', 'b', 'c'].filter((given) => names.judge(given).status === 'pass')
    expect(passing).toHaveLength(1)
    const given = ['red', passing[0]?.toUpperCase() ?? '', `${passing[0]}.`, 'ab', 'd']
    expect(given.map((each) => names.judge(each).status)).toEqual([
      'pass',
      'pass',
      'unreadable',
      'unreadable',
      'unreadable',
    ])
  })
  it('may be several, in any order and with any marks between', () => {
    const judged = (right: boolean) => ({ text: words, right, says: words })
    const several = choices(() => ({
      ...asked,
      options: { red: judged(true), blue: judged(true), grey: judged(false) },
    }))
    expect(
      statuses(several, ['red blue', 'blue, red', 'blue、red', 'red', 'red blue grey']),
    ).toEqual([
      'red blue: pass',
      'blue, red: pass',
      'blue、red: pass',
      'red: fail',
      'red blue grey: fail',
    ])
    expect(statuses(several, ['red red', 'pink'])).toEqual([
      'red red: unreadable',
      'pink: unreadable',
    ])
  })
  it('may have an order', () => {
    const items = { first: words, second: words, third: words }
    const ordered = order(() => ({ ...asked, items, swaps: [] }))
    expect(statuses(ordered, ['first second third', 'first > second > third'])).toEqual([
      'first second third: pass',
      'first > second > third: pass',
    ])
    expect(statuses(ordered, ['third second first', 'first second'])).toEqual([
      'third second first: fail',
      'first second: unreadable',
    ])
  })
})

describe('a command', () => {
  it.each(['en', 'zh'] as const)('is written as its form says (%s)', (language) => {
    const any = command(() => ({ ...asked, answer: '', accepts: () => true, mistakes: [] }))
    const [example = ''] = /static [-a-z\d ]*\d/.exec(question(any).form[language]) ?? []
    expect(statuses(any, [example, `'${example}'`])).toEqual([
      `${example}: pass`,
      `'${example}': pass`,
    ])
  })

  const draw = command(() => ({
    ...asked,
    answer: 'static --out 8 -k 5',
    accepts: ({ config }) => config.out === 8 && String(config.kernelSize) === '5,5',
    mistakes: [],
  }))
  it.each([
    'static --out 8 -k 5',
    'convlab static --out=8 --kernel-size 5x5',
    'static --out 8 -k 5 --no-bias',
    "'static --out 8 -k 5'",
    '"static --out 8 -k 5"',
    '`convlab static --out 8 -k 5`',
    "convlab 'static --out 8 -k 5'",
    '“static --out 8 -k 5”',
    'ｓｔａｔｉｃ　--out ８ -k 5',
  ])('is judged by what it produces: %s', (given) =>
    expect(question(draw).judge(given).status).toBe('pass'),
  )
  it.each(['static', 'dynamic --out 8'])('is wrong if that is another: %s', (given) =>
    expect(question(draw).judge(given).status).toBe('fail'),
  )
  it.each([
    '',
    "''",
    "'static --out 8 -k 5",
    `'static --out 8 -k 5"`,
    'lesson reset --all',
    'static --save x.npz',
    'static --out',
    'static --out 0',
    'static --size 4000 --out 999',
  ])('is not run: %s', (given) => expect(question(draw).judge(given).status).toBe('unreadable'))
})
