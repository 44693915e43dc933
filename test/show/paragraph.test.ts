import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paragraph, widthOf } from '../../src/show/text/layout.ts'

test('lines break at blanks, and never inside a word', () => {
  expect(paragraph('the kernels of one sample', 12)).toEqual(['the kernels', 'of one', 'sample'])
  expect(paragraph('a-very-long-name here', 5)).toEqual(['a-very-long-name', 'here'])
})

test('Chinese breaks between characters, but no line begins with a closing mark', () => {
  expect(paragraph('注意力，温度', 6)).toEqual(['注意', '力，温', '度'])
  expect(paragraph('看 conv2d 的结果。', 10)).toEqual(['看 conv2d', '的结果。'])
})

test('lines behind the first are indented, within the width', () => {
  expect(paragraph('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four'])
})

test('nothing is lost, and lines are within the width where words are', () => {
  const words = fc.array(fc.constantFrom('卷积', '，', 'K', '0.25', '（专家）', 'view', '。'))
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 40 }), (parts, width) => {
      const text = parts.join(' ')
      const lines = paragraph(text, width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
    }),
  )
})
