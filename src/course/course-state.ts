// How far each student has come: plain data, keyed by names, so that lessons can be added, moved
// and dropped. Every function gives a new state.
import type { Assessment } from './question.ts'

export const VERSION = 1

export interface QuestionProgress {
  readonly passed: boolean
  /** not answered, and not wanted for now; never counts as passed */
  readonly skipped: boolean
  readonly tries: number
  /** hints seen: 0, 1, 2, or 3 with the worked solution */
  readonly hints: number
}

export interface LessonProgress {
  readonly questions: Readonly<Record<string, QuestionProgress>>
  /** where the learner's code is */
  readonly file?: string
}

export interface StudentProgress {
  /** the lesson to resume */
  readonly current?: string
  readonly lessons: Readonly<Record<string, LessonProgress>>
}

export interface CourseState {
  readonly version: typeof VERSION
  /** who learns, until --student says otherwise; '' without a name */
  readonly student: string
  readonly students: Readonly<Record<string, StudentProgress>>
}

export const emptyState: CourseState = { version: VERSION, student: '', students: {} }
const untouched: QuestionProgress = { passed: false, skipped: false, tries: 0, hints: 0 }

export function studentOf(state: CourseState): StudentProgress {
  return state.students[state.student] ?? { lessons: {} }
}

export function questionOf(state: CourseState, lesson: string, id: string): QuestionProgress {
  return studentOf(state).lessons[lesson]?.questions[id] ?? untouched
}

/** Makes a lesson the one to resume; `file` is where its exercise was put. */
export function started(state: CourseState, lesson: string, file?: string): CourseState {
  const student = studentOf(state)
  const before = student.lessons[lesson] ?? { questions: {} }
  const after = file === undefined ? before : { ...before, file }
  return withStudent(state, {
    current: lesson,
    lessons: { ...student.lessons, [lesson]: after },
  })
}

export function answered(
  state: CourseState,
  lesson: string,
  id: string,
  verdict: Assessment,
): CourseState {
  if (verdict.status === 'unreadable') return state
  return withQuestion(state, lesson, id, (before) => ({
    ...before,
    passed: before.passed || verdict.status === 'pass',
    skipped: before.skipped && verdict.status !== 'pass',
    tries: before.tries + 1,
  }))
}

export function hinted(state: CourseState, lesson: string, id: string): CourseState {
  return withQuestion(state, lesson, id, (before) => ({
    ...before,
    hints: Math.min(3, before.hints + 1),
  }))
}

export function skipped(state: CourseState, lesson: string, id: string): CourseState {
  return withQuestion(state, lesson, id, (before) => ({ ...before, skipped: !before.passed }))
}

/** Forgets one lesson, or all of them; where the exercise's file is stays known. */
export function reset(state: CourseState, lesson?: string): CourseState {
  const student = studentOf(state)
  const lessons = Object.fromEntries(
    Object.entries(student.lessons).map(([name, progress]) =>
      lesson === undefined || lesson === name
        ? [name, { ...progress, questions: {} }]
        : [name, progress],
    ),
  )
  const { current, ...rest } = student
  const kept = lesson === undefined || current === undefined ? rest : { ...rest, current }
  return withStudent(state, { ...kept, lessons })
}

/** What both know: nothing that was reached in either is lost. */
export function merged(state: CourseState, other: CourseState): CourseState {
  const students = { ...state.students }
  for (const [id, theirs] of Object.entries(other.students)) {
    const ours = students[id] ?? { lessons: {} }
    const lessons = { ...ours.lessons }
    for (const [name, lesson] of Object.entries(theirs.lessons))
      lessons[name] = {
        ...lesson,
        ...lessons[name],
        questions: mergedQuestions(lessons[name], lesson),
      }
    students[id] = { ...theirs, ...ours, lessons }
  }
  return { ...state, students }
}

function mergedQuestions(ours: LessonProgress | undefined, theirs: LessonProgress) {
  const questions = { ...ours?.questions }
  for (const [id, b] of Object.entries(theirs.questions)) {
    const a = questions[id] ?? untouched
    const passed = a.passed || b.passed
    questions[id] = {
      passed,
      skipped: !passed && (a.skipped || b.skipped),
      tries: Math.max(a.tries, b.tries),
      hints: Math.max(a.hints, b.hints),
    }
  }
  return questions
}

function withStudent(state: CourseState, student: StudentProgress): CourseState {
  return { ...state, students: { ...state.students, [state.student]: student } }
}

function withQuestion(
  state: CourseState,
  lesson: string,
  id: string,
  change: (before: QuestionProgress) => QuestionProgress,
): CourseState {
  const student = studentOf(state)
  const before = student.lessons[lesson] ?? { questions: {} }
  const questions = { ...before.questions, [id]: change(questionOf(state, lesson, id)) }
  return withStudent(state, {
    ...student,
    lessons: { ...student.lessons, [lesson]: { ...before, questions } },
  })
}
