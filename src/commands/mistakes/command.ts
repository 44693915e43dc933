// convlab mistakes: what goes wrong with dynamic convolution, shown by running it.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { suggest } from '../../cli/flags.ts'
import type { Printing, Session, Surroundings } from '../../cli/io.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { mistakes, show } from '../../mistakes/index.ts'
import { renderMistakeJson, renderMistakesJson } from './json.ts'
import { renderMistake, renderMistakes } from './page.ts'

const nameHelp: Text = {
  en: 'the mistake to show; without it, the list',
  zh: '要看的错误；不写则列出全部',
}

const jsonHelp: Text = {
  en: 'as JSON, with the Python to check it in PyTorch',
  zh: '以 JSON 输出，附可在 PyTorch 中核对的 Python 代码',
}

const names = mistakes.map(({ name }) => name)

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[name]', nameHelp[language]).option('--json', jsonHelp[language])
  suggest(command, () => names)
  command.action(async (name: string | undefined, { json }: { json?: boolean }) => {
    const page = await (json ? jsonOf : pageOf)(name, session)
    await print(session.io.stdout, [page])
  })
}

/** The mistake of that name, run; nothing where none is named. */
function shownOf(name: string | undefined) {
  const mistake = mistakes.find((each) => each.name === name)
  if (name !== undefined && mistake === undefined)
    throw unknownName({ en: 'mistake', zh: '错误' }, name, names)
  return mistake && show(mistake)
}

function jsonOf(name: string | undefined, { io, language }: Session<Surroundings>): string {
  const shown = shownOf(name)
  const options = { version: io.version, language }
  return shown ? renderMistakeJson(shown, options) : renderMistakesJson(mistakes, options)
}

async function pageOf(name: string | undefined, session: Session<Printing>): Promise<string> {
  const shown = shownOf(name)
  const style = await styleFor(session, session.io.stdout)
  return shown ? renderMistake(shown, style) : renderMistakes(mistakes, style)
}
