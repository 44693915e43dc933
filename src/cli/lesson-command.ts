// convlab lesson: the course. Only names and help are here; the rest is loaded when it is used.
import type { Command } from 'commander'
import type { Text } from '../text.ts'
import type { Session } from './common.ts'
import type { Actions } from './lesson/actions.ts'
import type { RunCli } from './lesson/study.ts'

const summary: Text = {
  en: 'the course: graded lessons on convolution',
  zh: '课程：带评分的卷积课',
}

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

/** Adds `convlab lesson` to the program. */
export function addLessonCommand(program: Command, session: Session, runCli: RunCli): Command {
  const { language } = session
  const run =
    (name: keyof Actions | 'list' | `progress-${keyof typeof progressCommands}`) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command
      const { createStudy } = await import('./lesson/study.ts')
      const study = await createStudy(command, session, runCli)
      const words = command.args
      const options = command.optsWithGlobals()
      if (name === 'list') {
        const { list } = await import('./lesson/list.ts')
        session.exit(await list(study))
      } else if (name.startsWith('progress-')) {
        const { progress } = await import('./lesson/progress.ts')
        session.exit(await progress(study, name.slice(9) as 'path', words))
      } else {
        const { actions } = await import('./lesson/actions.ts')
        session.exit(await actions[name as keyof Actions](study, words, options))
      }
    }

  const lesson = program.command('lesson').description(summary[language])
  for (const [flag, help] of Object.entries(flags)) lesson.option(flag, help[language])
  lesson.action(run('list'))
  for (const [name, { usage, help }] of Object.entries(subcommands)) {
    const command = lesson.command(`${name} ${usage}`.trim()).description(help[language])
    if (name === 'start') command.option('--file <file>', checkFlags['--file <file>']?.[language])
    if (name === 'reset') command.option('--all', { en: 'all lessons', zh: '全部课程' }[language])
    if (name === 'check') {
      for (const [flag, text] of Object.entries(checkFlags)) command.option(flag, text[language])
      command.addHelpText('after', aboutCheck[language])
    }
    command.action(run(name as keyof Actions))
  }
  const progress = lesson
    .command('progress')
    .description({ en: 'carry progress to another machine', zh: '把进度带到另一台机器' }[language])
  for (const [name, { usage, help }] of Object.entries(progressCommands))
    progress
      .command(`${name} ${usage}`.trim())
      .description(help[language])
      .action(run(`progress-${name as keyof typeof progressCommands}`))
  return lesson
}
