// The file of an experiment: written anew after every run, so that whatever stops the program
// leaves what is finished; and read to go on from there.
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { UsageError } from '../../../base/errors.ts'
import { named, readBytes } from '../../../cli/disk.ts'
import { readNonFinite } from '../../../show/non-finite.ts'
import { type Experiment, modelsOf } from '../../../training/experiment.ts'
import type { TrainingEngine, TrainingRun } from '../../../training/optimisation/training-run.ts'
import type { Design } from '../../../training/statistics/experiment-study.ts'
import type { NetworkChange } from '../../../training/training-networks.ts'

/** Runs of an earlier time, and what was asked for then. */
export interface Saved {
  readonly design: Design
  readonly runs: readonly TrainingRun[]
}

/** @throws {UsageError} if the file is none of this experiment */
export function readSaved(path: string, experiment: Experiment): Saved {
  return readBytes('--resume', path, (bytes) => {
    const document = parse(Buffer.from(bytes).toString())
    if (document.experiment !== experiment.name) throw ofAnother(document.experiment, experiment)
    const { models, seeds, changed } = document
    if (!isOf(experiment, models)) throw nothingSaved()
    return {
      design: {
        experiment,
        models: Object.keys(models),
        seeds,
        ...(changed && { change: changed }),
      },
      runs: Object.entries(models).flatMap(([model, { runs }]) =>
        runs.map((run) => ({ ...run, model })),
      ),
    }
  })
}

interface Document {
  readonly experiment: string
  readonly seeds: readonly number[]
  readonly changed?: NetworkChange
  readonly models: Readonly<
    Record<string, { readonly runs: readonly Omit<TrainingRun, 'model'>[] }>
  >
}

function parse(text: string): Document {
  try {
    const document = JSON.parse(text, readNonFinite)
    if (document.schema === 1 && isDocument(document)) return document
  } catch {}
  throw nothingSaved()
}

function nothingSaved(): UsageError {
  return new UsageError({
    en: 'this is no experiment that convlab saved: name a file that --save wrote',
    zh: '这不是 convlab 保存的实验：请指定 --save 写出的文件',
  })
}

/** Whether the runs are of models that there are, and measured on every test set. */
function isOf(experiment: Experiment, models: Document['models']): boolean {
  const { tests } = experiment
  return Object.entries(models).every(
    ([name, { runs }]) =>
      modelsOf(experiment).includes(name) &&
      runs.every(({ metrics }) => tests.every((test) => test.name in metrics)),
  )
}

function isDocument(document: Partial<Document>): document is Document {
  const { experiment, seeds, models, changed } = document
  return (
    typeof experiment === 'string' &&
    Array.isArray(seeds) &&
    seeds.every(Number.isInteger) &&
    (changed === undefined || isChange(changed)) &&
    typeof models === 'object' &&
    models !== null &&
    Object.values(models).every(({ runs }) => Array.isArray(runs) && runs.every(isRun))
  )
}

function isRun({ seed, metrics, losses, engine }: Partial<TrainingRun>): boolean {
  const numbers = (list: unknown) =>
    Array.isArray(list) && list.every((value) => typeof value === 'number')
  return (
    Number.isInteger(seed) &&
    numbers(losses) &&
    numbers(Object.values(metrics ?? {})) &&
    (engine === undefined || isEngine(engine))
  )
}

function isChange({ wider, size, steps }: Partial<NetworkChange>): boolean {
  return [wider, size, steps].every((value) => Number.isSafeInteger(value) && Number(value) > 0)
}

/** Words that a page may show as they are. */
function isEngine({ name, version, device }: Partial<TrainingEngine>): boolean {
  return [name, version, device].every((word) => /^[\w.+-]{1,40}$/.test(String(word)))
}

function ofAnother(found: string, { name }: Experiment): UsageError {
  return new UsageError({
    en: `it holds experiment ${found}, expected ${name}: run convlab experiment ${found}, or name another file`,
    zh: `其中是实验 ${found}，不是 ${name}：请运行 convlab experiment ${found}，或指定另一个文件`,
  })
}

/**
 * Checks the file that will be written, before anything is trained.
 * @throws {UsageError} if it lies in no folder, or exists and may not be replaced
 */
export function checkTarget(path: string, replace: boolean): void {
  const folder = dirname(path)
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError({
      en: `--save ${path}: there is no folder ${folder}: make it first, or choose another`,
      zh: `--save ${path}：没有文件夹 ${folder}：请先建立，或换一个`,
    })
  if (!existsSync(path)) return
  if (!statSync(path).isFile())
    throw new UsageError({
      en: `--save ${path}: this is not a file: choose another name`,
      zh: `--save ${path}：这不是文件：请换个名称`,
    })
  if (!replace)
    throw new UsageError({
      en: `--save ${path}: it exists already: go on from it with --resume ${path}, or replace it with --force`,
      zh: `--save ${path}：文件已存在：用 --resume ${path} 接着训练，或加 --force 覆盖`,
    })
}

/** Replaces the file as a whole: it is never half written. */
export function writeSaved(path: string, text: string): void {
  try {
    writeFileAtomic.sync(path, text)
  } catch (error) {
    throw named(`--save ${path}`, error)
  }
}
