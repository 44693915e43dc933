// --article against what the article's own program printed under PyTorch.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dynamicLayer } from '../../src/layers/dynamic/layer.ts'
import { staticLayer } from '../../src/layers/static/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { inWords } from './configurations.ts'

interface Case {
  readonly config: Record<string, unknown>
  readonly printed: string[]
  readonly message: string | null
}

const file = new URL('../torch/fixtures/article-errors.json', import.meta.url)
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(file, 'utf8'))

const titled = cases.map((each) => [inWords(each.config), each] as const)

test.each(titled)(
  '--article prints what PyTorch printed: %s',
  (_, { config, printed, message }) => {
    const { layer, ...given } = config
    expect(layer).toBe('dynamic')
    const { lines, error } = dynamicLayer.article?.(traceLayer(dynamicLayer, given)) ?? {
      lines: [],
    }
    expect(lines).toEqual(printed)
    expect(error ?? null).toBe(message)
  },
)

test('the three forms of the error all stand among the cases', () => {
  for (const form of ['to be at least', 'to be divisible by', 'channels, but got'])
    expect(cases.some(({ message }) => message?.includes(form))).toBe(true)
})

test('the static example prints one line', () => {
  expect(staticLayer.article?.(traceLayer(staticLayer, {})).lines).toEqual([
    'torch.Size([1, 16, 32, 32])',
  ])
})
