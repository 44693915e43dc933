// convlab count: what whole networks cost, and whether the papers' numbers come out.
import type { Command } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Language, Text } from '../../base/text.ts'
import { pageWidth, type Session, styleFor } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { print } from '../../cli/print.ts'
import { ordinary } from '../../layers/index.ts'
import { countOptions, networkNames } from '../../networks/count-options.ts'

const words = {
  summary: {
    en: 'parameters and multiply-adds of whole networks, by layer',
    zh: '逐层统计整个网络的参数量和乘加次数',
  },
  network: { en: `one of ${networkNames.join(', ')}`, zh: `可用：${networkNames.join('、')}` },
  published: {
    en: "the papers' figures beside ours, and where they differ",
    zh: '把论文里的数字与我们数得的逐个对照',
  },
  json: { en: 'as JSON, for programs', zh: '以 JSON 输出，供程序使用' },
} satisfies Record<string, Text>

/** Adds the command to the program. */
export function addCountCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('count')
    .description(words.summary[language])
    .argument('[network]', words.network[language])
  addFlags(command, countOptions, language)
  command.option('--published', words.published[language])
  command.option('--json', words.json[language])
  command.addHelpText('after', examples[language])
  return command.action(async (network: string | undefined, options: Record<string, unknown>) => {
    const { published, json, ...given } = options
    if (published) await showPublished(network, given, json === true, command, session)
    else await show(network, given, json === true, command, session)
  })
}

async function show(
  name: string | undefined,
  options: Readonly<Record<string, unknown>>,
  json: boolean,
  command: Command,
  session: Session,
): Promise<void> {
  if (name === undefined) throw noNetwork()
  const { io, language } = session
  const { width } = command.optsWithGlobals()
  const { planCount } = await import('../../networks/count-plan.ts')
  const { countNetwork } = await import('../../networks/count-network.ts')
  // a --width that is the page's is none of the network's
  const given = { ...options, width: pageWidth(command) === undefined ? width : undefined }
  const plan = planCount(name, given)
  const count = countNetwork(plan)
  if (json) {
    const { renderCountJson } = await import('./json.ts')
    await print(io.stdout, [renderCountJson(count, { version: io.version, language })])
    return
  }
  const { renderCount } = await import('./page.ts')
  const baseline = plan.layer === ordinary ? undefined : countNetwork({ ...plan, layer: ordinary })
  const style = await styleFor(command, session, io.stdout)
  await print(io.stdout, [renderCount(count, baseline, style)])
}

async function showPublished(
  network: string | undefined,
  given: Readonly<Record<string, unknown>>,
  json: boolean,
  command: Command,
  session: Session,
): Promise<void> {
  const { io, language } = session
  const surplus = network ?? Object.keys(given)[0]
  if (surplus !== undefined) throw alone(network ?? `--${surplus}`)
  const { checkPublished } = await import('../../networks/check-published.ts')
  const rows = checkPublished()
  if (json) {
    const { renderPublishedJson } = await import('./json.ts')
    await print(io.stdout, [renderPublishedJson(rows, { version: io.version, language })])
    return
  }
  const { renderPublished } = await import('./published-page.ts')
  await print(io.stdout, [renderPublished(rows, await styleFor(command, session, io.stdout))])
}

function noNetwork(): UsageError {
  const known = networkNames.join(', ')
  return new UsageError({
    en: `convlab count: expected a network, or --published: add one of ${known}`,
    zh: `convlab count：缺网络名，或 --published：请加上 ${known} 之一`,
  })
}

function alone(surplus: string): UsageError {
  return new UsageError({
    en: `--published: expected without ${surplus}: it checks every published row; leave ${surplus} out`,
    zh: `--published：不能与 ${surplus} 合用：它会核对全部已发表的数字；请去掉 ${surplus}`,
  })
}

const examples: Text = (() => {
  const lines: [string, Text][] = [
    ['convlab count resnet50', { en: 'ordinary convolutions', zh: '普通卷积' }],
    [
      'convlab count mobilenet-v2 --layer dynamic -K 4',
      { en: 'dynamic in the blocks', zh: '块内换成动态卷积' },
    ],
    [
      'convlab count mobilenet-v2 --width 0.5 --layer odconv',
      { en: 'half as wide', zh: '宽度减半' },
    ],
    ['convlab count --published', { en: 'do the papers add up?', zh: '论文的数字对得上吗？' }],
  ]
  const width = Math.max(...lines.map(([command]) => command.length))
  const block = (language: Language) =>
    lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what[language]}`).join('\n')
  return { en: `\nExamples:\n${block('en')}`, zh: `\n例子：\n${block('zh')}` }
})()
