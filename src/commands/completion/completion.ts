// convlab completion SHELL: a script that makes Tab complete commands, flags and their values. The
// script comes from @bomb.sh/tab; it asks `convlab complete -- WORDS` what could stand next.
import { readdirSync } from 'node:fs'
import { RootCommand } from '@bomb.sh/tab'
import type { Command, Option as Flag } from 'commander'
import { flagWords } from '../../cli/flags.ts'
import { layers } from '../../layers/index.ts'
import { networkNames } from '../../networks/count-options.ts'
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
  const root = new RootCommand()
  for (const flag of common) await addFlag(root, flag, words)
  const add = async (command: Command, path: string, inherited: readonly Flag[]) => {
    const known = root.command(path, command.description())
    const flags = [...help.visibleOptions(command), ...inherited]
    for (const flag of flags) await addFlag(known, flag, words)
    const isTyped = path.split(' ').every((word) => words.includes(word))
    const names = isTyped ? await namesFor[path]?.(words, program) : undefined
    for (const argument of command.registeredArguments)
      known.argument(argument.name(), suggesting(names ?? []), argument.variadic)
    for (const below of command.commands) await add(below, `${path} ${below.name()}`, flags)
  }
  for (const command of help.visibleCommands(program)) await add(command, command.name(), common)
  root.parse([...words])
}

type Names = readonly string[]
const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

/** What stands behind a command's name, by that name, for words of which the last is being typed. */
const namesFor: Readonly<
  Record<string, (words: readonly string[], program: Command) => Names | Promise<Names>>
> = {
  completion: () => shells,
  help: (_, program) =>
    program
      .createHelp()
      .visibleCommands(program)
      .map((each) => each.name()),
  compare: () => Object.keys(layers),
  bench: () => Object.keys(layers),
  count: () => networkNames,
  sweep: async () => Object.keys((await import('../sweep/index.ts')).sweeps),
  mistakes: async () => namesOf((await import('../../mistakes/index.ts')).mistakes),
  claims: async () => namesOf((await import('../../claims/index.ts')).claims),
  experiment: async () => namesOf((await import('../../training/index.ts')).experiments),
  'lesson start': lessonNames,
  'lesson show': lessonNames,
  'lesson reset': lessonNames,
  'lesson check': lessonPlaces,
  'lesson hint': lessonPlaces,
  'lesson skip': lessonPlaces,
  'lesson progress import': (words) => filesFor(words.at(-1) ?? ''),
}

async function lessonNames(): Promise<Names> {
  return namesOf((await import('../../../lessons/index.ts')).course)
}

/** Lessons with commas between them: the list so far, with any lesson behind it. */
async function lessonLists(words: readonly string[]): Promise<Names> {
  const typed = words.at(-1) ?? ''
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  return (await lessonNames()).map((name) => before + name)
}

/** A lesson, or behind a lesson one of its questions; an answer is not suggested. */
async function lessonPlaces(words: readonly string[]): Promise<Names> {
  const { course } = await import('../../../lessons/index.ts')
  const typed = words.slice(0, -1)
  const lesson = course.find(({ name }) => typed.includes(name))
  if (lesson === undefined) return namesOf(course)
  const ids = Object.keys(lesson.questions)
  return ids.some((id) => typed.includes(id)) ? [] : ids
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
  const lessons = name === 'lessons' && words.includes('--lessons') ? await lessonLists(words) : []
  const values = [...flagWords(flag), ...lessons, ...files]
  command.option(name, flag.description, suggesting(values), short)
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
