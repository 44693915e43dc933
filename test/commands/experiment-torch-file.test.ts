// What the PyTorch program of an experiment saved is read, shown and gone on from. The fixtures were
// written by such programs under torch; npm run test:torch has others written and read anew.
//
//   torch-filter    convlab experiment filter --models S,D2,C4,U4 --torch; --seeds 2
//   torch-changed   convlab experiment shift --torch; --models SE D4 S S-par --seeds 2 --wider 2
//                   --size 32 --steps 70
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
const texts = Object.fromEntries(
  ['torch-filter', 'torch-changed'].map((name) => {
    const file = new URL(`../training/${name}.fixture.json`, import.meta.url)
    // the version of these tests' convlab, so that nothing else is different
    return [name, readFileSync(file, 'utf8').replace(/"convlab": "[^"]+"/, '"convlab": "0.0.0"')]
  }),
)
/** A copy, since --resume keeps its file up to date. */
const copyOf = (name: string, text = texts[name] as string) => {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, text)
  return path
}

const NUMBER = /-?\d+(\.\d+)?(e[+-]?\d+)?/g
/** The text with all numbers alike, and the numbers. */
const apart = (text: string) =>
  [text.replace(NUMBER, '#'), (text.match(NUMBER) ?? []).map(Number)] as const

describe.each([
  ['filter', 'torch-filter'],
  ['shift', 'torch-changed'],
])('experiment %s --resume %s', (experiment, name) => {
  test('reads the file and writes the same, letter by letter', async () => {
    const line = `experiment ${experiment} --json --resume ${copyOf(name)}`
    const { code, stdout, stderr } = await convlab(line)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' }) // nothing was trained
    const [form, numbers] = apart(stdout)
    const [theirForm, theirNumbers] = apart(texts[name] as string)
    expect(form).toBe(theirForm)
    for (const [at, number] of numbers.entries())
      expect(Math.abs(number - (theirNumbers[at] as number))).toBeLessThan(1e-9)
  })

  test.each(['en', 'zh'])('shows it in 80 columns, and who trained it: %s', async (language) => {
    const line = `experiment ${experiment} --lang ${language} --resume ${copyOf(name)}`
    const { code, stdout } = await convlab(line)
    expect(code).toBe(0)
    for (const row of stdout.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
    expect(stdout).toMatch(
      language === 'en'
        ? /^8 of 8 runs were trained by torch 2\.\S+ \(cpu\)\.$/m
        : /^8 次训练中有 8 次由 torch 2\.\S+ \(cpu\) 完成。$/m,
    )
    expect(/32 x 32/.test(stdout)).toBe(name === 'torch-changed')
    expect(stdout).not.toMatch(/in a single seed they may part|个别种子/)
  })
})

test('the fields are those of convlab, in their order', async () => {
  const line = 'experiment filter --models S,D2,C4,U4 --seeds 2 --json'
  const { stdout } = await convlab(line)
  const [form] = apart(stdout)
  const withoutEngine = (texts['torch-filter'] as string).replace(/,"engine":\{[^}]*\}/g, '')
  expect(form).toBe(apart(withoutEngine)[0])
  const [ours, theirs] = [stdout, withoutEngine].map((text) => JSON.parse(text).models)
  for (const model of Object.keys(ours))
    for (const [at, value] of ours[model].perSeed.entries())
      expect(Math.abs(value - theirs[model].perSeed[at])).toBeLessThan(0.001)
})

test('convlab goes on where torch stopped, and each run says what trained it', async () => {
  const file = copyOf('torch-filter')
  const { code, stdout } = await convlab(
    `experiment filter --models S,D2 --seeds 3 --resume ${file}`,
  )
  expect(code).toBe(0)
  expect(stdout).toMatch(/^4 of 6 runs were trained by torch 2/m)
  expect(stdout).toContain('in a single seed they may part')
  const saved = JSON.parse(readFileSync(file, 'utf8'))
  expect(Object.keys(saved.models)).toEqual(['S', 'D2', 'U4', 'C4']) // nothing of it is lost
  expect(saved.partial).toBe(true) // seed 2 of U4 and C4
  const engines = saved.models.D2.runs.map((run: { engine?: { name: string } }) => run.engine?.name)
  expect(engines).toEqual(['torch', 'torch', undefined])
  const again = await convlab(`experiment filter --models S,D2 --seeds 3 --resume ${file}`)
  expect(again.stdout).toBe(stdout)
})

test('what only PyTorch trains is not mixed with what convlab trains', async () => {
  const file = copyOf('torch-changed')
  for (const language of ['en', 'zh']) {
    const line = `experiment shift --seeds 3 --resume ${file} --lang ${language}`
    const { code, stdout, stderr } = await convlab(line)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: --resume .+ --wider 2 --size 32 --steps 70.+4.+\n$/)
  }
  expect(readFileSync(file, 'utf8')).toBe(texts['torch-changed'])
  const fewer = await convlab(`experiment shift --seeds 1 --models S,D4 --json --resume ${file}`)
  expect(JSON.parse(fewer.stdout)).toMatchObject({
    changed: { wider: 2, size: 32, steps: 70 },
    seeds: [0],
    models: { S: { widths: [16, 32, 32], parameters: 14312 } },
  })
})

test.each([
  ['an engine that is no word', 'torch-filter', '"name":"torch"', '"name":"\\u001b[31m"'],
  ['a change that is none', 'torch-changed', '"wider":2', '"wider":0'],
  ['a change in words', 'torch-changed', '"steps":70', '"steps":"many"'],
])('%s is refused', async (_, name, from, to) => {
  const text = texts[name] as string
  expect(text).toContain(from)
  const file = copyOf(name, text.replace(from, to))
  const experiment = name === 'torch-filter' ? 'filter' : 'shift'
  const { code, stdout, stderr } = await convlab(`experiment ${experiment} --resume ${file}`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^convlab: .+ no experiment that convlab saved: .+\n$/)
})
