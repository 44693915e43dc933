import { expect, test } from 'vitest'
import { near, suggestion } from '../../src/cli/near.ts'

const names = ['article-view', 'wrong-bias-view', 'uninitialised', 'expert-scale']

test.each([
  ['artcle-view', ['article-view']],
  ['uninitialized', ['uninitialised']],
  ['view', ['article-view', 'wrong-bias-view']],
  ['scale', ['expert-scale']],
  ['zzz', []],
  ['', []],
])('%j is near %j', (given, expected) => {
  expect(near(given, names)).toEqual(expected)
})

test('nothing near: all are named', () => {
  expect(suggestion('zzz', names).en).toBe(`expected one of ${names.join(', ')}`)
})
