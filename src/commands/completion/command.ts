// convlab completion SHELL, and what its scripts call.
import type { Command } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import type { Session } from '../../cli/common.ts'
import { shells } from './shells.ts'

const summary: Text = {
  en: 'a script that lets Tab complete commands, flags and values',
  zh: '输出补全脚本，让 Tab 键补全命令、选项和取值',
}
const lines = `
  convlab completion bash >> ~/.bashrc
  convlab completion zsh >> ~/.zshrc
  convlab completion fish > ~/.config/fish/completions/convlab.fish`
const examples: Text = {
  en: `\nExamples, once for every user:${lines}`,
  zh: `\n例子，每个用户做一次：${lines}`,
}

/** Adds the command to the program. */
export function addCompletionCommand(program: Command, { language }: Session): Command {
  return program
    .command('completion')
    .description(summary[language])
    .argument('<shell>', shells.join(', '))
    .addHelpText('after', examples[language])
    .action(async (name: string) => {
      const shell = shells.find((each) => each === name)
      if (shell === undefined) throw unknownShell(name)
      const { printScript } = await import('./completion.ts')
      printScript(shell)
    })
}

/** Adds the command that stands in no help: `convlab complete -- WORDS`. */
export function addCompleteCommand(program: Command): Command {
  return program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) => {
      const { printCompletions } = await import('./completion.ts')
      await printCompletions(program, words)
    })
}

function unknownShell(name: string): UsageError {
  return new UsageError({
    en: `convlab completion ${name}: expected one of ${shells.join(', ')}: use convlab completion ${shells[0]}`,
    zh: `convlab completion ${name}：应为 ${shells.join('、')} 之一：请用 convlab completion ${shells[0]}`,
  })
}
