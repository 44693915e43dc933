// The table of claims: every test can be run, and the figures are those of its run or record.
import { Chalk } from 'chalk'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { claims, judge } from '../../src/claims/index.ts'
import { renderClaimsJson } from '../../src/commands/claims/json.ts'
import { renderClaims } from '../../src/commands/claims/page.ts'
import { createStyle } from '../../src/show/style.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab } from '../course/course.ts'

const judged = claims.map(judge)

test('names of claims are unique, and every claim has a finding', () => {
  const names = claims.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, findings } of judged) expect(findings.length, name).toBeGreaterThan(0)
})

test('verdicts that are certain once computed are these', () => {
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

test("papers' figures hold where they follow from the architecture, and not elsewhere", () => {
  const verdictOf = (name: string) =>
    judged.find((claim) => claim.name === name)?.findings[0]?.verdict
  expect(verdictOf('odconv-parameters')).toBe('holds')
  expect(verdictOf('condconv-parameters')).toBe('holds')
  expect(verdictOf('dynamic-multiply-adds')).toBe('does not hold')
})

describe('the command of a claim runs', () => {
  const computed = judged.filter(({ evidence }) => evidence.kind === 'computed')
  const commands = [...new Set(computed.map(({ command }) => command))]
  test.each(commands)('%s', async (command) => {
    expect(await convlab(...command.split(' '))).toMatchObject({ code: 0 })
  })
})

test('findings agree with theory: K kernels explain K/4, and attention to the cue is why', () => {
  const { findings } = judged.find(({ name }) => name === 'kernel-that-depends')!
  const byQuestion = Object.fromEntries(
    findings.map(({ answer, verdict }) => [answer?.id, { verdict, ...answer?.difference }]),
  )
  for (const id of ['same-width', 'attention', 'cue']) {
    expect(byQuestion[id]?.verdict).toBe('holds')
    expect(Math.abs((byQuestion[id]?.mean as number) - 0.75)).toBeLessThan(0.03)
  }
})

const spaceless = (text: string) => text.replace(/\s+/g, '')

describe('convlab claims', () => {
  test('shows one claim with its source, command and verdict', async () => {
    const { out, code } = await convlab('claims', 'parts-of-the-input', '--lang', 'en')
    expect(code).toBe(0)
    expect(out).toContain('does not hold')
    expect(out).toContain('the article: 通常由输入数据的不同部分决定')
    expect(out).toContain('convlab explain dynamic')
  })

  test('says of trained ones which seeds, version and day', async () => {
    const { out } = await convlab('claims', 'multi-scale', '--lang', 'en')
    expect(out).toMatch(/because of attention +D4 - U4 +[+-]\d+\.\d\d ± \d+\.\d\d +\S/)
    expect(out.replace(/\s+/g, ' ')).toMatch(/seeds 0-9, convlab \d+\.\d+\.\d+, \d{4}-\d\d-\d\d/)
  })

  test.each(languages)('shows all of them in 80 columns (%s)', (language) => {
    const page = renderClaims(judged, createStyle(language, 80, new Chalk({ level: 0 }), false))
    for (const { says } of claims) expect(spaceless(page)).toContain(spaceless(says[language]))
    expect(page.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
  })

  test('gives all as JSON, unrounded and the same in both languages but for words', async () => {
    const { out, code } = await convlab('claims', '--json', '--lang', 'en')
    expect(code).toBe(0)
    const en = JSON.parse(out)
    const zh = JSON.parse(renderClaimsJson(judged, { version: '0.0.0', language: 'zh' }))
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

  test('refuses a claim that is none, and names the nearest', async () => {
    const { err, code } = await convlab('claims', 'multiscale', '--lang', 'en')
    expect(code).toBe(2)
    expect(err).toContain('did you mean multi-scale?')
  })
})
