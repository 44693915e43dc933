// Grades in the shape of Exercism's results.json, version 3, which graders' tools read.
import type { Language } from '../text.ts'
import type { Verdict } from './question.ts'

/** One graded question. */
export interface Grade {
  readonly lesson: string
  /** the lesson's */
  readonly taskId: number
  readonly question: string
  readonly asked: string
  /** undefined if nothing was answered */
  readonly verdict: Verdict | undefined
}

export interface Results {
  readonly version: 3
  readonly status: 'pass' | 'fail'
  readonly message: null
  readonly tests: readonly {
    readonly name: string
    readonly status: 'pass' | 'fail'
    /** null where there is nothing to mend */
    readonly message: string | null
    /** what the learner's code printed */
    readonly output: string | null
    /** the question */
    readonly test_code: string
    readonly task_id: number
  }[]
}

/** Exercism shows at most this many characters of output. */
const MOST_OUTPUT = 500

export function resultsOf(grades: readonly Grade[], language: Language): Results {
  const tests = grades.map(({ lesson, taskId, question, asked, verdict }) => {
    const status = verdict?.status === 'pass' ? ('pass' as const) : ('fail' as const)
    return {
      name: `${lesson} / ${question}`,
      status,
      message: status === 'pass' ? null : (verdict?.says ?? noAnswer)[language],
      output: verdict?.output?.slice(0, MOST_OUTPUT) ?? null,
      test_code: asked,
      task_id: taskId,
    }
  })
  const status = tests.every((test) => test.status === 'pass') ? 'pass' : 'fail'
  return { version: 3, status, message: null, tests }
}

const noAnswer = { en: 'No answer was given.', zh: '没有作答。' }
