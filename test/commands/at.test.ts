// --at: one output value worked out, as a page and as a step of the JSON.
import { expect, test } from 'vitest'
import { convlab } from './run.ts'

const pages = [
  'dynamic -K 4 --at 0,0,0,0',
  'dynamic --at 0,15,0,0 -K 2 --width 120',
  'static --at 0,0,0,31',
  'static --in 6 --out 6 --groups 3 --dilation 2 --at 0,3,0,29',
  'static --in 12 -k 1x2 --at 0,2,3,4',
  'odconv -k 2 -K 2 --at 0,1,1,1',
]

test.each(pages.flatMap((line) => [line, `${line} --lang zh`]))(
  'the screen of convlab %s',
  async (line) => {
    const { code, stdout, stderr } = await convlab(line)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchSnapshot()
    for (const row of stdout.split('\n')) expect(row).toBe(row.trimEnd())
  },
)

test('the page holds the numbers of the sketch', async () => {
  const { stdout } = await convlab('dynamic -K 4 --at 0,0,0,0')
  expect(stdout).toContain('output[0,0,0,0] = 0.2588')
  expect(stdout).toContain('-0.2488 + 0.4363 + 0.0502 + bias 0.0211 = 0.2588')
  expect(stdout).toContain('-1.1258 -1.1524 -0.2506')
})

test('with --json it is one more step, at the end', async () => {
  const all = JSON.parse((await convlab('dynamic --batch 2 --json --values --at 1,3,0,2')).stdout)
  const window = all.steps.at(-1)
  const output = all.steps.at(-2)
  expect(window).toMatchObject({ id: 'window', kind: 'window', op: 'window', at: [1, 3, 0, 2] })
  expect(window.from).toEqual(output.from)
  expect(window.total).toBe(output.values[((1 * 16 + 3) * 30 + 0) * 30 + 2])
  expect(window.products).toHaveLength(27)
  expect('scale' in window).toBe(false)
  const scaled = JSON.parse((await convlab('odconv --json --at 0,0,0,0')).stdout).steps.at(-1)
  expect(scaled.scale).toBeGreaterThan(0)
})

test.each([
  ['static --at 0,0,0', 'four whole numbers'],
  ['static --at 0,0,0,-1', 'four whole numbers'],
  ['static --at 0,0,0,0.5', 'four whole numbers'],
  ['static --at a,b,c,d', 'four whole numbers'],
  ['static --at 1,0,0,0', 'use --at 0,0,0,0'],
  ['static --at 0,99,0,99', 'use --at 0,15,0,31'],
  ['dynamic --at 0,0,30,0', 'use --at 0,0,29,0'],
  ['static --at 0,0,0,0 --torch', '--torch'],
  ['dynamic --at 0,0,0,0 --article', '--article'],
])('convlab %s is refused', async (line, part) => {
  for (const lang of ['en', 'zh']) {
    const { code, stdout, stderr } = await convlab(`${line} --lang ${lang}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    if (lang === 'en') expect(stderr).toContain(part)
  }
})

test('many channels: the first in full, the others as sums, and the page says so', async () => {
  const { stdout } = await convlab('static --in 12 --at 0,0,5,5')
  expect(stdout).toContain('the other 8 channels, as their sums')
  for (let c = 4; c < 12; c++) expect(stdout).toMatch(new RegExp(`\\b${c}: -?\\d`))
})
