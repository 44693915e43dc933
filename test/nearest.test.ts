import { expect, test } from 'vitest'
import { nearest } from '../src/base/nearest.ts'

test.each([
  ['dynamc', 'dynamic'],
  ['DYNAMIC', 'dynamic'],
  ['sttaic', 'static'],
  ['odcon', 'odconv'],
  ['fish', undefined],
  ['stic', 'static'],
  ['conc', undefined],
  ['x', undefined],
  ['', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['static', 'dynamic', 'condconv', 'odconv'])).toBe(meant)
})
