// Progress as text: one JSON document with a version.
import { type CourseState, VERSION } from './course-state.ts'

/** `newer`: written by a later convlab; `corrupt`: not a state at all. */
export type ReadState = { readonly state: CourseState } | { readonly fault: 'newer' | 'corrupt' }

export function readState(text: string): ReadState {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fault: 'corrupt' }
  }
  if (!isRecord(value)) return { fault: 'corrupt' }
  if (typeof value.version === 'number' && value.version > VERSION) return { fault: 'newer' }
  return isState(value) ? { state: value as unknown as CourseState } : { fault: 'corrupt' }
}

export function writeState(state: CourseState): string {
  return `${JSON.stringify(state, null, 2)}\n`
}

function isState({ version, student, students }: Record<string, unknown>): boolean {
  return version === VERSION && typeof student === 'string' && everyOf(students, isStudent)
}

function isStudent({ current, lessons }: Record<string, unknown>): boolean {
  return optionalText(current) && everyOf(lessons, isLesson)
}

function isLesson({ file, questions }: Record<string, unknown>): boolean {
  return optionalText(file) && everyOf(questions, isQuestion)
}

function isQuestion({ passed, skipped, tries, hints }: Record<string, unknown>): boolean {
  const flags = [passed, skipped].every((flag) => typeof flag === 'boolean')
  return flags && [tries, hints].every((count) => Number.isInteger(count) && (count as number) >= 0)
}

function optionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function everyOf(value: unknown, is: (each: Record<string, unknown>) => boolean): boolean {
  return isRecord(value) && Object.values(value).every((each) => isRecord(each) && is(each))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
