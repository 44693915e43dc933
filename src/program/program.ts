// The program as a function: arguments in, text out, exit code back.
import { Command, CommanderError, Help, type HelpConfiguration } from 'commander'
import { UsageError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import { applyCommon, commonFlags, commonOptions, pageWidth } from '../cli/common.ts'
import { addFlags, suggest } from '../cli/flags.ts'
import type { Io, Session, Streams } from '../cli/io.ts'
import { languageOf, outputWidth } from '../cli/settings.ts'
import { helpTitles, unknownCommand, usageErrorOf } from '../cli/words.ts'
import { commands } from '../commands/index.ts'
import { layers } from '../layers/index.ts'

const description: Text = {
  en: "See convolution happen: every step of a layer, in PyTorch's own numbers.",
  zh: '看得见的卷积：把一层的每一步摆出来，数字与 PyTorch 完全一致。',
}

const helpText: Text = { en: 'this help', zh: '显示帮助' }
const versionText: Text = { en: 'the version', zh: '显示版本' }
const helpCommandText: Text = { en: 'help on a command', zh: '查看某个命令的帮助' }

/** Runs the program once and resolves to its exit code. Bugs reject. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const language = languageOf(args, io.env, io.locale)
  let code = 0
  const exit = (result: number) => {
    code = result
  }
  const session = { args, io, language, look: { color: true, ascii: false }, exit, run: runCli }
  try {
    const program = await createProgram(session, await wrapperFor(args))
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return 0 // help or the version, and they are printed
    if (!(error instanceof UsageError)) throw error
    io.stderr.write(`convlab: ${error.text[language]}\n`)
    return 2
  }
}

/**
 * Breaks lines of help, Chinese too, which commander only breaks at blanks. Loaded only where help
 * may be printed.
 */
async function wrapperFor(args: readonly string[]): Promise<Partial<HelpConfiguration>> {
  const running = args[0] === 'complete' || args.some((arg) => arg in layers)
  if (running && !args.some((arg) => /^(-h|--help|help)$/.test(arg))) return {}
  const { paragraph, widthOf: displayWidth } = await import('../show/text/layout.ts')
  return {
    boxWrap: (text, width) => paragraph(text, width).join('\n'),
    minWidthToWrap: 16,
    displayWidth,
  }
}

async function createProgram(
  session: Session & { look: Session['look'] },
  wrapper: Partial<HelpConfiguration>,
): Promise<Command> {
  const { args, io, language } = session
  const program = prepare(new Command('convlab'), session, wrapper)
    .description(description[language])
    .version(io.version, '--version', versionText[language])
    .helpCommand(false)
    .hook('preAction', (_, command) => {
      session.look = applyCommon(command)
    })
  addFlags(program, commonOptions, language)
  for (const [flag, help] of Object.entries(commonFlags)) program.option(flag, help[language])
  const meant = commands.find(({ name }) => name === args[0])
  for (const { name, summary, load } of meant ? [meant] : commands) {
    const command = program.command(name).description(summary[language])
    if (args.includes(name)) (await load()).define(command, session)
    prepare(command, session, wrapper)
  }
  if (meant === undefined) addMeta(program, session, wrapper)
  return program
}

/** The commands that tell of the others: help, and the one that the scripts for Tab call. */
function addMeta(program: Command, session: Session, wrapper: Partial<HelpConfiguration>): void {
  const complete = program.command('complete', { hidden: true }).argument('[words...]')
  complete.action(async (words: string[]) => {
    const { printCompletions } = await import('./complete.ts')
    await printCompletions(program, words)
  })
  const help = program.command('help').description(helpCommandText[session.language])
  help.argument('[command]').action((name?: string) => named(program, name).outputHelp())
  suggest(help, () =>
    program
      .createHelp()
      .visibleCommands(program)
      .map((each) => each.name()),
  )
  for (const command of [complete, help]) prepare(command, session, wrapper)
}

function named(program: Command, name: string | undefined): Command {
  if (name === undefined) return program
  const command = program.commands.find((each) => each.name() === name)
  if (command) return command
  throw unknownCommand(program, name)
}

/** What every command shares: no exit, no direct output, help in the user's language. */
function prepare(command: Command, session: Session, wrapper: Partial<HelpConfiguration>): Command {
  const { io, language } = session
  for (const below of command.commands) prepare(below, session, wrapper)
  return command
    .exitOverride((error) => {
      if (error.exitCode === 0 || error.code === 'commander.help') throw error
      throw usageErrorOf(error, command)
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stdout.write(text),
      outputError: () => {},
      getOutHelpWidth: () => helpWidth(command, io),
    })
    .configureHelp({
      ...wrapper,
      formatHelp(each, helper) {
        // commander puts a blank behind the first title, where Chinese has none
        const text = Help.prototype.formatHelp.call(this, each, helper)
        return text.replace(/^(.*：) /, '$1')
      },
      showGlobalOptions: true,
      subcommandTerm: (each) => each.name() + listedBehind(each),
      styleTitle: (title) => helpTitles[title]?.[language] ?? title,
    })
    .usage({ en: '[options]', zh: '[选项]' }[language] + operandsOf(command))
    .helpOption('-h, --help', helpText[language])
}

/** How wide help is to be: --width is not checked yet where help is asked for. */
function helpWidth(command: Command, { stdout }: Streams): number {
  const asked = Number(pageWidth(command))
  return outputWidth(asked > 0 ? asked : undefined, stdout)
}

/** What a list of commands shows behind a name: of one that may not be read yet, what its entry says. */
function listedBehind(command: Command): string {
  const entry = commands.find(({ name }) => name === command.name())
  if (command.parent?.parent === null && entry?.operands) return ` ${entry.operands}`
  return command.commands.length > 0 ? ' ...' : operandsOf(command)
}

/** What may stand behind a command's name besides flags. */
function operandsOf({ registeredArguments, commands, parent }: Command): string {
  if (parent && commands.length > 0) return ` <${commands.map((each) => each.name()).join('|')}>`
  return registeredArguments
    .map((each) => ` [${each.name()}${each.variadic ? '...' : ''}]`)
    .join('')
}
