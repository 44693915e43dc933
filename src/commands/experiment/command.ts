// convlab experiment: does dynamic convolution help? Trained and measured on this machine.
import type { Command } from 'commander'
import type { Language, Text } from '../../base/text.ts'
import { type Session, styleFor } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { print } from '../../cli/print.ts'
import { experimentOptions } from './running/options.ts'

const summary: Text = {
  en: 'does it help? small experiments, trained on this machine',
  zh: '有没有用？在这台机器上做几个小实验来看',
}

const nameHelp: Text = {
  en: 'the experiment to run; without it, the list',
  zh: '要做的实验；不写则列出全部',
}

const flags: Readonly<Record<string, Text>> = {
  '--models <name...>': {
    en: 'which models to train, such as S,D4 (default: those of the experiment)',
    zh: '训练哪些模型，例如 S,D4（默认由实验决定）',
  },
  '--quick': {
    en: 'fewer seeds, and not the widest models',
    zh: '少用几个种子，也不训练最宽的模型',
  },
  '--json': { en: 'as JSON, with every run', zh: '以 JSON 输出，含每一次训练' },
  '--torch': {
    en: 'as a PyTorch program, which torchrun can spread over processes',
    zh: '打印成 PyTorch 程序，可用 torchrun 分给多个进程',
  },
  '--save <file>': {
    en: 'keep what is finished in this file, after every run',
    zh: '每训练完一次就存入这个文件',
  },
  '--resume <file>': {
    en: 'go on from a saved file, and keep it up to date',
    zh: '从保存的文件接着训练，并继续更新它',
  },
  '--force': { en: 'let --save replace a file', zh: '允许 --save 覆盖已有文件' },
}

/** Adds the command to the program. */
export function addExperimentCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('experiment')
    .description(summary[language])
    .argument('[name]', nameHelp[language])
  addFlags(command, experimentOptions, language)
  for (const [flag, help] of Object.entries(flags)) command.option(flag, help[language])
  command.addHelpText('after', examples[language])
  return command.action(async (name: string | undefined, options: Record<string, unknown>) => {
    if (name === undefined) await list(command, session)
    else {
      const { runExperiment } = await import('./running/run.ts')
      await runExperiment(name, options, command, session)
    }
  })
}

async function list(command: Command, session: Session): Promise<void> {
  const { experiments } = await import('../../training/index.ts')
  const { renderExperiments } = await import('./page/list.ts')
  const style = await styleFor(command, session, session.io.stdout)
  await print(session.io.stdout, [renderExperiments(experiments, style)])
}

const examples: Text = (() => {
  const lines: [string, Text][] = [
    ['convlab experiment', { en: 'the list', zh: '列出全部' }],
    ['convlab experiment filter', { en: 'the one to start with', zh: '先看这一个' }],
    ['convlab experiment scale --quick', { en: 'in a minute', zh: '一分钟左右' }],
    [
      'convlab experiment rot --seeds 10-19 --save rot.json',
      { en: 'other seeds', zh: '换一批种子' },
    ],
    [
      'convlab experiment scale --torch > scale.py',
      { en: 'for larger machines', zh: '给更大的机器用' },
    ],
    ['convlab experiment rot --resume rot.json', { en: 'go on after a stop', zh: '中断后接着做' }],
  ]
  const width = Math.max(...lines.map(([command]) => command.length))
  const block = (language: Language) =>
    lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what[language]}`).join('\n')
  return { en: `\nExamples:\n${block('en')}`, zh: `\n例子：\n${block('zh')}` }
})()
