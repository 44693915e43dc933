// `npm run claims` trains what the claims need, and writes src/claims/recorded.json anew. It takes
// long; what is finished waits in a folder for the next time, should it be stopped.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RecordedStudy, RecordFile } from '../../src/claims/record.ts'
import { type StudyPlan, studyPlans } from '../../src/claims/studies.ts'
import type { TrainingRun } from '../../src/training/optimisation/training-run.ts'

const root = new URL('../..', import.meta.url).pathname
const folder = join(tmpdir(), 'convlab-claims')

interface Saved {
  readonly convlab: string
  readonly seeds: readonly number[]
  readonly partial: boolean
  readonly models: Readonly<Record<string, { readonly runs: readonly TrainingRun[] }>>
}

const read = (file: string): Saved => JSON.parse(readFileSync(file, 'utf8'))

/** Trains what is not finished. */
function train({ experiment, command }: StudyPlan): string {
  const file = join(folder, `${experiment.name}.json`)
  if (existsSync(file) && !read(file).partial) return file
  const keep = [existsSync(file) ? '--resume' : '--save', file]
  const args = [join(root, 'bin/convlab.js'), ...command.split(' '), ...keep]
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  expect(status, command).toBe(0)
  return file
}

function recordOf({ experiment, models, command }: StudyPlan, file: string): RecordedStudy {
  const saved = read(file)
  const metrics = (model: string, test: string) =>
    saved.models[model]?.runs.map((run) => run.metrics[test] as number) ?? []
  return {
    command,
    convlab: saved.convlab,
    date: statSync(file).mtime.toISOString().slice(0, 10),
    seeds: saved.seeds,
    models: Object.fromEntries(
      models.map((model) => [
        model,
        Object.fromEntries(experiment.tests.map(({ name }) => [name, metrics(model, name)])),
      ]),
    ),
  }
}

test.runIf(process.env.CONVLAB_RECORD)('record', { timeout: 2 ** 31 - 1 }, () => {
  mkdirSync(folder, { recursive: true })
  const studies = studyPlans.map((plan) => [plan.experiment.name, recordOf(plan, train(plan))])
  const record: RecordFile = { schema: 1, studies: Object.fromEntries(studies) }
  writeFileSync(join(root, 'src/claims/recorded.json'), written(record))
  rmSync(folder, { recursive: true })
})

/** A line a model and test set. */
function written(record: RecordFile): string {
  const text = JSON.stringify(record, null, 2)
  return `${text.replace(/\[[^[\]]*\]/g, (list) => list.replace(/\s+/g, ' ').replace(/^\[ | \]$/g, (end) => end.trim()))}\n`
}
