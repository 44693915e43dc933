// Mistakes: each is run, in every way of writing it; test/torch/mistakes.py holds them to PyTorch.
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mistakes, show } from '../../src/mistakes/index.ts'
import type { Result } from '../../src/mistakes/mistake.ts'
import { languages } from '../../src/text.ts'

const shown = mistakes.map((mistake) => [mistake.name, show(mistake)] as const)
const one = (name: string) => shown.find(([each]) => each === name)![1]
const result = (name: string, python: string) =>
  one(name).findings.find((each) => each.python === python)!.results
const numbers = (results: readonly Result[]) =>
  results.map((each) => (each.kind === 'number' || each.kind === 'count' ? each.value : Number.NaN))

test('all that the course promises, one file each', () => {
  const names = [
    'article-view',
    'uninitialised',
    'batch-averaged-attention',
    'wrong-bias-view',
    'input-size-view',
    'groups-not-multiplied',
    'temperature-forgotten',
    'uniform-attention',
    'kernels-are-not-channels',
    'padding-not-dynamics',
    'sigmoid-is-not-softmax',
    'expert-scale',
  ]
  expect(mistakes.map(({ name }) => name).sort()).toEqual(names.sort())
  const folder = readdirSync(new URL('../../src/mistakes', import.meta.url))
  for (const name of names) expect(folder).toContain(`${name}.ts`)
})

describe.each(shown)('%s', (_, mistake) => {
  test('every finding has a result a way, and the ways differ', () => {
    expect(mistake.findings.length).toBeGreaterThan(1)
    for (const { results } of mistake.findings) expect(results.length).toBe(mistake.ways.length)
    const ofWay = (at: number) => mistake.findings.map(({ results }) => results[at])
    expect(ofWay(0)).not.toEqual(ofWay(mistake.ways.length - 1))
    expect(new Set(mistake.ways.map(({ code }) => code)).size).toBe(mistake.ways.length)
  })

  test('the repair does not raise, and a middle way has a name', () => {
    for (const { results } of mistake.findings) expect(results.at(-1)!.kind).not.toBe('error')
    for (const way of mistake.ways.slice(1, -1)) expect(way.title).toBeDefined()
  })

  test('its code fits 80 columns', () => {
    for (const { code } of mistake.ways)
      for (const line of code.split('\n')) expect(line.length, line).toBeLessThanOrEqual(78)
  })

  test('no number is typed into its words, and both languages carry the same ones', () => {
    const names = /nn\.Conv2d|1\/K|(?<!\d)-1(?!\d)/g
    for (const text of [mistake.happens, ...mistake.why]) {
      for (const language of languages)
        for (const part of text[language])
          if (typeof part === 'string') expect(part.replaceAll(names, '')).not.toMatch(/\d/)
      const [en, zh] = languages.map((language) =>
        text[language].filter((part) => typeof part === 'number').sort((a, b) => a - b),
      )
      expect(new Set(zh)).toEqual(new Set(en))
    }
  })

  test('running it again gives the same', () => {
    expect(show(mistakes.find(({ name }) => name === mistake.name)!).findings).toEqual(
      mistake.findings,
    )
  })
})

describe('by hand', () => {
  test('article-view: 2 samples of 16 kernels seen as 16 of twice the channels', () => {
    expect(result('article-view', 'list(kernel.shape)')).toEqual([
      { kind: 'shape', shape: [16, 6, 3, 3] },
      { kind: 'shape', shape: [32, 3, 3, 3] },
    ])
    expect(result('article-view', 'list(y.shape)')[0]).toEqual({
      kind: 'error',
      message:
        'Given groups=2, weight of size [16, 6, 3, 3], expected input[1, 6, 32, 32] to have 12 channels, but got 6 channels instead',
    })
  })

  test('input-size-view: floor((32 - 3) / 2) + 1 = 15, and 2 * 16 * 15 * 15 = 7200', () => {
    expect(result('input-size-view', 'list(y.shape)')).toEqual([
      { kind: 'error', message: "shape '[2, 16, 32, 32]' is invalid for input of size 7200" },
      { kind: 'shape', shape: [2, 16, 15, 15] },
    ])
  })

  test('kernels-are-not-channels: parameters, summed by hand', () => {
    const attention = (K: number) => K * 3 + K + K * K + K
    const experts = (K: number, out: number) => K * (out * 3 * 9 + out)
    expect(numbers(result('kernels-are-not-channels', 'parameters'))).toEqual([
      attention(8) + experts(8, 16),
      attention(4) + experts(4, 8),
    ])
  })

  test('expert-scale: a fan-in 16 times too large makes the spread 4 times too small', () => {
    const [whole, each] = numbers(result('expert-scale', 'weight.std().item()'))
    expect(each! / whole!).toBeCloseTo(4, 4)
    expect(each).toBeCloseTo(1 / Math.sqrt(27) / Math.sqrt(3), 2) // of U(-b, b): b / sqrt(3)
  })

  test('sigmoid-is-not-softmax: near a half each at T = 30, where a softmax gives a quarter', () => {
    const [sigmoid, softmax] = result('sigmoid-is-not-softmax', 'hot[0].tolist()').map((each) =>
      each.kind === 'values' ? each.values : [],
    )
    for (const value of sigmoid!) expect(value).toBeCloseTo(0.5, 1)
    expect(softmax!.map((value) => value.toFixed(4))).toEqual([
      '0.2540',
      '0.2476',
      '0.2463',
      '0.2521',
    ])
  })

  test('batch-averaged-attention: only the repair gives a sample what it gives alone', () => {
    const [wrong, right] = numbers(
      result('batch-averaged-attention', '(y[:1] - alone).abs().max().item()'),
    )
    expect(wrong).toBeGreaterThan(0.01)
    expect(right).toBeLessThan(1e-6)
  })

  test('wrong-bias-view: the silent way is off, the repair is not', () => {
    const [, silent, right] = numbers(
      result('wrong-bias-view', '(y - layer(x)).abs().max().item()'),
    )
    expect(silent).toBeGreaterThan(0.01)
    expect(right).toBe(0)
  })
})

test('threads are those that the course knows', () => {
  const asked = mistakes.flatMap(({ name, asked }) =>
    asked.map(({ repository, number }) => [name, `${repository}#${number}`]),
  )
  expect(Object.fromEntries(asked)).toEqual({
    'groups-not-multiplied': 'kaijieshi7/Dynamic-convolution-Pytorch#24',
    'input-size-view': 'xmu-xiaoma666/External-Attention-pytorch#90',
    'batch-averaged-attention': 'kaijieshi7/Dynamic-convolution-Pytorch#23',
    'uniform-attention': 'kaijieshi7/Dynamic-convolution-Pytorch#22',
    'kernels-are-not-channels': 'kaijieshi7/Dynamic-convolution-Pytorch#26',
    'sigmoid-is-not-softmax': 'xmu-xiaoma666/External-Attention-pytorch#46',
  })
})
