// The author's safety net: every lesson is whole, true in both languages, and can be solved.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Chalk } from 'chalk'
import { describe, expect, it } from 'vitest'
import { type CourseLesson, course, questionsFor } from '../../lessons/index.ts'
import { type Language, languages } from '../../src/base/text.ts'
import { sandbox } from '../../src/cli/sandbox.ts'
import { renderProse, renderQuestion } from '../../src/commands/lesson/page/page.ts'
import { edited, judgeCode, type Sources } from '../../src/course/code.ts'
import { type MarkdownBlock, parseLesson } from '../../src/course/markdown.ts'
import type { CodeQuestion, LineQuestion, Question } from '../../src/course/question.ts'
import { createStyle } from '../../src/show/style.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab, lessonsFolder, runner } from './course.ts'

const students = ['', 'anna', 'bo', '李雷', '20250001']
const many = Array.from({ length: 300 }, (_, n) => (n === 0 ? '' : `student-${n}`))
const run = sandbox(runner)
const untouched = { passed: false, skipped: false, tries: 0, hints: 0 }

/** In the order of their task ids, as graders' tools have seen them: these never change. */
const firstLessons = `one-pixel output-shape channels cost static-example attention mixing batch
  temperature dynamic-cost in-pytorch claims condconv-and-odconv fast-convolution does-it-help`

function read({ folder }: CourseLesson, file: string): string {
  return readFileSync(join(lessonsFolder, folder, file), 'utf8')
}

function sourcesOf(lesson: CourseLesson): Sources {
  return { exercise: read(lesson, 'exercise.js'), solution: read(lesson, 'solution.js') }
}

function blocksOf(lesson: CourseLesson, language: string): readonly MarkdownBlock[] {
  return parseLesson(read(lesson, `lesson.${language}.md`), lesson.facts()).blocks
}

function ofKind<Kind extends MarkdownBlock['kind']>(blocks: readonly MarkdownBlock[], kind: Kind) {
  return blocks.filter(
    (block): block is Extract<MarkdownBlock, { kind: Kind }> => block.kind === kind,
  )
}

function codeOf(questions: ReadonlyMap<string, Question>): [string, CodeQuestion][] {
  return [...questions].flatMap(([id, question]) =>
    question.kind === 'code' ? [[id, question]] : [],
  )
}

/** A lesson's own words, block by block: prose, then what its questions say. */
function wordsOf(lesson: CourseLesson, language: Language): string[] {
  const prose = blocksOf(lesson, language).flatMap((block) =>
    'items' in block ? block.items : 'text' in block ? [block.text] : [],
  )
  const questions = [...questionsFor(lesson, '').values()].flatMap((question) => [
    question.ask,
    ...question.hints,
    question.solution,
    ...('wrong' in question ? question.wrong : question.mistakes).map(({ says }) => says),
  ])
  return [...prose, ...questions.map((text) => text[language])]
}

