// convlab completion SHELL: what makes Tab know convlab's words.
import type { Command } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import { suggest } from '../../cli/flags.ts'
import type { Session, Streams } from '../../cli/io.ts'
import { printScript, shells } from './script.ts'

const lines = `
  convlab completion bash >> ~/.bashrc
  convlab completion zsh >> ~/.zshrc
  convlab completion fish > ~/.config/fish/completions/convlab.fish`
const examples: Text = {
  en: `\nExamples, once for every user:${lines}`,
  zh: `\n例子，每个用户做一次：${lines}`,
}

export function define(command: Command, { io, language }: Session<Streams>): void {
  command.argument('<shell>', shells.join(', ')).addHelpText('after', examples[language])
  suggest(command, () => shells)
  command.action((name: string) => {
    const shell = shells.find((each) => each === name)
    if (shell === undefined) throw unknownShell(name)
    printScript(shell, io.stdout)
  })
}

function unknownShell(name: string): UsageError {
  return new UsageError({
    en: `convlab completion ${name}: expected one of ${shells.join(', ')}: use convlab completion ${shells[0]}`,
    zh: `convlab completion ${name}：应为 ${shells.join('、')} 之一：请用 convlab completion ${shells[0]}`,
  })
}
