// Code that is handed in: where it may lie, what became of it, and what of its output is kept.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { convlab, folder, freshState } from './course.ts'
import { expectValid, graded, names, questionsOf, type Test } from './grading.ts'

/** The grade of output-shape's function. */
const gradeOf = async (answer: unknown, ...more: string[]) => {
  const handedIn = { answers: { 'output-shape': { 'write-it': answer } } }
  const { code, results } = await graded(handedIn, '--lessons', 'output-shape', ...more)
  expectValid(results)
  expect(names(results)).toEqual(questionsOf('output-shape')) // the rest is graded
  expect(code).toBe(1)
  return results.tests.at(-1) as Test
}
const [inside, beside] = [join(folder, 'secret.js'), join(folder, 'in', 'beside.js')]
writeFileSync(inside, 'mine own secret')
mkdirSync(join(folder, 'in', 'folder'), { recursive: true })
writeFileSync(beside, 'function (')
symlinkSync(inside, join(folder, 'in', 'link.js'))
symlinkSync(folder, join(folder, 'in', 'way'))
symlinkSync('beside.js', join(folder, 'in', 'within.js'))
writeFileSync(join(folder, 'in', 'large.js'), ' '.repeat(2 ** 20 + 1))
execFileSync('mkfifo', [join(folder, 'in', 'pipe')])

/** The same for a hand-in in a folder of its own. */
const inFolder = async (file: string, ...more: string[]) => {
  const [answers, results] = [
    join(folder, 'in', 'answers.json'),
    join(folder, 'in', 'results.json'),
  ]
  writeFileSync(answers, JSON.stringify({ answers: { 'output-shape': { 'write-it': { file } } } }))
  const due = ['--lessons', 'output-shape', '--results', results]
  const { code, err } = await convlab('lesson', 'check', '--answers', answers, ...due, ...more)
  expect({ code, err }).toEqual({ code: 1, err: '' })
  const text = readFileSync(results, 'utf8')
  expect(text).not.toContain('mine')
  expectValid(JSON.parse(text))
  expect(names(JSON.parse(text))).toEqual(questionsOf('output-shape'))
  return JSON.parse(text).tests.at(-1) as Test
}

it.each([
  ['../secret.js', "../secret.js lies outside the hand-in's folder"],
  [inside, `${inside} lies outside the hand-in's folder`],
  ['../../../../../../etc/hostname', "lies outside the hand-in's folder"],
  ['../none.js', "../none.js lies outside the hand-in's folder"],
  ['link.js', "link.js lies outside the hand-in's folder"],
  ['way/secret.js', "way/secret.js lies outside the hand-in's folder"],
  ['way/none.js', "way/none.js lies outside the hand-in's folder"],
  ['none.js', 'none.js is missing'],
  ['beside.js/none.js', 'beside.js/none.js is missing'],
  ['folder', 'folder is not a regular file'],
  ['', '. is not a regular file'],
  ['pipe', 'pipe is not a regular file'],
  ['large.js', 'large.js is larger than 1048576 bytes'],
  ['no\nfile\0.js', 'no?file?.js cannot be read (ERR_INVALID_ARG_VALUE)'],
])(
  'code handed in is no other file than a regular one in the folder: %j',
  async (file, message) => {
    for (const lang of ['en', 'zh']) {
      const test = await inFolder(file, '--lang', lang)
      expect(test).toMatchObject({ status: 'error', output: null })
      expect(test.message).toMatch(/^[^\n]+$/)
      if (lang === 'en') expect(test.message).toContain(message)
    }
  },
)

it.each(['beside.js', 'folder/../beside.js', './within.js', beside])(
  'code handed in is read from %s',
  async (file) => {
    expect((await inFolder(file)).message).toContain('SyntaxError')
  },
)

it.each([
  ['throws', 'function outputSize() { throw new Error("oh") }', 'Your code stopped with Error: oh'],
  ['does not parse', 'function (', 'Your code stopped with SyntaxError'],
  ['takes too long', 'function outputSize() { for (;;) {} }', 'Stopped after 5 seconds'],
])('code handed in that %s is an error', { timeout: 10_000 }, async (_, code, message) => {
  const { status, message: said } = await gradeOf({ code })
  expect({ status, said }).toEqual({ status: 'error', said: expect.stringContaining(message) })
})

it('code handed in that gives something else is wrong', async () => {
  expect((await gradeOf({ code: 'const outputSize = () => -1' })).status).toBe('fail')
  expect((await gradeOf({ code: '' })).status).toBe('fail')
})

it('code handed in has what it printed beside its grade', async () => {
  const code = 'const outputSize = () => { console.log("hm"); return -1 }'
  expect((await gradeOf({ code })).output).toMatch(/^(hm\n)+hm$/)
})

it.each([
  ['emoji', '"\u{1F600}".repeat(400)', /^\u{1F600}+$/u],
  [
    'families',
    '"\u{1F468}\u200D\u{1F469}\u200D\u{1F467}".repeat(99)',
    /^(\u{1F468}\u200D\u{1F469}\u200D\u{1F467})+$/u,
  ],
  ['an odd number of units', '"a" + "\u{1F600}".repeat(400)', /^a\u{1F600}+$/u],
  ['one line', '"hm".repeat(999)', /^(hm)+h?$/],
])(
  'output is cut between characters where code printed much, and says so: %s',
  async (_, text, whole) => {
    const code = `const outputSize = () => { console.log(${text}); return -1 }`
    for (const [lang, note] of [
      ['en', '(The rest is cut off.)'],
      ['zh', '（其余部分已截断。）'],
    ] as const) {
      const { output } = await gradeOf({ code }, '--lang', lang)
      const [kept = '', said] = (output as string).split('\n')
      expect(said).toBe(note)
      expect(kept).toMatch(whole)
      expect(output?.length).toBeLessThanOrEqual(500)
      expect(output?.length).toBeGreaterThan(480)
    }
  },
)

it('output says that it is cut, too, where code printed many lines', async () => {
  const code = 'let n = 0; const outputSize = () => { while (n < 51) console.log(++n); return -1 }'
  const { output } = await gradeOf({ code })
  expect(output?.split('\n').slice(-2)).toEqual(['50', '(The rest is cut off.)'])
})

it('code handed in leaves no half of a character in the results', async () => {
  const code = 'const outputSize = () => { console.log("\\ud83d"); throw "\\ude00" }'
  const { output, message } = await gradeOf({ code })
  expect(output).toContain('\uFFFD')
  expect(message).toContain('\uFFFD')
})

it.each([
  ['en', 'your code printed, in its first 10 lines:'],
  ['zh', '你的代码输出（前 10 行）：'],
])(
  'a learner is told of lines that are left out where code is checked by itself (%s)',
  async (lang, note) => {
    const file = join(folder, 'lines.js')
    writeFileSync(
      file,
      'let n = 0; const outputSize = () => { console.log(++n); return n < 60 && outputSize() }',
    )
    const words = ['lesson', 'check', 'output-shape', 'write-it', '--file', file, '--lang', lang]
    const { out } = await convlab(...words, '--state', freshState())
    expect(out).toContain(note)
    expect(out).toMatch(/^ {2}10\n\n/m)
  },
)
