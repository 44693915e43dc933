// convlab lesson: every lesson with its progress.
import { course } from '../../../../lessons/index.ts'
import { questionOf, studentOf } from '../../../course/course-state.ts'
import { renderList } from '../page/list.ts'
import { readHead } from './course-files.ts'
import type { LessonStudy } from './study.ts'

/** @returns the exit code */
export async function list(study: LessonStudy): Promise<number> {
  const state = await study.load()
  const lines = await Promise.all(
    course.map(async (lesson) => {
      const { title, minutes } = await readHead(study.folder, lesson, study.style.language)
      return {
        number: lesson.number,
        name: lesson.name,
        title,
        minutes,
        current: studentOf(state).current === lesson.name,
        questions: Object.keys(lesson.questions).map((id) => questionOf(state, lesson.name, id)),
      }
    }),
  )
  await study.say(renderList(lines, study.style).trimEnd())
  return 0
}
