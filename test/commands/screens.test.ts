// Whole screens as a learner sees them: 80 columns, no colour.
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { convlab } from './run.ts'

const screens = [
  'dynamic -K 4',
  'static --in 3 --out 16',
  'dynamic --batch 3 --input varied',
  'dynamic --batch 2',
  'dynamic --in 8 --out 8 --groups 8 -k 5x3 --padding same --dilation 2 --no-bias -K 2 -T 0.5 --hidden 3',
  'dynamic -K 20 --ascii',
  'condconv',
  'odconv',
  'odconv --in 3 --out 8 --batch 2 --input varied -k 1 --padding 0 -T 0.5',
  'dynamic --in 1 --out 1 -k 1 --size 1',
]

test.each(screens.flatMap((line) => [line, `${line} --lang zh`]))(
  'the screen of convlab %s',
  async (line) => {
    const { code, stdout, stderr } = await convlab(line)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchSnapshot()
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(80)
      expect(row).toBe(row.trimEnd())
    }
  },
)

test.each([
  'dynamic --in 64 --out 128 --size 16 --batch 64',
  'dynamic --in 64 --out 128 --size 16 --batch 64 --lang zh',
])('wide shapes leave the notes less room: convlab %s', async (line) => {
  const { stdout } = await convlab(line)
  for (const row of stdout.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
})

test.each(
  ['--help', 'static --help', 'dynamic --help'].flatMap((line) => [line, `${line} --lang zh`]),
)('the screen of convlab %s', async (line) => {
  const { code, stdout } = await convlab(line)
  expect(code).toBe(0)
  expect(stdout).toMatchSnapshot()
  for (const row of stdout.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
})

const pages = ['explain', 'compare', 'sweep', 'mistakes', 'count', 'experiment', 'bench', 'claims']

test.each(
  [...pages, 'completion', 'lesson', 'dynamic'].flatMap((name) => [name, `${name} --lang zh`]),
)('convlab %s --help keeps to the width that is asked for', async (line) => {
  for (const [flag, width] of [
    ['', 80],
    ['--width 100', 100],
  ] as const) {
    const { stdout } = await convlab(`${line} --help ${flag}`)
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(width)
      expect(row).not.toMatch(/^ *[，。；：、）」”]/)
    }
  }
})

test('help fills the width that is asked for', async () => {
  const widest = async (flag: string) =>
    Math.max(
      ...(await convlab(`dynamic --help ${flag}`)).stdout
        .split('\n')
        .map((row) => stringWidth(row)),
    )
  expect(await widest('--width 120')).toBeGreaterThan(80)
  expect(await widest('--width 60')).toBeLessThan(await widest(''))
})

test('convlab alone prints its help', async () => {
  expect(await convlab('')).toEqual(await convlab('--help'))
  expect(await convlab('--lang zh')).toEqual(await convlab('--help --lang zh'))
})

test('--version prints the version', async () => {
  expect(await convlab('--version')).toEqual({ code: 0, stdout: '0.0.0\n', stderr: '' })
})

test('help names every option of a layer and its default', async () => {
  for (const layer of Object.values(layers)) {
    const { stdout } = await convlab(`${layer.name} --help`)
    for (const key of Object.keys(layer.options))
      expect(stdout).toMatch(
        new RegExp(`--(no-)?${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} `),
      )
  }
  expect((await convlab('static --help')).stdout.replace(/\s+/g, ' ')).toContain('(default: 1)')
})

test('the screen of the sketch: its numbers are in ours', async () => {
  const { stdout } = await convlab('dynamic -K 4 --width 120')
  for (const text of [
    '-4.09 … 4.10   mean -0.00   std 1.00',
    '0.0322  -0.0057  -0.0318',
    '-0.0386   0.3149   0.1881  -0.1872',
    '0.5268  -0.2420  -0.3955   0.3035',
    '0.3758',
    '0.1742',
    '0.1494',
    '0.3006',
    '-1.20 … 1.36   mean -0.01   std 0.32',
    '1,828 parameters (static 448, 4.1x)',
    '390,620 multiply-adds a sample (static 388,800, +0.5 %)',
  ])
    expect(stdout).toContain(text)
})

test('colour adds escape codes and nothing else', async () => {
  const plain = await convlab('dynamic')
  const colored = await convlab('dynamic', { isTTY: true, env: { TERM: 'xterm' } })
  expect(colored.stdout).toContain('\u001b[')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
  expect(colored.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout)
})

test('--ascii draws with ASCII alone', async () => {
  for (const line of ['static', 'dynamic', 'dynamic --batch 2', 'condconv', 'odconv --batch 2'])
    expect((await convlab(`${line} --ascii`)).stdout).toMatch(/^[\n -~]*$/)
})

test.each([1, 20, 40, 60, 100, 200])('width %d loses nothing of a run', async (width) => {
  const { code, stdout } = await convlab(`dynamic --width ${width}`)
  expect(code).toBe(0)
  for (const text of ['aggregate-weight', '[16, 3, 3, 3]', '0.3758', '-1.20', 'std 0.32', '1,828'])
    expect(stdout).toContain(text)
})
