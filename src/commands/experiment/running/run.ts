// convlab experiment NAME, from flags to the page.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { UsageError } from '../../../base/errors.ts'
import { resolve } from '../../../base/options.ts'
import type { Text } from '../../../base/text.ts'
import { clockOf, type Printing, progressOf, type Session, type Training } from '../../../cli/io.ts'
import { print } from '../../../cli/print.ts'
import { styleFor } from '../../../cli/style.ts'
import type { TrainingJob } from '../../../cli/training-thread.ts'
import { chosenEngine } from '../../../tensor/engine/index.ts'
import { parseDigits } from '../../../training/data/digit-images.ts'
import type { DataSource } from '../../../training/data/index.ts'
import { type Experiment, modelsOf } from '../../../training/experiment.ts'
import { experimentNamed } from '../../../training/index.ts'
import type { TrainingRun } from '../../../training/optimisation/training-run.ts'
import { type Design, type Study, studyOf } from '../../../training/statistics/experiment-study.ts'
import type { NetworkChange } from '../../../training/training-networks.ts'
import { renderExperimentJson } from '../json.ts'
import { renderExperiment } from '../page/page.ts'
import { renderExperimentTorch } from '../torch/program.ts'
import { checkTarget, readSaved, type Saved, writeSaved } from './file.ts'
import { trainAll } from './jobs.ts'
import { designOf, experimentOptions } from './options.ts'
import { createProgress } from './progress.ts'
import { thisThread } from './threads.ts'

/** Exit code of what Ctrl-C has stopped. */
const INTERRUPTED = 130

interface Given {
  readonly models?: readonly string[]
  readonly quick?: boolean
  readonly json?: boolean
  readonly save?: string
  readonly resume?: string
  readonly force?: boolean
  readonly torch?: boolean
}

export async function runExperiment(
  name: string,
  options: Readonly<Record<string, unknown>>,
  session: Session<Printing & Training>,
): Promise<void> {
  const { io } = session
  const asked = options as Given
  const { design, saved } = planFor(experimentNamed(name), asked, options)
  if (asked.torch) return printTorch(design, asked, io)
  const target = targetOf(asked)
  const runs = [...(saved?.runs ?? [])]
  const jobs = jobsOf(design, runs)
  if (design.change && jobs.length > 0) throw cannotTrain(design.change, jobs.length, asked.resume)
  const keep = () => {
    if (target === undefined) return
    const everything = studyOf(union(design, saved?.design), runs)
    writeSaved(target, renderExperimentJson(everything, io.version))
  }
  keep() // a place that cannot be written is better known before than after
  const ended = await train(jobs, design.experiment, session, (run) => {
    runs.push(run)
    keep()
  })
  await show(studyOf(design, runs), asked.json === true, session)
  if (ended === 'done') return
  session.exit(INTERRUPTED)
  if (target !== undefined) io.stderr.write(`${goOn(target)[session.language]}\n`)
}

/** What the PyTorch program was told to train, this program cannot. */
function cannotTrain(
  { wider, size, steps }: NetworkChange,
  missing: number,
  file = '',
): UsageError {
  const flags = `--wider ${wider} --size ${size} --steps ${steps}`
  return new UsageError({
    en: `--resume ${file}: its runs are of ${flags}, which PyTorch trains and convlab does not, and ${missing} that are asked for are missing: leave out --models and --seeds, or have the PyTorch program train them all`,
    zh: `--resume ${file}：其中的训练用了 ${flags}，只有 PyTorch 程序能做；所要的还缺 ${missing} 次：请去掉 --models 和 --seeds，或用 PyTorch 程序重新训练全部`,
  })
}

/** What is to be trained, and what is there already. */
function planFor(
  experiment: Experiment,
  { models, quick = false, resume }: Given,
  options: Readonly<Record<string, unknown>>,
): { design: Design; saved: Saved | undefined } {
  const { seeds } = resolve(experimentOptions, options)
  const saved = resume === undefined ? undefined : readSaved(resume, experiment)
  const asked = { quick, ...(models && { models }), ...(seeds.length > 0 && { seeds }) }
  return { design: designOf(experiment, asked, saved?.design), saved }
}

