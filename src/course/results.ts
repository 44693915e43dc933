// Grades in the shape of Exercism's results.json, version 3, which graders' tools read.
import type { Language } from '../base/text.ts'
import { type Assessment, cutOff, type Printed } from './question.ts'

/** One graded question. */
export interface Grade {
  readonly lesson: string
  /** the lesson's */
  readonly taskId: number
  readonly question: string
  readonly asked: string
  /** undefined if nothing was answered */
  readonly verdict: Assessment | undefined
}

/** error: the answer could not be judged */
type Status = 'pass' | 'fail' | 'error'

export interface ExercismResults {
  readonly version: 3
  readonly status: Status
  /** what went wrong, where it did so with every question */
  readonly message: string | null
  readonly tests: readonly {
    readonly name: string
    readonly status: Status
    /** null where there is nothing to mend */
    readonly message: string | null
    /** what the learner's code printed */
    readonly output: string | null
    /** the question */
    readonly test_code: string
    readonly task_id: number
  }[]
}

/** In characters; Exercism shows no more. */
const MOST_OUTPUT = 500
const MOST_MESSAGE = 65535

export function resultsOf(grades: readonly Grade[], language: Language): ExercismResults {
  const tests = grades.map(({ lesson, taskId, question, asked, verdict }) => {
    const status = statusOf(verdict)
    const message = (verdict?.says ?? noAnswer)[language]
    return {
      name: `${lesson} / ${question}`,
      status,
      message:
        status === 'pass' ? null : within(MOST_MESSAGE, { text: message, more: false }, language),
      output: verdict?.output ? within(MOST_OUTPUT, verdict.output, language) : null,
      test_code: asked,
      task_id: taskId,
    }
  })
  const status = wholeStatus(tests.map((test) => test.status))
  return {
    version: 3,
    status,
    message: status === 'error' ? (tests[0]?.message ?? null) : null,
    tests,
  }
}

function statusOf(verdict: Assessment | undefined): Status {
  const { status } = verdict ?? { status: 'fail' }
  return status === 'unreadable' ? 'fail' : status
}

/** error, which needs a message, only where nothing at all could be judged */
function wholeStatus(statuses: readonly Status[]): Status {
  const [first = 'fail'] = statuses
  return statuses.every((each) => each === first) ? first : 'fail'
}

/** A text in at most so many characters, whole ones, that says where it was cut. */
function within(most: number, { text, more }: Printed, language: Language): string {
  if (text.length <= most && !more) return text
  const note = `\n${cutOff[language]}`
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, most))) {
    if (kept.length + segment.length + note.length > most) break
    kept += segment
  }
  return kept + note
}

const noAnswer = { en: 'No answer was given.', zh: '没有作答。' }
