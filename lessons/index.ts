// The course: its lessons in the order they are taught. A new lesson is a folder and a line here.
import { diceFor } from '../src/course/dice.ts'
import type { Lesson } from '../src/course/lesson.ts'
import type { Question } from '../src/course/question.ts'
import { lesson as onePixel } from './01-one-pixel/lesson.ts'
import { lesson as outputShape } from './02-output-shape/lesson.ts'
import { lesson as channels } from './03-channels/lesson.ts'
import { lesson as cost } from './04-cost/lesson.ts'
import { lesson as staticExample } from './05-static-example/lesson.ts'
import { lesson as attention } from './06-attention/lesson.ts'
import { lesson as mixing } from './07-mixing/lesson.ts'
import { lesson as batch } from './08-batch/lesson.ts'
import { lesson as temperature } from './09-temperature/lesson.ts'
import { lesson as dynamicCost } from './10-dynamic-cost/lesson.ts'
import { lesson as inPytorch } from './11-in-pytorch/lesson.ts'
import { lesson as claims } from './12-claims/lesson.ts'
import { lesson as condconvAndOdconv } from './13-condconv-and-odconv/lesson.ts'
import { lesson as fastConvolution } from './14-fast-convolution/lesson.ts'
import { lesson as doesItHelp } from './15-does-it-help/lesson.ts'

/** By folder, NN-name. */
export const lessons: Readonly<Record<string, Lesson>> = {
  '01-one-pixel': onePixel,
  '02-output-shape': outputShape,
  '03-channels': channels,
  '04-cost': cost,
  '05-static-example': staticExample,
  '06-attention': attention,
  '07-mixing': mixing,
  '08-batch': batch,
  '09-temperature': temperature,
  '10-dynamic-cost': dynamicCost,
  '11-in-pytorch': inPytorch,
  '12-claims': claims,
  '13-condconv-and-odconv': condconvAndOdconv,
  '14-fast-convolution': fastConvolution,
  '15-does-it-help': doesItHelp,
}

export interface CourseLesson extends Lesson {
  /** its place in the course, from 1 */
  readonly number: number
  readonly name: string
  readonly folder: string
}

export const course: readonly CourseLesson[] = Object.entries(lessons).map(
  ([folder, lesson], at) => ({ ...lesson, folder, name: folder.slice(3), number: at + 1 }),
)

/** The questions of a lesson with this student's numbers. */
export function questionsFor(lesson: CourseLesson, student: string): Map<string, Question> {
  return new Map(
    Object.entries(lesson.questions).map(([id, draw]) => [
      id,
      draw(diceFor(student, lesson.name, id)),
    ]),
  )
}
