// convlab compare: layers side by side on the same input.
import type { Command } from 'commander'
import { type OptionTable, resolve } from '../../base/options.ts'
import type { Text } from '../../base/text.ts'
import { judgeClaims } from '../../claims/article-claims.ts'
import { examplesOf } from '../../cli/examples.ts'
import { addFlags, suggest } from '../../cli/flags.ts'
import {
  type Announcing,
  type Clock,
  clockOf,
  type Printing,
  type Session,
  type Threads,
} from '../../cli/io.ts'
import { everyOption, layerNamed, layerNames } from '../../cli/layer-names.ts'
import { isLong } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { layers } from '../../layers/index.ts'
import { compareLayers, type Entrant, forwardOf, planComparison } from '../../run/compare.ts'
import { partsOf, type Report, roughCost, totalOf } from '../../run/expected.ts'
import { runOptions } from '../../run/plan.ts'
import { timeInTurn } from '../../run/timing.ts'
import { renderCompareJson } from './json.ts'
import { renderCompare } from './page.ts'

const words = {
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

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[layer...]', words.layers[language])
  suggest(command, () => layerNames)
  addFlags(command, everyOption, language)
  addFlags(command, run, language)
  command.option('--json', words.json[language])
  command.addHelpText('after', examples[language])
  command.action(async (asked: string[], { json, ...given }: Record<string, unknown>) =>
    session.exit(await act(planFor(asked, given), json === true, session)),
  )
}

/** @throws {UsageError} if there is no such layer, or no such run of one */
function planFor(
  asked: readonly string[],
  given: Readonly<Record<string, unknown>>,
): readonly Entrant[] {
  const chosen = asked.length > 0 ? [...new Set(asked.map(layerNamed))] : layerNames
  resolve({ ...everyOption, ...run }, given) // what no chosen layer has must be readable too
  return planComparison(
    chosen.map((name) => layers[name]),
    { padding: 1, batch: run.batch.fallback, ...given },
    runOptions,
  )
}

async function act(
  entrants: readonly Entrant[],
  json: boolean,
  session: Session<Printing & Threads & Announcing>,
): Promise<number> {
  const { io, language } = session
  const cost = entrants.reduce((sum, { plan }) => sum + roughCost(plan), 0)
  if (isLong(cost, io)) return offloadCommand(session)
  const columns = await measure(entrants, io)
  const claims = judgeClaims(columns)
  const page = json
    ? renderCompareJson(columns, claims, { version: io.version, language })
    : renderCompare(columns, claims, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
  return 0
}

/** Runs every layer, and times all of them in turn. */
async function measure(entrants: readonly Entrant[], io: Clock & Announcing) {
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
  return compareLayers(entrants, timings, (entrant) => tell?.(entrant, 'trace'))
}

/** Tells what is done next with an entrant, under its layer's title. */
function teller(entrants: readonly Entrant[], announce: (cost: number) => Report) {
  const costs = new Map(
    entrants.map((entrant) => {
      const parts = partsOf(entrant.plan)
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

const examples = examplesOf([
  ['convlab compare', { en: 'all layers', zh: '所有层' }],
  [
    'convlab compare static dynamic --batch 4 --input varied',
    { en: 'samples that differ', zh: '样本各不相同' },
  ],
  [
    'convlab compare static dynamic --in 64 --out 64 --size 7',
    { en: 'a small map', zh: '很小的特征图' },
  ],
])
