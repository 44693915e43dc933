// What lessons say of PyTorch programs, held to what the programs printed under PyTorch itself, as
// test/torch/lesson_programs.py recorded it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { languages } from '../../src/base/text.ts'
import { parseLesson } from '../../src/course/markdown.ts'
import type { LineQuestion } from '../../src/course/question.ts'
import recorded from '../torch/fixtures/lesson-programs.json' with { type: 'json' }
import { convlab, lessonsFolder } from './course.ts'

const lessonNamed = (name: string) => course.find((lesson) => lesson.name === name)
const textOf = (name: string, language: string) => {
  const lesson = lessonNamed(name) as (typeof course)[number]
  const file = join(lessonsFolder, lesson.folder, `lesson.${language}.md`)
  return parseLesson(readFileSync(file, 'utf8'), lesson.facts())
}
const recordOf = (name: string) =>
  recorded.cases.find(({ lesson }) => lesson.endsWith(name)) as (typeof recorded.cases)[number]
const again = 'record it anew: test/torch/lesson_programs.py'

it.each(languages)(
  'every program of the course is recorded as it is today (%s)',
  async (language) => {
    const today: { lesson: string; from: string; program: string }[] = []
    for (const { name, folder } of course) {
      const markdown = readFileSync(join(lessonsFolder, folder, `lesson.${language}.md`), 'utf8')
      for (const [, program = ''] of markdown.matchAll(/^```python\n([\s\S]*?)^```$/gm))
        today.push({ lesson: folder, from: 'python', program })
      for (const block of textOf(name, language).blocks) {
        if (block.kind !== 'command' || !block.line.includes('--torch')) continue
        const { out } = await convlab(...block.line.split(' '))
        today.push({ lesson: folder, from: block.line, program: out })
      }
    }
    expect(today, again).toEqual(recorded.cases.map(({ printed: _, ...each }) => each))
  },
)

describe.each(recorded.cases.filter(({ from }) => from !== 'python'))('$from', (record) => {
  it('prints the steps of convlab: names, shapes and first values', async () => {
    const line = record.from.replace(' --torch', ' --json --values')
    const { steps } = JSON.parse((await convlab(...line.split(' '))).out)
    const lines = record.printed.map((printed) =>
      /^(\S+) +(\[.*\]) +(\S+)$/.exec(printed)?.slice(1),
    )
    expect(lines.map((each) => each?.slice(0, 2))).toEqual(
      steps.map((step: { id: string; shape: number[] }) => [step.id, `[${step.shape.join(', ')}]`]),
    )
    for (const [at, { id, values }] of steps.entries())
      expect(Number(lines[at]?.[2]), id).toBeCloseTo(values[0], 4)
  })
})

describe('in-pytorch', () => {
  const { program, printed } = recordOf('in-pytorch')

  it.each(languages)('quotes the last line that the program prints (%s)', (language) => {
    const quoted = textOf('in-pytorch', language).blocks.filter(({ kind }) => kind === 'literal')
    expect(quoted).toEqual([{ kind: 'literal', text: printed.at(-1) }])
  })

  it('works the last value out where the lesson says so', async () => {
    const { out } = await convlab('dynamic', '--at', '0,0,0,0')
    expect(out).toContain(printed.at(-1)?.split(' ').at(-1))
  })

  it('has the three repairs', () => {
    expect(program).toContain('.view(batch * 16,')
    expect(program).toMatch(/for k in range\(4\):\n +nn\.init\.kaiming_uniform_\(self\.weight\[k\]/)
    expect(program).toContain('F.softmax(fc2 / 1, 1)')
  })

  it('asks for a value that the program prints', async () => {
    const lesson = lessonNamed('in-pytorch') as (typeof course)[number]
    const { ask, right } = questionsFor(lesson, '').get('same') as LineQuestion
    const command = /`convlab ([^`]+)`/.exec(ask.en)?.[1] ?? ''
    const step = /first value of the (\S+),/.exec(ask.en)?.[1]
    const { steps } = JSON.parse((await convlab(...command.split(' '), '--json')).out)
    const first = steps.find(({ id }: { id: string }) => id === step).values[0]
    expect(Number(right)).toBeCloseTo(first, 4)
  })
})

describe('static-example', () => {
  it('prints under PyTorch what --article prints', async () => {
    const { out } = await convlab('static', '--article')
    expect(out.trimEnd().split('\n')).toEqual(recordOf('static-example').printed)
  })
})
