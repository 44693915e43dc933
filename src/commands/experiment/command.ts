// convlab experiment: does dynamic convolution help? Trained and measured on this machine.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { examplesOf } from '../../cli/examples.ts'
import { addFlags, suggest } from '../../cli/flags.ts'
import type { Printing, Session } from '../../cli/io.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { experiments } from '../../training/index.ts'
import { renderExperiments } from './page/list.ts'
import { experimentOptions } from './running/options.ts'
import { runExperiment } from './running/run.ts'

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

const examples = examplesOf([
  ['convlab experiment', { en: 'the list', zh: '列出全部' }],
  ['convlab experiment filter', { en: 'the one to start with', zh: '先看这一个' }],
  ['convlab experiment scale --quick', { en: 'in a minute', zh: '一分钟左右' }],
  ['convlab experiment rot --seeds 10-19 --save rot.json', { en: 'other seeds', zh: '换一批种子' }],
  [
    'convlab experiment scale --torch > scale.py',
    { en: 'for larger machines', zh: '给更大的机器用' },
  ],
  ['convlab experiment rot --resume rot.json', { en: 'go on after a stop', zh: '中断后接着做' }],
])

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[name]', nameHelp[language])
  suggest(command, () => experiments.map(({ name }) => name))
  addFlags(command, experimentOptions, language)
  for (const [flag, help] of Object.entries(flags)) command.option(flag, help[language])
  command.addHelpText('after', examples[language])
  command.action((name: string | undefined, options: Record<string, unknown>) =>
    name === undefined ? list(session) : runExperiment(name, options, session),
  )
}

async function list(session: Session<Printing>): Promise<void> {
  const { stdout } = session.io
  await print(stdout, [renderExperiments(experiments, await styleFor(session, stdout))])
}
