// How long it will take, on stderr: a bar in a terminal, elsewhere a line at every tenth.

import { costOf } from '../../experiments/cost.ts'
import { experimentNamed } from '../../experiments/index.ts'
import { modelNamed } from '../../experiments/models.ts'
import { architectureOf, networks } from '../../experiments/networks.ts'
import type { Style } from '../../render/style.ts'
import { bar } from '../../render/text/pictures.ts'
import type { Text } from '../../text.ts'
import type { Output } from '../settings.ts'
import type { Job } from './jobs.ts'

export interface Progress {
  /** @param share of the job that is done, 1 once it is finished */
  update(job: Job, share: number): void
  /** Leaves the line to others. */
  clear(): void
}

const CELLS = 24
const CLEAR_LINE = '\r\u001b[K'

/** @param clock milliseconds from any start */
export function createProgress(
  jobs: readonly Job[],
  output: Output,
  style: Style,
  clock: () => number,
): Progress {
  const works = new Map(jobs.map((job) => [keyOf(job), workOf(job)]))
  const total = [...works.values()].reduce((sum, work) => sum + work, 0)
  const done = new Map<string, number>()
  const start = clock()
  let tenth = 0
  return {
    update(job, share) {
      done.set(keyOf(job), share * (works.get(keyOf(job)) ?? 0))
      const part = [...done.values()].reduce((sum, work) => sum + work, 0) / total
      const finished = [...done].filter(([key, work]) => work >= (works.get(key) ?? 0)).length
      const left = (clock() - start) * (1 / part - 1)
      const words = style.say(line(finished, jobs.length, part > 0.01 ? left : undefined))
      if (output.isTTY) {
        output.write(`${CLEAR_LINE}${bar(part, CELLS, style.symbols).padEnd(CELLS)} ${words}`)
      } else if (Math.floor(part * 10) > tenth) {
        tenth = Math.floor(part * 10)
        output.write(`${words}\n`)
      }
    },
    clear() {
      if (output.isTTY) output.write(CLEAR_LINE)
    },
  }
}

function line(finished: number, count: number, left: number | undefined): Text {
  const seconds = left === undefined ? undefined : Math.ceil(left / 1000)
  return {
    en: `${finished} of ${count} runs${seconds === undefined ? '' : `, about ${seconds} s left`}`,
    zh: `已训练 ${finished}/${count}${seconds === undefined ? '' : `，还需约 ${seconds} 秒`}`,
  }
}

const keyOf = ({ model, seed }: Job) => `${model} ${seed}`

/** Multiply-adds, about: what a job's time goes by. */
function workOf({ experiment, model: name }: Job): number {
  const network = networks[experimentNamed(experiment).network]
  const model = modelNamed(name)
  return costOf(architectureOf(network, model), model).multiplyAdds * network.training.steps
}
