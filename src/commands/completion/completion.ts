// convlab completion SHELL: a script that makes Tab complete commands, flags and their values. The
// script comes from @bomb.sh/tab; it asks `convlab complete -- WORDS` what could stand next.
import { readdirSync } from 'node:fs'
import { RootCommand } from '@bomb.sh/tab'
import type { Command, Option as Flag } from 'commander'
import { wordsOf } from '../../cli/flags.ts'
import { layers } from '../../layers/index.ts'
import { networkNames } from '../../networks/options.ts'
import { type Shell, shells } from './shells.ts'

/**
 * Around the script for bash. It makes constants, so it must not be read twice; and it reads the
 * words through a function of the bash-completion package, which is not everywhere.
 */
const beforeBash = `\
if ! declare -F __convlab_complete > /dev/null; then
declare -F _get_comp_words_by_ref > /dev/null || _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
}
`
const behindBash = 'fi\n'

/** Prints the script for that shell. */
export function printScript(shell: Shell): void {
  if (shell === 'bash') process.stdout.write(beforeBash)
  new RootCommand().setup('convlab', 'convlab', shell)
  if (shell === 'bash') process.stdout.write(behindBash)
}

/**
 * Prints what could stand in place of the last of these words, one a line.
 * @param program the commands and flags there are
 */
export async function printCompletions(program: Command, words: readonly string[]): Promise<void> {
  const help = program.createHelp()
  const common = help.visibleOptions(program)
  const typed = words.at(-1) ?? ''
  const root = new RootCommand()
  for (const flag of common) addFlag(root, flag, typed)
  const commands = help.visibleCommands(program)
  for (const command of commands) {
    const known = root.command(command.name(), command.description())
    for (const flag of [...help.visibleOptions(command), ...common]) addFlag(known, flag, typed)
    const values = command.name() === words[0] ? await namesFor[words[0]]?.(commands) : undefined
    for (const argument of command.registeredArguments)
      known.argument(argument.name(), suggesting(values ?? []), argument.variadic)
  }
  root.parse([...words])
}

type Names = readonly string[]
const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

/** What stands behind a command's name, by that name. */
const namesFor: Readonly<Record<string, (commands: readonly Command[]) => Names | Promise<Names>>> =
  {
    completion: () => shells,
    help: (commands) => commands.map((command) => command.name()),
    compare: () => Object.keys(layers),
    bench: () => Object.keys(layers),
    count: () => networkNames,
    sweep: async () => Object.keys((await import('../sweep/index.ts')).sweeps),
    mistakes: async () => namesOf((await import('../../mistakes/index.ts')).mistakes),
    claims: async () => namesOf((await import('../../claims/index.ts')).claims),
    experiment: async () => namesOf((await import('../../training/index.ts')).experiments),
  }

function addFlag(
  command: RootCommand | ReturnType<RootCommand['command']>,
  flag: Flag,
  typed: string,
) {
  const name = flag.long?.slice(2) ?? ''
  const short = flag.short?.slice(1)
  if (!flag.required) {
    if (short) command.option(name, flag.description, short)
    else command.option(name, flag.description)
    return
  }
  const files = /\bfile\b/.test(flag.flags) ? filesFor(typed) : []
  command.option(name, flag.description, suggesting([...wordsOf(flag), ...files]), short)
}

function suggesting(values: readonly string[]) {
  return (suggest: (value: string, description: string) => void) => {
    for (const value of values) suggest(value, '')
  }
}

/**
 * Files and folders whose path begins as the one that is being typed. What a lone folder holds is
 * added, so that the shell goes on behind it instead of ending the word there.
 */
function filesFor(typed: string): string[] {
  const found = entriesFor(typed)
  const [only = ''] = found
  return found.length === 1 && only.endsWith('/') ? [only, ...entriesFor(only)] : found
}

function entriesFor(typed: string): string[] {
  const end = typed.lastIndexOf('/') + 1
  const [folder, start] = [typed.slice(0, end), typed.slice(end)]
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
  } catch {
    return [] // no such folder: nothing to suggest
  }
}