it.each([
  ['the article', /\bthe article/i, /\*\*the article\*\*/, /文章/, /\*\*文章\*\*/],
  [
    'the paper',
    /\bthe paper/i,
    /the paper that proposed .*arXiv/,
    /所以.*论文/,
    /提出动态卷积的论文.*arXiv/,
  ],
  ['ODConv', /ODConv/, /ODConv \(arXiv/, /ODConv/, /ODConv（arXiv/],
  ['the figure', /\bthe figure/i, /these GIFs/, /图上/, /一张 GIF/],
])('the course says what %s is where it is first spoken of', (_, en, inEnglish, zh, inChinese) => {
  for (const [language, named, introduced] of [
    ['en', en, inEnglish],
    ['zh', zh, inChinese],
  ] as const) {
    const words = course.flatMap((lesson) => wordsOf(lesson, language))
    const first = words.findIndex((text) => introduced.test(text))
    expect(first).toBeGreaterThan(-1)
    expect(words.slice(0, first).filter((text) => named.test(text))).toEqual([])
  }
})

it('the course registers every folder, and has a folder for every entry', () => {
  const folders = readdirSync(lessonsFolder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  expect(folders.map(({ name }) => name)).toEqual(course.map(({ folder }) => folder))
  for (const { folder, number } of course)
    expect(folder).toMatch(new RegExp(`^${String(number).padStart(2, '0')}-[a-z]+(-[a-z]+)*$`))
})

it('the course keeps the task id of every lesson, and gives none twice', () => {
  const ids = Object.fromEntries(course.map(({ name, taskId }) => [name, taskId]))
  for (const [at, name] of firstLessons.split(/\s+/).entries()) expect(ids[name]).toBe(at + 1)
  expect(new Set(Object.values(ids)).size).toBe(course.length)
  for (const id of Object.values(ids)) expect(Number.isInteger(id) && id > 0).toBe(true)
})

describe.each(course.map((lesson) => [lesson.name, lesson] as const))('%s', (name, lesson) => {
  const questions = questionsFor(lesson, '')
  const exercises = codeOf(questions)

  it('has its files and no other', () => {
    const code = exercises.length > 0 ? ['exercise.js'] : []
    const solution = exercises.length > 0 ? ['solution.js'] : []
    const texts = ['lesson.en.md', 'lesson.ts', 'lesson.zh.md']
    expect(readdirSync(join(lessonsFolder, lesson.folder)).sort()).toEqual([
      ...code,
      ...texts,
      ...solution,
    ])
  })

  it.each(languages)('reads well in %s: its own name, 5 to 15 minutes', (language) => {
    const text = parseLesson(read(lesson, `lesson.${language}.md`), lesson.facts())
    expect(text.name).toBe(name)
    expect(text.minutes).toBeGreaterThanOrEqual(5)
    expect(text.minutes).toBeLessThanOrEqual(15)
    expect(ofKind(text.blocks, 'question').map(({ id }) => id)).toEqual([...questions.keys()])
    expect(text.blocks.at(-1)?.kind, 'ends in something to do').toBe('question')
  })

  it('runs the same commands in both languages', () => {
    const [en, zh] = languages.map((language) => ofKind(blocksOf(lesson, language), 'command'))
    expect(zh).toEqual(en)
  })

  it('points only to commands that there are', async () => {
    const texts = ['lesson.ts', 'lesson.en.md', 'lesson.zh.md'].map((file) => read(lesson, file))
    const named = texts.join('\n').matchAll(/`convlab ([a-z]+)(?: ([a-z][a-z-]+))?/g)
    for (const [, command = '', second] of named) {
      const asked =
        command === 'mistakes' ? [command, ...(second ? [second] : [])] : [command, '--help']
      expect(await convlab(...asked), asked.join(' ')).toMatchObject({ code: 0 })
    }
  })

  it('translates the text of today', () => {
    const hash = createHash('sha256').update(read(lesson, 'lesson.en.md')).digest('hex')
    const { source } = parseLesson(read(lesson, 'lesson.zh.md'), lesson.facts())
    expect(source, 'look the translation over, then set its source to this hash').toBe(hash)
  })

  it.each(languages)('quotes only numbers that its commands print (%s)', async (language) => {
    const blocks = blocksOf(lesson, language)
    const outputs: string[] = []
    for (const { line } of ofKind(blocks, 'command')) {
      const { code, out, err } = await convlab(...line.split(' '), '--lang', language)
      expect([0, 1], `convlab ${line}: ${err}`).toContain(code)
      outputs.push(out + err)
    }
    const typed = read(lesson, `lesson.${language}.md`)
      .replace(/```convlab\n[\s\S]*?```/g, '')
      .replace(/\{\{.*?\}\}/g, '')
      .match(/(?<![\w.])\d+(\.\d+|(,\d{3})+)(?![\w.]\d)/g)
    const shown = outputs.join('\n')
    expect((typed ?? []).filter((number) => !shown.includes(number))).toEqual([])
  })

  it('fits 80 columns', () => {
    for (const language of languages) {
      const style = createStyle(language, 80, new Chalk({ level: 0 }), false)
      const lines = blocksOf(lesson, language).flatMap((block) => {
        if (block.kind === 'command') return []
        if (block.kind !== 'question') return renderProse(block, style)
        return renderQuestion(block.id, questions.get(block.id) as Question, untouched, style)
      })
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([])
    }
  })

  it('has no blank beside a full-width mark', () => {
    const prose = blocksOf(lesson, 'zh').flatMap((block) => {
      if (block.kind === 'list') return block.items
      return block.kind === 'paragraph' || block.kind === 'heading' ? [block.text] : []
    })
    const asked = [...questions.values()].map(({ ask }) => ask.zh)
    expect(
      [...prose, ...asked]
        .join('\n')
        .match(/.{5}[，。；：？！、（）] .{5}|.{5} [，。；：？！、（）]/gu),
    ).toBe(null)
  })

  it('is ASCII in English with --ascii', async () => {
    const { out } = await convlab('lesson', 'show', name, '--ascii')
    expect(out.match(/[^\n -~]/g) ?? []).toEqual([])
  })

  it.each(lineQuestions(questions))('%s: its answer is right, for every student', (id) => {
    for (const student of students) {
      const question = questionsFor(lesson, student).get(id) as LineQuestion
      expect(question.judge(question.right).status, `${student}: ${question.right}`).toBe('pass')
    }
  })

  it.each(lineQuestions(questions))('%s: every diagnosis is reached', (id) => {
    for (const student of students) {
      const { wrong, judge } = questionsFor(lesson, student).get(id) as LineQuestion
      expect(wrong.length).toBeGreaterThan(0)
      for (const { answer, says } of wrong)
        expect(judge(answer), `${student}: ${answer}`).toEqual({ status: 'fail', says })
    }
  })

  it('no wrong answer is right by chance, for many students', { timeout: 60_000 }, () => {
    for (const student of many)
      for (const [id, question] of questionsFor(lesson, student)) {
        if (question.kind === 'code' || question.kind === 'command') continue
        const { judge, options, right, wrong } = question
        expect(new Set(options.map(({ en }) => en)).size).toBe(options.length)
        expect(judge(right).status, `${student} ${id}: ${right}`).toBe('pass')
        for (const { answer, says } of wrong)
          expect(judge(answer), `${student} ${id}: ${answer}`).toEqual({ status: 'fail', says })
      }
  })

  it('who counts from 1 where 0 is meant is told so', () => {
    for (const student of many.slice(0, 20))
      for (const [id, question] of questionsFor(lesson, student)) {
        if (question.kind !== 'number' || !/from 0|\boutput\[/.test(question.ask.en)) continue
        const told = question.wrong.some(({ says }) => /count\w* from [01]/.test(says.en))
        expect(told || /\b0, \d\]|\[\d, 0\b/.test(question.ask.en), `${student} ${id}`).toBe(true)
      }
  })

  it.each(lineQuestions(questions))('%s: nothing is no answer', (id) => {
    const question = questions.get(id) as LineQuestion
    expect(question.judge('').status).toBe('unreadable')
    expect(question.judge('?').status).toBe('unreadable')
  })

  it.each(exercises)('%s: fails as shipped', async (_, exercise) => {
    const sources = sourcesOf(lesson)
    const { status } = await judgeCode(exercise, sources.exercise, sources, run)
    expect(['fail', 'error']).toContain(status)
    expect(read(lesson, 'exercise.js').split('TODO')).toHaveLength(exercises.length + 1)
  })

  it.each(exercises)('%s: is solved by its solution, for every student', async (id) => {
    const sources = sourcesOf(lesson)
    for (const student of students) {
      const question = questionsFor(lesson, student).get(id) as CodeQuestion
      expect(await judgeCode(question, sources.solution, sources, run)).toEqual({
        status: 'pass',
        says: question.because,
      })
    }
  })

  it.each(
    exercises.flatMap(([id, exercise]) =>
      exercise.mistakes.map((mistake) => [id, mistake.says.en, exercise, mistake] as const),
    ),
  )('%s diagnoses: %s', async (_id, _says, exercise, { edit, says }) => {
    const sources = sourcesOf(lesson)
    const verdict = await judgeCode(exercise, edited(sources.solution, edit), sources, run)
    expect(verdict).toEqual({ status: 'fail', says })
  })
})

function lineQuestions(questions: ReadonlyMap<string, Question>): string[] {
  return [...questions].filter(([, { kind }]) => kind !== 'code').map(([id]) => id)
}
