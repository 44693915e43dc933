// How lines of a lesson's source become one.
import { expect, it } from 'vitest'
import { parseLesson } from '../../src/course/markdown.ts'

it.each([
  ['two\nwords', 'two words'],
  ['a **strong**\n`word`', 'a **strong** `word`'],
  ['卷积核滑过\n输入', '卷积核滑过输入'],
  ['卷积核\n**窗口**', '卷积核**窗口**'],
  ['`x`\n是输入', '`x` 是输入'],
  ['变成 16。\n**空洞率**', '变成 16。**空洞率**'],
  ['变成 16。\n`x` 是', '变成 16。`x` 是'],
  ['用\nPyTorch 写', '用 PyTorch 写'],
])('%j', (source, joined) => {
  const head = '---\nname: a\ntitle: b\nminutes: 5\n---\n'
  expect(parseLesson(head + source, {}).blocks).toEqual([{ kind: 'paragraph', text: joined }])
})
