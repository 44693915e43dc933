// The table of claims: every test can be run, and the figures are those of its run or record.
import { describe, expect, test } from 'vitest'
import { claims, judge } from '../../src/claims/index.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab } from '../course/course.ts'

const judged = claims.map(judge)

test('names are unique, and every claim has a finding', () => {
  const names = claims.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, findings } of judged) expect(findings.length, name).toBeGreaterThan(0)
})

test('what is certain once it is computed', () => {
  const verdicts = judged
    .filter(({ evidence, topic }) => evidence.kind === 'computed' && topic !== 'papers')
    .map(({ name, findings: [finding] }) => `${name}: ${finding?.verdict}`)
  expect(verdicts).toEqual([
    'fixed-kernel: holds',
    'kernel-depends-on-input: holds',
    'parts-of-the-input: does not hold',
    'fewer-parameters: holds',
    'more-computation: holds',
    'weights-sum-to-one: holds',
    'mix-then-convolve: holds',
    'batch-of-samples: holds',
    'article-view: does not hold',
    'uninitialised: does not hold',
    'padding-not-dynamics: does not hold',
    'groups-not-multiplied: does not hold',
    'input-size-view: does not hold',
    'wrong-bias-view: does not hold',
    'batch-averaged-attention: does not hold',
    'uniform-attention: does not hold',
    'temperature-forgotten: does not hold',
    'kernels-are-not-channels: does not hold',
    'sigmoid-is-not-softmax: does not hold',
    'expert-scale: does not hold',
    'random-input: does not hold',
    'modules-are-all: does not hold',
    'stride-figure: does not hold',
  ])
})

test('papers: what follows from the architecture, and what does not', () => {
  const verdictOf = (name: string) =>
    judged.find((claim) => claim.name === name)?.findings[0]?.verdict
  expect(verdictOf('odconv-parameters')).toBe('holds')
  expect(verdictOf('condconv-parameters')).toBe('holds')
  expect(verdictOf('dynamic-multiply-adds')).toBe('does not hold')
})

describe('commands', () => {
  const computed = judged.filter(({ evidence }) => evidence.kind === 'computed')
  const commands = [...new Set(computed.map(({ command }) => command))]
  test.each(commands)('%s', async (command) => {
    expect(await convlab(...command.split(' '))).toMatchObject({ code: 0 })
  })
})

test('theory: K kernels explain K/4, and attention to the cue is why', () => {
  const { findings } = judged.find(({ name }) => name === 'kernel-that-depends')!
  const byQuestion = Object.fromEntries(
    findings.map(({ answer, verdict }) => [answer?.id, { verdict, ...answer?.difference }]),
  )
  for (const id of ['same-width', 'attention', 'cue']) {
    expect(byQuestion[id]?.verdict).toBe('holds')
    expect(Math.abs((byQuestion[id]?.mean as number) - 0.75)).toBeLessThan(0.03)
  }
})

describe('convlab claims', () => {
  test('one claim', async () => {
    const { out, code } = await convlab('claims', 'parts-of-the-input', '--lang', 'en')
    expect(code).toBe(0)
    expect(out).toContain('does not hold')
    expect(out).toContain('the article: 通常由输入数据的不同部分决定')
    expect(out).toContain('convlab explain dynamic')
  })

  test('trained ones say which seeds, version and day', async () => {
    const { out } = await convlab('claims', 'multi-scale', '--lang', 'en')
    expect(out).toMatch(/because of attention +D4 - U4 +[+-]\d+\.\d\d ± \d+\.\d\d +\S/)
    expect(out.replace(/\s+/g, ' ')).toMatch(/seeds 0-9, convlab \d+\.\d+\.\d+, \d{4}-\d\d-\d\d/)
  })

  test.each(['en', 'zh'])('all of them fit 80 columns (%s)', async (lang) => {
    const { out, code } = await convlab('claims', '--lang', lang)
    expect(code).toBe(0)
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
  })

  test('as JSON, unrounded and the same in both languages but for words', async () => {
    const read = async (lang: string) =>
      JSON.parse((await convlab('claims', '--json', '--lang', lang)).out)
    const [en, zh] = [await read('en'), await read('zh')]
    expect(en.claims).toHaveLength(claims.length)
    const numbers = ({ claims }: typeof en) =>
      JSON.stringify(claims, (key, value) => (['says', 'figure'].includes(key) ? undefined : value))
    expect(numbers(en)).toBe(numbers(zh))
    const scale = en.claims.find(({ name }: { name: string }) => name === 'multi-scale')
    expect(scale.command).toMatch(/^convlab experiment scale/)
    for (const { perSeed, n, mean, halfWidth } of scale.findings) {
      expect(perSeed).toHaveLength(n)
      const sum = perSeed.reduce((total: number, value: number) => total + value, 0)
      expect(mean).toBeCloseTo(sum / n, 9)
      expect(halfWidth).toBeGreaterThan(0)
    }
  })

  test('a claim that is none', async () => {
    const { err, code } = await convlab('claims', 'multiscale', '--lang', 'en')
    expect(code).toBe(2)
    expect(err).toContain('did you mean multi-scale?')
  })
})
