import { assert, constantFrom, property, string } from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/show/text/width.ts'

test('a Chinese character takes two cells, a colour and an accent none', () => {
  expect(widthOf('')).toBe(0)
  expect(widthOf('softmax 的温度（T）')).toBe(8 + 6 + 2 + 1 + 2)
  expect(widthOf('\u001b[36m▁▂█\u001b[39m')).toBe(3)
  expect(widthOf('e\u0301')).toBe(1)
})

test('string-width agrees on everything but emoji', () => {
  const characters = [...'aZ 0~×·Σπ…→─│█▏▁é温度：，（）。、“”日本한글ｆ', '\u0301', '\u200b', '\n']
  const texts = string({ unit: constantFrom(...characters, '\u001b[1m', '\u001b[0m') })
  assert(property(texts, (text) => widthOf(text) === stringWidth(text)))
})