/** The file to keep what is finished in; one that --save names may not stand in the way. */
function targetOf({ save, resume, force }: Given): string | undefined {
  if (save !== undefined) checkTarget(save, force === true || save === resume)
  return save ?? resume
}

function goOn(file: string): Text {
  return {
    en: `What is finished is kept: go on with --resume ${file}`,
    zh: `已完成的部分已保存：用 --resume ${file} 接着训练`,
  }
}

/** What is not finished yet; seed by seed, so that what is finished can be compared. */
function jobsOf(
  { experiment, models, seeds }: Design,
  runs: readonly TrainingRun[],
): TrainingJob[] {
  const finished = new Set(runs.map(({ model, seed }) => `${model} ${seed}`))
  return seeds
    .flatMap((seed) => models.map((model) => ({ experiment: experiment.name, model, seed })))
    .filter(({ model, seed }) => !finished.has(`${model} ${seed}`))
}

/** A file that is resumed keeps what it has, whatever is asked for now. */
function union(design: Design, saved: Design | undefined): Design {
  const { experiment, change } = design
  const models = [...design.models, ...(saved?.models ?? [])]
  const seeds = new Set([...design.seeds, ...(saved?.seeds ?? [])])
  return {
    experiment,
    models: modelsOf(experiment).filter((name) => models.includes(name)),
    seeds: [...seeds].sort((a, b) => a - b),
    ...(change && { change }),
  }
}

/** Trains, and tells on stderr how long it will take; Ctrl-C ends it early. */
async function train(
  jobs: readonly TrainingJob[],
  experiment: Experiment,
  session: Session<Printing & Training>,
  finished: (run: TrainingRun) => void,
): Promise<'done' | 'interrupted'> {
  if (jobs.length === 0) return 'done'
  const { io } = session
  const output = progressOf(io)
  const style = await styleFor(session, output)
  const progress = createProgress(jobs, output, style, clockOf(io))
  const source = sourceOf(experiment, io)
  const { threads: wanted } = chosenEngine()
  const most = wanted === 'auto' ? availableParallelism() : wanted
  const start = io.trainer ?? thisThread
  const count = io.trainer ? Math.min(most, jobs.length) : 1
  const threads = await Promise.all(Array.from({ length: count }, () => start(source)))
  const training = trainAll(jobs, threads, {
    progress: progress.update,
    finished(job, run) {
      finished(run)
      progress.update(job, 1)
    },
  })
  let ended: 'done' | 'interrupted' = 'done'
  const listenNoMore = io.onInterrupt?.(() => {
    ended = 'interrupted'
    training.stop()
  })
  try {
    await training.done
  } finally {
    listenNoMore?.()
    progress.clear()
  }
  return ended
}

function sourceOf(experiment: Experiment, io: Training): DataSource {
  const digits = digitsOf(experiment, io)
  return digits && parseDigits(gunzipSync(digits).toString())
}

/** The gzipped digits, for an experiment with digits. */
function digitsOf({ network }: Experiment, { data }: Training): Buffer | undefined {
  if (network !== 'digits') return undefined
  if (data === undefined) throw new TypeError('this program was started without its data sets')
  return readFileSync(join(data, 'digits.csv.gz'))
}

/** The same experiment as a PyTorch program, instead of training here. */
async function printTorch(design: Design, given: Given, io: Printing & Training): Promise<void> {
  const other = (['json', 'save', 'resume'] as const).find((flag) => given[flag] !== undefined)
  if (other)
    throw new UsageError({
      en: `--torch and --${other}: the program is printed and nothing is trained: leave out --${other}`,
      zh: `--torch 与 --${other}：只打印程序，不做训练：请去掉 --${other}`,
    })
  await print(io.stdout, [
    renderExperimentTorch(design, io.version, digitsOf(design.experiment, io)),
  ])
}

async function show(study: Study, json: boolean, session: Session<Printing>): Promise<void> {
  const { io } = session
  const page = json
    ? renderExperimentJson(study, io.version)
    : renderExperiment(study, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
}
