// A process that saves progress: `saver FILE forever` flips between two states until it is killed,
// `saver FILE add NAME COUNT` records that many answers of its own.
import { changeState } from '../../src/commands/lesson/study/state-file.ts'
import { answered, type CourseState } from '../../src/course/course-state.ts'

const [path = '', what, name = '', count = '0'] = process.argv.slice(2)
const pass = { status: 'pass', says: { en: '', zh: '' } } as const
const warn = ({ en }: { en: string }) => void process.stderr.write(en)

/** Two states of many answers each, that differ everywhere. */
function full(lesson: string): CourseState {
  let state: CourseState = { version: 1, student: lesson, students: {} }
  for (let id = 0; id < 300; id++) state = answered(state, lesson, `question-${id}`, pass)
  return state
}

async function add(): Promise<void> {
  for (let id = 0; id < Number(count); id++)
    await changeState(path, warn, (state) => answered(state, name, `question-${id}`, pass))
}

async function forever(): Promise<void> {
  const [old, fresh] = [full('old'), full('new')]
  await changeState(path, warn, () => old)
  process.stdout.write('saved\n')
  for (let turn = 0; ; turn++) await changeState(path, warn, () => (turn % 2 ? old : fresh))
}

what === 'add' ? add() : forever()
