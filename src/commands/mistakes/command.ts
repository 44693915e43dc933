// convlab mistakes: what goes wrong with dynamic convolution, shown by running it.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { type Session, styleFor } from '../../cli/common.ts'
import { print } from '../../cli/print.ts'

const summary: Text = {
  en: 'mistakes that people make with dynamic convolution, each shown by running it',
  zh: '动态卷积的常见错误，每个都现场运行',
}

const nameHelp: Text = {
  en: 'the mistake to show; without it, the list',
  zh: '要看的错误；不写则列出全部',
}

const jsonHelp: Text = {
  en: 'as JSON, with the Python to check it in PyTorch',
  zh: '以 JSON 输出，附可在 PyTorch 中核对的 Python 代码',
}

export function addMistakesCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('mistakes')
    .description(summary[language])
    .argument('[name]', nameHelp[language])
    .option('--json', jsonHelp[language])
  return command.action(async (name: string | undefined, { json }: { json?: boolean }) => {
    await show(name, json === true, command, session)
  })
}

async function show(
  name: string | undefined,
  json: boolean,
  command: Command,
  session: Session,
): Promise<void> {
  const { io, language } = session
  const { mistakes, show: run } = await import('../../mistakes/index.ts')
  const mistake = mistakes.find((each) => each.name === name)
  if (name !== undefined && mistake === undefined)
    throw unknownName(
      { en: 'mistake', zh: '错误' },
      name,
      mistakes.map((each) => each.name),
    )
  const shown = mistake && run(mistake)
  if (json) {
    const { renderMistakeJson, renderMistakesJson } = await import('./json.ts')
    const options = { version: io.version, language }
    const page = shown ? renderMistakeJson(shown, options) : renderMistakesJson(mistakes, options)
    await print(io.stdout, [page])
    return
  }
  const { renderMistake, renderMistakes } = await import('./page.ts')
  const style = await styleFor(command, session, io.stdout)
  await print(io.stdout, [shown ? renderMistake(shown, style) : renderMistakes(mistakes, style)])
}
