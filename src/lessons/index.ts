// The course: its lessons in the order they are taught. A new lesson is a folder and a line here.
import { lesson as onePixel } from '../../lessons/01-one-pixel/lesson.ts'
import { lesson as outputShape } from '../../lessons/02-output-shape/lesson.ts'
import { lesson as channels } from '../../lessons/03-channels/lesson.ts'
import { lesson as cost } from '../../lessons/04-cost/lesson.ts'
import { lesson as staticExample } from '../../lessons/05-static-example/lesson.ts'
import { lesson as attention } from '../../lessons/06-attention/lesson.ts'
import { lesson as mixing } from '../../lessons/07-mixing/lesson.ts'
import { lesson as batch } from '../../lessons/08-batch/lesson.ts'
import { lesson as temperature } from '../../lessons/09-temperature/lesson.ts'
import { lesson as dynamicCost } from '../../lessons/10-dynamic-cost/lesson.ts'
import { lesson as inPytorch } from '../../lessons/11-in-pytorch/lesson.ts'
import { lesson as claims } from '../../lessons/12-claims/lesson.ts'
import { lesson as condconvAndOdconv } from '../../lessons/13-condconv-and-odconv/lesson.ts'
import { lesson as fastConvolution } from '../../lessons/14-fast-convolution/lesson.ts'
import { lesson as doesItHelp } from '../../lessons/15-does-it-help/lesson.ts'
import { diceFor } from './dice.ts'
import type { Lesson } from './lesson.ts'
import type { Question } from './question.ts'

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
