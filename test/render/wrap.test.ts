import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/render/text/layout.ts'
import { wrap } from '../../src/render/text/wrap.ts'

test('lines break at blanks, and never inside a word', () => {
  expect(wrap('the kernels of one sample', 12)).toEqual(['the kernels', 'of one', 'sample'])
  expect(wrap('a-very-long-name here', 5)).toEqual(['a-very-long-name', 'here'])
})

test('Chinese breaks between characters, but no line begins with a closing mark', () => {
  expect(wrap('注意力，温度', 6)).toEqual(['注意', '力，温', '度'])
  expect(wrap('看 conv2d 的结果。', 10)).toEqual(['看 conv2d', '的结果。'])
})

test('lines behind the first are indented, within the width', () => {
  expect(wrap('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four'])
})

test('nothing is lost, and lines are within the width where words are', () => {
  const words = fc.array(fc.constantFrom('卷积', '，', 'K', '0.25', '（专家）', 'view', '。'))
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 40 }), (parts, width) => {
      const text = parts.join(' ')
      const lines = wrap(text, width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
    }),
  )
})
