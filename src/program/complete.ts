// convlab complete -- WORDS, which the scripts of convlab completion call: what could stand next. Every
// command and flag says by itself what may stand behind it.
import { RootCommand } from '@bomb.sh/tab'
import type { Command, Option as Flag } from 'commander'
import { suggestionsFor } from '../cli/flags.ts'
import { filesFor } from '../cli/paths.ts'

/**
 * Prints what could stand in place of the last of these words, one a line.
 * @param program the commands and flags there are
 */
export async function printCompletions(program: Command, words: readonly string[]): Promise<void> {
  const help = program.createHelp()
  const common = help.visibleOptions(program)
  const root = new RootCommand()
  for (const flag of common) await addFlag(root, flag, words)
  const add = async (command: Command, path: string, inherited: readonly Flag[]) => {
    const known = root.command(path, command.description())
    const flags = [...help.visibleOptions(command), ...inherited]
    for (const flag of flags) await addFlag(known, flag, words)
    const isTyped = path.split(' ').every((word) => words.includes(word))
    const names = isTyped ? await suggestionsFor(command, words) : []
    for (const argument of command.registeredArguments)
      known.argument(argument.name(), suggesting(names), argument.variadic)
    for (const below of command.commands) await add(below, `${path} ${below.name()}`, flags)
  }
  for (const command of help.visibleCommands(program)) await add(command, command.name(), common)
  root.parse([...words])
}

async function addFlag(
  command: RootCommand | ReturnType<RootCommand['command']>,
  flag: Flag,
  words: readonly string[],
) {
  const name = flag.long?.slice(2) ?? ''
  const short = flag.short?.slice(1)
  if (!flag.required) {
    if (short) command.option(name, flag.description, short)
    else command.option(name, flag.description)
    return
  }
  const files = /\bfile\b/.test(flag.flags) ? filesFor(words.at(-1) ?? '') : []
  const values = [...(await suggestionsFor(flag, words)), ...files]
  command.option(name, flag.description, suggesting(values), short)
}

function suggesting(values: readonly string[]) {
  return (suggest: (value: string, description: string) => void) => {
    for (const value of values) suggest(value, '')
  }
}
