// Which layers are timed: some of the list, or one of the user's own.
import type { Text } from '../../../base/text.ts'
import { layerNamed } from '../../../cli/layer-names.ts'
import { type LayerName, layers } from '../../../layers/index.ts'
import { planRun } from '../../../run/plan.ts'
import { workloads } from '../workloads.ts'
import { flagWithoutLayer, layerOfTheList, layerTwice, noWorkload } from './errors.ts'
import type { RaceTask } from './race.ts'

const ids = Object.keys(workloads)

/**
 * @param name the layer, if it is one of the user's own
 * @param listed ids of the list; all of them where nothing is asked
 * @param given the flags of the layer
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 */
export function tasksFor(
  name: string | undefined,
  listed: string | undefined,
  given: Readonly<Record<string, unknown>>,
): RaceTask[] {
  const [flag] = Object.keys(given)
  if (name !== undefined && listed !== undefined) throw layerTwice(name, listed)
  if (name === undefined && flag !== undefined) throw flagWithoutLayer(flag)
  if (name !== undefined) {
    if (name in workloads) throw layerOfTheList(name)
    const layer = layerNamed(name)
    return [taskOf(layer, layer, layers[layer].title, given)]
  }
  return idsIn(listed ?? `${ids[0]}..${ids.at(-1)}`).map((id) => {
    const workload = workloads[id] as (typeof workloads)[string]
    return taskOf(id, workload.layer, workload.title, workload.given)
  })
}

function taskOf(
  id: string,
  name: LayerName,
  title: Text,
  given: Readonly<Record<string, unknown>>,
): RaceTask {
  const { command, declared, run, work } = planRun(layers[name], given)
  const convolution = declared.cost.lines.find(({ id }) => id === 'convolution')
  const flops = { layer: 2 * work, convolution: 2 * run.batch * (convolution?.multiplyAdds ?? 0) }
  return { id, title, layer: name, command, flops, given }
}

/** W1,W3..W5 -> W1 W3 W4 W5 */
function idsIn(listed: string): string[] {
  return listed.split(',').flatMap((part) => {
    const [first = '', last = first] = part.trim().toUpperCase().split('..')
    const [from, to] = [ids.indexOf(first), ids.indexOf(last)]
    if (from < 0 || to < from) throw noWorkload(part, ids)
    return ids.slice(from, to + 1)
  })
}
