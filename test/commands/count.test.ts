// convlab count: its screens, its JSON, and wrong use.
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { networkNames } from '../../src/networks/count-options.ts'
import { convlab } from './run.ts'

/** A page as it is printed in a pipe; several tests look at the slow ones. */
const pages = new Map<string, ReturnType<typeof convlab>>()
function page(line: string) {
  const printed = pages.get(line) ?? convlab(line, { clock: () => 0 })
  pages.set(line, printed)
  return printed
}

const inBoth = (line: string) => [line, `${line} --lang zh`]

test.each(
  [
    'count resnet18',
    'count mobilenet-v2 --layer dynamic --width 0.5',
    'count efficientnet-b0 --layer condconv -K 8',
    'count resnet50 --layer odconv --ascii',
    'count --published',
    'count --help',
  ].flatMap(inBoth),
)('the screen of convlab %s', async (line) => {
  const { code, stdout, stderr } = await page(line)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatchSnapshot()
})

describe.each(networkNames)('%s', (network) => {
  test.each(Object.keys(layers).flatMap(inBoth))('%s fits 80 columns', async (layer) => {
    const { stdout } = await page(`count ${network} --layer ${layer}`)
    expect(stdout).toContain('3x3')
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(80)
      expect(row).toBe(row.trimEnd())
    }
  })
})

test('the published page fits 80 columns, and says what is second-hand', async () => {
  for (const line of inBoth('count --published')) {
    const { stdout } = await page(line)
    expect(stdout).toMatch(/second-hand|二手/)
    for (const row of stdout.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
  }
})

test('--ascii draws with ASCII alone', async () => {
  for (const line of ['--published', 'efficientnet-b0 --layer odconv', 'resnet101 --layer dynamic'])
    expect((await convlab(`count ${line} --ascii`)).stdout).toMatch(/^[\n -~]*$/)
})

test('colour adds escape codes and nothing else', async () => {
  for (const line of ['count --published', 'count resnet50 --layer odconv', 'compare --size 4']) {
    const plain = await page(line)
    const colored = await convlab(line, { clock: () => 0, isTTY: true, env: { TERM: 'xterm' } })
    expect(colored.stdout).toContain('\u001b[')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
    expect(colored.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout)
  }
})

test('--width is the network below 10 and the page from 10 on', async () => {
  expect((await convlab('count mobilenet-v2 --width 0.5')).stdout).toContain('1,968,680')
  const wide = await convlab('count mobilenet-v2 --width 160')
  expect(wide.stdout).toContain('3,504,872')
  expect(wide.stdout).toContain('19,267,584') // too long for 80 columns, where it is 19.27M
})

test('--json: rows that sum to totals, a convention in words', async () => {
  for (const line of inBoth('count mobilenet-v2 --layer dynamic -K 4 --json')) {
    const json = JSON.parse((await convlab(line)).stdout)
    expect(json).toMatchObject({
      schema: 1,
      convlab: '0.0.0',
      network: 'mobilenet-v2',
      layer: 'dynamic',
      kernels: 4,
      width: 1,
      size: [224, 224],
      totals: { parameters: 11_145_872, multiplyAdds: 310_194_368 },
    })
    expect(json.convention).toMatch(/multiply-adds|乘加/)
    const sum = (pick: (row: typeof json.totals) => number) =>
      json.layers.reduce((total: number, row: typeof json.totals) => total + pick(row), 0)
    expect(sum((row) => row.parameters)).toBe(json.totals.parameters)
    expect(sum((row) => row.multiplyAdds)).toBe(json.totals.multiplyAdds)
    for (const part of ['convolution', 'attention', 'aggregation', 'other'])
      expect(sum((row) => row[part].multiplyAdds)).toBe(json.totals[part].multiplyAdds)
    expect(new Set(json.layers.map(({ name }: { name: string }) => name)).size).toBe(
      json.layers.length,
    )
  }
})

test('--published --json: every figure with its verdict', async () => {
  const { published } = JSON.parse((await convlab('count --published --json')).stdout)
  expect(published).toHaveLength(31)
  const row = published.find((each: { top1?: string }) => each.top1 === '75.2')
  expect(row).toMatchObject({
    source: { secondHand: true },
    parameters: { printed: '11M', counted: 11_145_872, equal: true },
    multiplyAdds: { printed: '312.9M', equal: false },
  })
})

test.each([
  ['count', 'expected a network'],
  ['count resnet51', 'did you mean resnet50'],
  ['count alexnet', 'mobilenet-v2'],
  ['count resnet18 resnet50', 'resnet18 resnet50'],
  ['count resnet50 --width 0.5', '--width 0.5'],
  ['count mobilenet-v2 --width abc', '--width abc'],
  ['count mobilenet-v2 --width 0', '--width 0'],
  ['count mobilenet-v2 --width 12.5', '--width 12.5'],
  ['count resnet18 --layer dynamc', '--layer dynamc'],
  ['count resnet18 -K 3', '--layer'],
  ['count resnet18 --layer dynamic -K 0', '--kernels 0'],
  ['count resnet18 --size 0', '--size 0'],
  ['count --published resnet18', 'resnet18'],
  ['count --published --layer dynamic', '--layer'],
])('convlab %s is refused in a line', async (line, names) => {
  for (const language of ['en', 'zh']) {
    const { code, stdout, stderr } = await convlab(`${line} --lang ${language}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: .+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
  }
})
