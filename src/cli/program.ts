// The program as a function: arguments in, text out, exit code back.
import { Command, CommanderError, type HelpConfiguration } from 'commander'
import { UsageError } from '../errors.ts'
import { layers } from '../layers/index.ts'
import type { Layer } from '../layers/layer.ts'
import type { Text } from '../text.ts'
import { checkCommon, commonFlags, commonOptions, type Io, type Session } from './common.ts'
import { addFlags } from './flags.ts'
import { addLayerCommand } from './layer-command.ts'
import { languageOf, widthOf } from './settings.ts'
import { shells } from './shells.ts'
import { helpTitles, usageErrorOf } from './words.ts'

const description: Text = {
  en: "See convolution happen: every step of a layer, in PyTorch's own numbers.",
  zh: '看得见的卷积：把一层的每一步摆出来，数字与 PyTorch 完全一致。',
}

const helpText: Text = { en: 'this help', zh: '显示帮助' }
const versionText: Text = { en: 'the version', zh: '显示版本' }
const helpCommandText: Text = { en: 'help on a command', zh: '查看某个命令的帮助' }

const completionText: Text = {
  en: 'a script that lets Tab complete commands, flags and values',
  zh: '输出补全脚本，让 Tab 键补全命令、选项和取值',
}
const shellLines = `
  convlab completion bash >> ~/.bashrc
  convlab completion zsh >> ~/.zshrc
  convlab completion fish > ~/.config/fish/completions/convlab.fish`
const completionExamples: Text = {
  en: `\nExamples, once for every user:${shellLines}`,
  zh: `\n例子，每个用户做一次：${shellLines}`,
}

/** Runs the program once and resolves to its exit code. Bugs reject. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const language = languageOf(args, io.env, io.locale)
  let code = 0
  const exit = (result: number) => {
    code = result
  }
  try {
    const program = createProgram({ io, language, exit }, await wrapperFor(args))
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
  const [{ default: wrap }, { widthOf: displayWidth }] = await Promise.all([
    import('wrap-ansi'),
    import('../render/text/layout.ts'),
  ])
  return { boxWrap: (text, width) => wrap(text, width, { hard: true }), displayWidth }
}

function createProgram(session: Session, wrapper: Partial<HelpConfiguration>): Command {
  const { io, language } = session
  const program = prepare(new Command('convlab'), session, wrapper)
    .description(description[language])
    .version(io.version, '--version', versionText[language])
    .helpCommand(false)
    .hook('preAction', (_, command) => checkCommon(command))
  addFlags(program, commonOptions, language)
  for (const [flag, help] of Object.entries(commonFlags)) program.option(flag, help[language])
  for (const layer of Object.values(layers) as Layer[])
    prepare(addLayerCommand(program, layer, session), session, wrapper)
  prepare(program.command('help'), session, wrapper)
    .description(helpCommandText[language])
    .argument('[command]')
    .action((name?: string) => named(program, name).outputHelp())
  addCompletion(program, session, wrapper)
  return program
}

/** `completion`, and `complete`, which its scripts call. */
function addCompletion(
  program: Command,
  session: Session,
  wrapper: Partial<HelpConfiguration>,
): void {
  const { language } = session
  prepare(program.command('completion'), session, wrapper)
    .description(completionText[language])
    .usage(shells.join('|'))
    .argument('<shell>')
    .addHelpText('after', completionExamples[language])
    .action(async (name: string) => {
      const shell = shells.find((each) => each === name)
      if (shell === undefined) throw unknownShell(name)
      const { printScript } = await import('./completion.ts')
      printScript(shell)
    })
  prepare(program.command('complete', { hidden: true }), session, wrapper)
    .argument('[words...]')
    .action(async (words: string[]) => {
      const { printCompletions } = await import('./completion.ts')
      printCompletions(program, words)
    })
}

function unknownShell(name: string): UsageError {
  return new UsageError({
    en: `convlab completion ${name}: expected one of ${shells.join(', ')}: use convlab completion ${shells[0]}`,
    zh: `convlab completion ${name}：应为 ${shells.join('、')} 之一：请用 convlab completion ${shells[0]}`,
  })
}

function named(program: Command, name: string | undefined): Command {
  if (name === undefined) return program
  const command = program.commands.find((each) => each.name() === name)
  if (command) return command
  const known = program.commands.map((each) => each.name()).join(', ')
  throw new UsageError({
    en: `unknown command ${name}: expected one of ${known}`,
    zh: `没有命令 ${name}：可用的命令有 ${known}`,
  })
}

/** What every command shares: no exit, no direct output, help in the user's language. */
function prepare(
  command: Command,
  { io, language }: Session,
  wrapper: Partial<HelpConfiguration>,
): Command {
  return command
    .exitOverride((error) => {
      if (error.exitCode === 0 || error.code === 'commander.help') throw error
      throw usageErrorOf(error, command)
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stdout.write(text),
      outputError: () => {},
      getOutHelpWidth: () => widthOf(undefined, io.stdout),
    })
    .configureHelp({
      ...wrapper,
      showGlobalOptions: true,
      styleTitle: (title) => helpTitles[title]?.[language] ?? title,
    })
    .usage({ en: '[options]', zh: '[选项]' }[language])
    .helpOption('-h, --help', helpText[language])
}
