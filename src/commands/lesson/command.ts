// convlab lesson: the course.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { type Suggest, suggest } from '../../cli/flags.ts'
import type { Session } from '../../cli/io.ts'
import { filesFor } from '../../cli/paths.ts'
import { type Actions, actions } from './study/actions.ts'
import { list } from './study/list.ts'
import { progress } from './study/progress.ts'
import { createStudy, type LessonStudy } from './study/study.ts'
import { lessonLists, lessonNames, lessonPlaces } from './suggestions.ts'

const subcommands: Readonly<Record<keyof Actions, { usage: string; help: Text }>> = {
  start: {
    usage: '[name]',
    help: {
      en: 'begin a lesson, or go on where you stopped',
      zh: '开始一课，或从上次停下的地方继续',
    },
  },
  next: { usage: '', help: { en: 'go on to the next lesson', zh: '进入下一课' } },
  show: { usage: '[name]', help: { en: 'the whole lesson as text', zh: '显示整课内容' } },
  check: {
    usage: '[answer...]',
    help: {
      en: 'judge an answer: [lesson] [question] ANSWER; or the code of an exercise',
      zh: '判断答案：[课名] [问题] 答案；或检查练习代码',
    },
  },
  hint: {
    usage: '[lesson] [question]',
    help: { en: 'the next hint: two, then the solution', zh: '下一条提示：先两条提示，再给解答' },
  },
  skip: {
    usage: '[lesson] [question]',
    help: { en: 'leave a question open', zh: '先跳过一个问题' },
  },
  reset: {
    usage: '[name]',
    help: { en: 'forget the answers of a lesson', zh: '清除一课的作答记录' },
  },
}

const progressCommands = {
  export: { usage: '', help: { en: 'print the progress as JSON', zh: '以 JSON 输出学习进度' } },
  import: { usage: '<file>', help: { en: 'add exported progress', zh: '并入导出的学习进度' } },
  path: { usage: '', help: { en: 'where the progress is kept', zh: '学习进度存放的位置' } },
} satisfies Record<string, { usage: string; help: Text }>

const flags: Readonly<Record<string, Text>> = {
  '--state <file>': { en: 'keep the progress in this file', zh: '把学习进度存到这个文件' },
  '--student <id>': {
    en: 'numbers of their own for every student',
    zh: '每个学生有自己的一套数字',
  },
}

const checkFlags: Readonly<Record<string, Text>> = {
  '--file <file>': { en: 'the file with your code', zh: '你的代码文件' },
  '--answers <file>': {
    en: 'grade a file of answers, without questions',
    zh: '不提问，直接评一份答案文件',
  },
  '--lessons <names|file>': {
    en: 'with --answers: the lessons that are due (default: the whole course)',
    zh: '与 --answers 合用：要交哪几课（默认全部课程）',
  },
  '--results <file>': {
    en: "with --answers: write the grades there, as Exercism's results.json",
    zh: '与 --answers 合用：按 Exercism 的 results.json 格式写出成绩',
  },
  '--exercism': {
    en: 'with --answers: exit with 0 whatever the grade, as its test runners do',
    zh: '与 --answers 合用：不论成绩如何都以 0 退出，与 Exercism 的测试程序一致',
  },
}

const aboutCheck: Text = {
  en: `
Examples:
  convlab lesson check one-pixel pixel 12
  convlab lesson check "static --size 3"     the open question of this lesson
  convlab lesson check mixing --file mix.js
  convlab lesson check --answers anna.json --lessons one-pixel,mixing

An answer file: { "student": "anna", "answers": { "one-pixel": { "pixel": 12 },
  "mixing": { "write-it": { "file": "mix.js" } } } }
Every question of the lessons that are due is graded. --lessons takes their
names, or a file of names. Files of code lie in the folder of the answer file.
The exit code is 0 if all answers are right, else 1.

Your code runs in a process of its own that may touch no file and is stopped
after 5 s. That contains accidents. It is no security boundary: check only code
that you trust.`,
  zh: `
例子：
  convlab lesson check one-pixel pixel 12
  convlab lesson check "static --size 3"     回答本课当前的问题
  convlab lesson check mixing --file mix.js
  convlab lesson check --answers anna.json --lessons one-pixel,mixing

答案文件：{ "student": "anna", "answers": { "one-pixel": { "pixel": 12 },
  "mixing": { "write-it": { "file": "mix.js" } } } }
要交的每一课，每道题都会评分。--lessons 后面写课名，或写有课名的文件。
代码文件要放在答案文件所在的文件夹里。全部答对时退出码为 0，否则为 1。

练习代码在单独的进程里运行，不能读写文件，超过 5 秒即停止。这只能防意外，
不是安全边界：不要检查来历不明的代码。`,
}

/** What may stand behind the commands below. */
const suggestions: Readonly<Partial<Record<keyof Actions, Suggest>>> = {
  start: lessonNames,
  show: lessonNames,
  reset: lessonNames,
  check: lessonPlaces,
  hint: lessonPlaces,
  skip: lessonPlaces,
}

type Act = (study: LessonStudy, words: readonly string[], options: Options) => Promise<number>
type Options = Readonly<Record<string, string | boolean | undefined>>

export function define(lesson: Command, session: Session): void {
  const { language } = session
  const run =
    (act: Act) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command
      const options: Options = command.optsWithGlobals()
      session.exit(await act(await createStudy(options, session), command.args, options))
    }

  for (const [flag, help] of Object.entries(flags)) lesson.option(flag, help[language])
  lesson.action(run(list))
  for (const [name, { usage, help }] of Object.entries(subcommands)) {
    const command = lesson.command(`${name} ${usage}`.trim()).description(help[language])
    if (name === 'start') command.option('--file <file>', checkFlags['--file <file>']?.[language])
    if (name === 'reset') command.option('--all', { en: 'all lessons', zh: '全部课程' }[language])
    if (name === 'check') addCheckFlags(command, session)
    const names = suggestions[name as keyof Actions]
    if (names) suggest(command, names)
    command.action(run(actions[name as keyof Actions]))
  }
  const below = lesson
    .command('progress')
    .description({ en: 'carry progress to another machine', zh: '把进度带到另一台机器' }[language])
  for (const [name, { usage, help }] of Object.entries(progressCommands)) {
    const command = below.command(`${name} ${usage}`.trim()).description(help[language])
    command.action(run((study, words) => progress(study, name as 'path', words)))
    if (name === 'import') suggest(command, (words) => filesFor(words.at(-1) ?? ''))
  }
}

function addCheckFlags(command: Command, { language }: Session): void {
  for (const [flag, text] of Object.entries(checkFlags)) {
    const option = command.createOption(flag, text[language])
    if (option.attributeName() === 'lessons') suggest(option, lessonLists)
    command.addOption(option)
  }
  command.addHelpText('after', aboutCheck[language])
}
