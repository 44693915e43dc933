// convlab count: what whole networks cost, and whether the papers' numbers come out.
import type { Command } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import { pageWidth } from '../../cli/common.ts'
import { examplesOf } from '../../cli/examples.ts'
import { addFlags, suggest } from '../../cli/flags.ts'
import type { Printing, Session } from '../../cli/io.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { ordinary } from '../../layers/index.ts'
import { checkPublished } from '../../networks/check-published.ts'
import { countNetwork } from '../../networks/count-network.ts'
import { countOptions, networkNames } from '../../networks/count-options.ts'
import { planCount } from '../../networks/count-plan.ts'
import { renderCountJson, renderPublishedJson } from './json.ts'
import { renderCount } from './page.ts'
import { renderPublished } from './published-page.ts'

const words = {
  network: { en: `one of ${networkNames.join(', ')}`, zh: `可用：${networkNames.join('、')}` },
  published: {
    en: "the papers' figures beside ours, and where they differ",
    zh: '把论文里的数字与我们数得的逐个对照',
  },
  json: { en: 'as JSON, for programs', zh: '以 JSON 输出，供程序使用' },
} satisfies Record<string, Text>

type Given = Readonly<Record<string, unknown>>

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[network]', words.network[language])
  suggest(command, () => networkNames)
  addFlags(command, countOptions, language)
  command.option('--published', words.published[language])
  command.option('--json', words.json[language])
  command.addHelpText('after', examples[language])
  command.action(async (network: string | undefined, options: Record<string, unknown>) => {
    const { published, json, ...given } = options
    if (published) {
      checkAlone(network, given)
      await showPublished(json === true, session)
      return
    }
    if (network === undefined) throw noNetwork()
    // a --width that is the page's is none of the network's
    const { width } = pageWidth(command) === undefined ? command.optsWithGlobals() : {}
    await show(network, { ...given, width }, json === true, session)
  })
}

async function show(
  network: string,
  given: Given,
  json: boolean,
  session: Session<Printing>,
): Promise<void> {
  const { io, language } = session
  const plan = planCount(network, given)
  const count = countNetwork(plan)
  const { version } = io
  if (json) return print(io.stdout, [renderCountJson(count, { version, language })])
  const baseline = plan.layer === ordinary ? undefined : countNetwork({ ...plan, layer: ordinary })
  await print(io.stdout, [renderCount(count, baseline, await styleFor(session, io.stdout))])
}

async function showPublished(json: boolean, session: Session<Printing>): Promise<void> {
  const { io, language } = session
  const rows = checkPublished()
  const page = json
    ? renderPublishedJson(rows, { version: io.version, language })
    : renderPublished(rows, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
}

/** @throws {UsageError} if anything is asked beside the published rows */
function checkAlone(network: string | undefined, given: Given): void {
  const surplus = network ?? Object.keys(given)[0]
  if (surplus !== undefined) throw alone(network ?? `--${surplus}`)
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

const examples = examplesOf([
  ['convlab count resnet50', { en: 'ordinary convolutions', zh: '普通卷积' }],
  [
    'convlab count mobilenet-v2 --layer dynamic -K 4',
    { en: 'dynamic in the blocks', zh: '块内换成动态卷积' },
  ],
  ['convlab count mobilenet-v2 --width 0.5 --layer odconv', { en: 'half as wide', zh: '宽度减半' }],
  ['convlab count --published', { en: 'do the papers add up?', zh: '论文的数字对得上吗？' }],
])
