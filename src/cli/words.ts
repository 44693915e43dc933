// The parser's own words, in both languages.
import type { Command, CommanderError } from 'commander'
import { UsageError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import { unknownName } from '../base/unknown.ts'

/** Titles in a help page, as commander calls them. */
export const helpTitles: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
  'Global Options:': { en: 'Everywhere:', zh: '通用选项：' },
}

export function unknownCommand(above: Command, name: string): UsageError {
  const known = above.createHelp().visibleCommands(above)
  return unknownName(
    { en: 'command', zh: '命令' },
    name,
    known.map((each) => each.name()),
  )
}

/** What commander found wrong, as one line that says how to go on. */
export function usageErrorOf(error: CommanderError, command: Command): UsageError {
  const path = pathOf(command)
  const named = /'(.*?)'/.exec(error.message)?.[1] ?? ''
  const near = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(error.message)?.[1]
  const help = { en: `see ${path} --help`, zh: `见 ${path} --help` }
  const meant = near
    ? { en: `did you mean ${near}? Else ${help.en}`, zh: `是不是 ${near}？否则${help.zh}` }
    : help
  switch (error.code) {
    case 'commander.unknownOption':
      return new UsageError({
        en: `unknown option ${named}: ${meant.en}`,
        zh: `没有选项 ${named}：${meant.zh}`,
      })
    case 'commander.unknownCommand':
      return unknownCommand(command, named)
    case 'commander.optionMissingArgument':
      return new UsageError({
        en: `${named}: expected a value behind it; ${help.en}`,
        zh: `${named}：后面缺一个值；${help.zh}`,
      })
    case 'commander.missingArgument':
      return new UsageError({
        en: `${path}: expected ${named}; ${help.en}`,
        zh: `${path}：缺参数 ${named}；${help.zh}`,
      })
    case 'commander.excessArguments': {
      const surplus = command.args.join(' ')
      const names = command.registeredArguments.map((argument) => argument.name()).join(' ')
      const below = command.commands.map((each) => each.name())
      if (below.length > 0)
        return new UsageError({
          en: `${path} ${surplus}: expected one of ${below.join(', ')}; ${help.en}`,
          zh: `${path} ${surplus}：应为 ${below.join('、')} 之一；${help.zh}`,
        })
      if (names)
        return new UsageError({
          en: `${path} ${surplus}: expected one ${names}; ${help.en}`,
          zh: `${path} ${surplus}：只接受一个 ${names}；${help.zh}`,
        })
      return new UsageError({
        en: `${path} ${surplus}: expected flags only, such as --in 3; ${help.en}`,
        zh: `${path} ${surplus}：只接受选项，例如 --in 3；${help.zh}`,
      })
    }
    default:
      return new UsageError({ en: error.message, zh: error.message })
  }
}

/** convlab, convlab static ... */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}
