// The screens of sweep and mistakes: whole, at 80 columns, in both languages.
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { sweeps } from '../../src/commands/sweep/index.ts'
import { mistakes } from '../../src/mistakes/index.ts'
import { convlab } from './run.ts'

const screens = [
  ...Object.keys(sweeps).map((name) => `sweep ${name}`),
  'sweep temperature --batch 3 --input varied',
  'sweep temperature -K 1',
  'sweep batch --input relu -K 12',
  'sweep kernels --in 1 --out 1 -k 1 --size 4 --batch 2',
  'sweep kernels --in 1 --out 1 -k 1 --size 1',
  'sweep',
  'sweep --help',
  'mistakes',
  'mistakes --help',
  ...mistakes.map(({ name }) => `mistakes ${name}`),
]

describe.each(screens)('the screen of convlab %s', (line) => {
  test.each(languages)('in %s', async (language) => {
    const { code, stdout, stderr } = await convlab(`${line} --lang ${language}`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchSnapshot()
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(80)
      expect(row).toBe(row.trimEnd())
    }
  })
})

const pages = screens.filter((line) => !line.includes('help') && line !== 'sweep')

test.each(pages)('convlab %s --ascii draws with ASCII alone', async (line) => {
  expect((await convlab(`${line} --ascii`)).stdout).toMatch(/^[\n -~]*$/)
})

test.each(pages)('colour adds escape codes to convlab %s and nothing else', async (line) => {
  const plain = await convlab(line)
  const colored = await convlab(line, { isTTY: true, env: { TERM: 'xterm' } })
  expect(colored.stdout).toContain('\u001b[')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
  expect(colored.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout)
})

test.each([1, 20, 40, 120, 200])('width %d loses nothing of a sweep', async (width) => {
  const { code, stdout } = await convlab(`sweep temperature --width ${width}`)
  expect(code).toBe(0)
  for (const text of ['0.950', '0.483', '0.9979', '0.9223']) expect(stdout).toContain(text)
})

test('sweep --json: rows and verdict, numbers as measured', async () => {
  const { stdout } = await convlab('sweep temperature --seed -3 --json')
  const document = JSON.parse(stdout)
  expect(Object.keys(document)).toEqual([
    ...['schema', 'convlab', 'sweep', 'config', 'seed', 'input', 'rows', 'verdict'],
  ])
  expect(document).toMatchObject({ schema: 1, sweep: 'temperature', seed: '-3' })
  expect(document.config).not.toHaveProperty('temperature')
  expect(document.rows).toHaveLength(8)
  const { attention } = document.rows[4]
  expect(attention[0].reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 6)
  expect(document.verdict.findings.map(({ id }: { id: string }) => id)).toContain('one-sample')
  const zh = JSON.parse((await convlab('sweep temperature --seed -3 --json --lang zh')).stdout)
  expect(zh.rows).toEqual(document.rows)
})

test('sweep --json: the deviation of a single value is "NaN"', async () => {
  const { stdout } = await convlab('sweep kernels --in 1 --out 1 -k 1 --size 4 --batch 2 --json')
  const { rows, verdict } = JSON.parse(stdout)
  expect(rows.map(({ scale }: { scale: number | string }) => typeof scale)).toEqual([
    ...['string', 'number', 'number', 'number', 'number'],
  ])
  expect(rows[0].scale).toBe('NaN')
  for (const value of Object.values(verdict.findings[0].measured))
    expect(value).toBeTypeOf('number')
  expect(verdict.findings[0].text).not.toContain('NaN')
})

test('mistakes --json: the list, and one with the Python that checks it', async () => {
  const list = JSON.parse((await convlab('mistakes --json')).stdout)
  expect(list.mistakes.map(({ name }: { name: string }) => name)).toEqual(
    mistakes.map(({ name }) => name),
  )
  const one = JSON.parse((await convlab('mistakes wrong-bias-view --json')).stdout)
  expect(one.ways.map(({ role }: { role: string }) => role)).toEqual(['written', 'also', 'repair'])
  expect(one.setup).toContain('torch.manual_seed(0)')
  expect(one.claims[0]).toEqual({
    python: 'list(b.shape)',
    results: [
      { kind: 'error', message: "shape '[16]' is invalid for input of size 32" },
      { kind: 'shape', shape: [32] },
      { kind: 'shape', shape: [32] },
    ],
  })
})

const wrong: [args: string, names: string][] = [
  ['sweep temprature', 'did you mean temperature?'],
  ['sweep nothing-like-it', 'expected one of temperature, kernels, batch, schedule'],
  ['sweep temperature -T 3', '--temperature 3'],
  ['sweep schedule --temperature 3', '--temperature 3'],
  ['sweep kernels -K 3', '--kernels 3'],
  ['sweep batch --batch 2', '--batch 2'],
  ['sweep temperature --in 0', '--in 0'],
  ['sweep temperature -k 40', 'does not fit'],
  ['sweep temperature kernels', 'kernels'],
  ['sweep constructor', 'constructor'],
  ['mistakes artcle-view', 'did you mean article-view?'],
  ['mistakes xyzzy-plugh-quux', 'expected one of article-view'],
  ['mistakes article-view uninitialised', 'article-view uninitialised'],
  ['mistakes --seed 3', '--seed'],
]

describe.each(wrong)('convlab %s', (args, names) => {
  test.each(languages)('is answered by one line (%s)', async (language) => {
    const { code, stdout, stderr } = await convlab(args, { locale: language })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
    else expect(stderr).toMatch(/\p{Script=Han}/u)
  })
})

test('every command that a page names is one that runs', async () => {
  const named = new Set<string>()
  for (const line of pages) {
    const page = (await convlab(`${line} --width 400`)).stdout
    for (const [, command] of page.matchAll(/(?:see|More): convlab ([^\n]*)/g))
      named.add(command as string)
  }
  expect(named.size).toBeGreaterThan(8)
  for (const command of named) expect([0, 1], command).toContain((await convlab(command)).code)
})
