import { Chalk } from 'chalk'
import { expect, it } from 'vitest'
import { wrap } from '../../src/commands/lesson/page/wrap.ts'
import { createStyle } from '../../src/show/style.ts'

const plain = createStyle('zh', 80, new Chalk({ level: 0 }), false)
const colored = createStyle('en', 80, new Chalk({ level: 1 }), false)

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['incomprehensibilities stay', 8, ['incomprehensibilities', 'stay']],
  ['卷积核滑过输入', 6, ['卷积核', '滑过输', '入']],
  ['卷积核，滑过', 6, ['卷积', '核，滑', '过']],
  ['卷积（核）滑', 6, ['卷积', '（核）', '滑']],
  ['用 PyTorch 写', 8, ['用', 'PyTorch', '写']],
  ['see `a b` and **c d**.', 9, ['see a b', 'and c d.']],
])('wrapped: %s', (text, width, lines) => {
  expect(wrap(text, width, plain)).toEqual(lines)
})

it('wrapping paints spans, and no blank more', () => {
  expect(wrap('see `a` and **b**', 80, colored)).toEqual([
    'see \u001b[36ma\u001b[39m and \u001b[1mb\u001b[22m',
  ])
})
