import { describe, expect, test } from 'vitest'
import { colorLevel, languageOf, outputWidth } from '../../src/cli/settings.ts'
import { convlab } from './run.ts'

describe('language', () => {
  test.each([
    [['--lang', 'zh'], { LC_ALL: 'en_US.UTF-8' }, 'en', 'zh'],
    [['--lang=en'], { LC_ALL: 'zh_CN.UTF-8' }, 'zh-CN', 'en'],
    [['--lang', 'en', '--lang', 'zh'], {}, 'en', 'zh'],
    [[], { LC_ALL: 'zh_TW', LC_MESSAGES: 'en', LANG: 'en' }, 'en', 'zh'],
    [[], { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en' }, 'en', 'zh'],
    [[], { LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'en', 'zh'],
    [[], { LANG: 'C.UTF-8' }, 'zh-CN', 'en'],
    [[], { LANG: 'fr_FR.UTF-8' }, 'zh-CN', 'en'],
    [[], {}, 'zh-CN', 'zh'],
    [[], {}, 'de-DE', 'en'],
  ])('%j, %j, on a %s machine: %s', (args, env, system, expected) => {
    expect(languageOf(args, env as Record<string, string>, system)).toBe(expected)
  })

  test('the whole program follows it', async () => {
    expect((await convlab('static', { env: { LANG: 'zh_CN.UTF-8' } })).stdout).toContain('普通卷积')
    expect((await convlab('static -k 0', { locale: 'zh-CN' })).stderr).toContain('应为')
  })
})

describe('level of colour', () => {
  const terminal = { write: () => true, isTTY: true }
  const pipe = { write: () => true }
  test.each([
    [true, {}, terminal, 1],
    [true, { TERM: 'xterm-256color' }, terminal, 2],
    [true, { COLORTERM: 'truecolor' }, terminal, 3],
    [true, {}, pipe, 0],
    [false, { FORCE_COLOR: '1' }, terminal, 0],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal, 0],
    [true, { NO_COLOR: '' }, terminal, 1],
    [true, { TERM: 'dumb' }, terminal, 0],
    [true, { FORCE_COLOR: '' }, pipe, 1],
    [true, { FORCE_COLOR: '0' }, terminal, 0],
    [true, { FORCE_COLOR: 'false' }, terminal, 0],
    [true, { FORCE_COLOR: '3' }, pipe, 3],
  ])('wanted %s, %j, on %j: %s', (wanted, env, output, level) => {
    expect(colorLevel(wanted, env as Record<string, string>, output)).toBe(level)
  })
})

test('width: the flag, the terminal, else 80, also where a terminal says 0', () => {
  const output = { write: () => true }
  expect(outputWidth(100, { ...output, columns: 50 })).toBe(100)
  expect(outputWidth(undefined, { ...output, columns: 50 })).toBe(50)
  expect(outputWidth(undefined, { ...output, columns: 0 })).toBe(80)
  expect(outputWidth(undefined, output)).toBe(80)
})
