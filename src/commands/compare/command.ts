// convlab compare: layers side by side on the same input.
import type { Command } from 'commander'
import { type OptionTable, resolve } from '../../base/options.ts'
import type { Language, Text } from '../../base/text.ts'
import { clockOf, type Session, styleFor } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { everyOption, layerNamed, layerNames } from '../../cli/layer-names.ts'
import { isLong } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { layers } from '../../layers/index.ts'
import type { Entrant } from '../../run/compare.ts'
import { partsOf, type Report, roughCost, totalOf } from '../../run/expected.ts'
import { runOptions } from '../../run/plan.ts'

const words = {
  summary: {
    en: "layers side by side, and the article's claims, measured",
    zh: '几种层并排比较，逐条检验文章的说法',
  },
  layers: {
    en: `of ${layerNames.join(', ')}; all by default`,
    zh: `从 ${layerNames.join('、')} 中选；默认全部`,
  },
  json: { en: 'as JSON, for programs', zh: '以 JSON 输出，供程序使用' },
} satisfies Record<string, Text>

/** Of a comparison's run; two samples, so that there is something to differ. */
const run = {
  ...runOptions,
  batch: { ...runOptions.batch, fallback: 2 },
} satisfies OptionTable

/** Rounds of forward passes, all layers in turn, for about half a second. */
const budget = { time: 500, fewest: 3, most: 51 }

/** Adds the command to the program. */
export function addCompareCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('compare')
    .description(words.summary[language])
    .argument('[layer...]', words.layers[language])
  addFlags(command, everyOption, language)
  addFlags(command, run, language)
  command.option('--json', words.json[language])
  command.addHelpText('after', examples[language])
  return command.action(async (asked: string[], flags: Record<string, unknown>) =>
    session.exit(await compare(asked, flags, command, session)),
  )
}

async function compare(
  asked: readonly string[],
  { json, ...given }: Record<string, unknown>,
  command: Command,
  session: Session,
): Promise<number> {
  const { io, language } = session
  const chosen = asked.length > 0 ? [...new Set(asked.map(layerNamed))] : layerNames
  resolve({ ...everyOption, ...run }, given) // what no chosen layer has must be readable too
  const { compareLayers, forwardOf, planComparison } = await import('../../run/compare.ts')
  const { timeInTurn } = await import('../../run/timing.ts')
  const { judgeClaims } = await import('../../claims/article-claims.ts')

  const entrants = planComparison(
    chosen.map((name) => layers[name]),
    { padding: 1, batch: run.batch.fallback, ...given },
    runOptions,
  )
  const cost = entrants.reduce((sum, { plan }) => sum + roughCost(plan), 0)
  if (isLong(cost, io)) return offloadCommand(command, session)
  const tell = io.announce && teller(entrants, io.announce)
  const passes = entrants.map((entrant) => {
    tell?.(entrant, 'draw')
    const pass = forwardOf(entrant)
    return () => {
      tell?.(entrant, 'forward')
      pass()
    }
  })
  const timings = await timeInTurn(passes, clockOf(io), budget)
  const columns = compareLayers(entrants, timings, (entrant) => tell?.(entrant, 'trace'))
  const claims = judgeClaims(columns)
  if (json) {
    const { renderCompareJson } = await import('./json.ts')
    const page = renderCompareJson(columns, claims, { version: io.version, language })
    await print(io.stdout, [page])
    return 0
  }
  const { renderCompare } = await import('./page.ts')
  const style = await styleFor(command, session, io.stdout)
  await print(io.stdout, [renderCompare(columns, claims, style)])
  return 0
}

/** Tells what is done next with an entrant, under its layer's title. */
function teller(entrants: readonly Entrant[], announce: (cost: number) => Report) {
  const costs = new Map(
    entrants.map((entrant) => {
      const { layer, plan } = entrant
      const parts = partsOf(layer, plan)
      const drawn = [...parts].filter(([id]) => id === 'input' || id.startsWith('parameters/'))
      const [draw, trace] = [totalOf(drawn.map(([, part]) => part)), totalOf(parts.values())]
      return [entrant, { draw, forward: trace - draw, trace }]
    }),
  )
  const sum = (what: 'draw' | 'forward' | 'trace') =>
    [...costs.values()].reduce((all, each) => all + each[what], 0)
  const { time, fewest, most } = budget
  const rounds = 1 + Math.min(most, Math.max(fewest, time / sum('forward')))
  const report = announce(sum('draw') + rounds * sum('forward') + sum('trace'))
  return (entrant: Entrant, what: 'draw' | 'forward' | 'trace') =>
    report({ title: entrant.layer.title, cost: costs.get(entrant)?.[what] ?? 0 })
}

const examples: Text = (() => {
  const lines: [string, Text][] = [
    ['convlab compare', { en: 'all layers', zh: '所有层' }],
    [
      'convlab compare static dynamic --batch 4 --input varied',
      { en: 'samples that differ', zh: '样本各不相同' },
    ],
    [
      'convlab compare static dynamic --in 64 --out 64 --size 7',
      { en: 'a small map', zh: '很小的特征图' },
    ],
  ]
  const width = Math.max(...lines.map(([command]) => command.length))
  const block = (language: Language) =>
    lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what[language]}`).join('\n')
  return { en: `\nExamples:\n${block('en')}`, zh: `\n例子：\n${block('zh')}` }
})()
