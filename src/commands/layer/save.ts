// --save FILE...: what a run leaves on disk. All files are checked before the layer runs, written
// beside their places, and only then moved there, so that a failure leaves none of them.
import { existsSync, promises, rmSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { UsageError } from '../../base/errors.ts'
import { named, partOf } from '../../cli/disk.ts'
import type { Pages, Session, Surroundings, Unfinished } from '../../cli/io.ts'
import { told, type WriteFormat } from '../../cli/writing.ts'
import type { Report } from '../../run/expected.ts'
import type { Plan } from '../../run/plan.ts'
import type { Values } from '../../run/provided.ts'
import type { Ran } from './print-run.ts'
import {
  companions,
  formOf,
  forms,
  type Pieces,
  type SavedRun,
  safetensorsOf,
} from './saved-forms.ts'

/** What `--save` takes, for messages and help. */
export const savedForms = Object.keys(forms)

/**
 * Checks every file to be saved, before anything is computed.
 * @throws {UsageError} if a name has no form, stands twice, lies in no folder, or exists already
 */
export function checkTargets(plan: Plan, paths: readonly string[], force: boolean): void {
  const unknown = paths.find((path) => !(formOf(path) in forms))
  if (unknown !== undefined) throw unknownForm(unknown)
  const all = paths.flatMap((path) => [path, ...Object.values(companions(plan, path))])
  for (const [at, path] of all.entries()) {
    if (all.some((other, n) => n < at && resolve(other) === resolve(path))) throw twice(path)
    const folder = dirname(path)
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw noFolder(path, folder)
    if (formOf(path) === '.html') checkPage(path, plan)
    if (!existsSync(path)) continue
    if (statSync(path).isDirectory()) throw isFolder(path)
    if (!force) throw exists(path)
  }
}

/**
 * Writes the files, which `checkTargets` has let pass.
 * @throws {UsageError} if the disk refuses; none of the files is there then
 */
export async function save(
  ran: Ran,
  paths: readonly string[],
  { io, language }: Session<Surroundings & Unfinished & Pages>,
  report?: Report,
): Promise<void> {
  const { version, pageFolder } = io
  const run = { ...ran, version, language, ...(pageFolder && { pageFolder }) }
  const temporary = new Map<string, string>()
  try {
    for (const path of paths) {
      for (const [target, pieces] of await contentsOf(run, path)) {
        const beside = partOf(target)
        temporary.set(target, beside)
        io.unfinished?.(beside)
        const watched = told(pieces, basename(target), report)
        await promises.writeFile(beside, watched, { flag: 'wx' }).catch((error) => {
          throw named(`--save ${target}`, error)
        })
      }
    }
    for (const [target, beside] of temporary) {
      await promises.rename(beside, target).catch((error) => {
        throw named(`--save ${target}`, error)
      })
    }
  } finally {
    for (const path of temporary.values()) rmSync(path, { force: true })
  }
}

/** How this file is written. */
export function wayOf(path: string): WriteFormat {
  return formOf(path) === '.json' ? 'text' : 'bytes'
}

/** The file itself, and what a program needs beside it. */
async function contentsOf(run: SavedRun, path: string): Promise<[path: string, Pieces][]> {
  const form = forms[formOf(path)] as (typeof forms)[string]
  const contents: [string, Pieces][] = [[path, await form(run, path)]]
  const { input, weights } = companions(run.plan, path)
  if (input) {
    const { writeNpy } = await import('../../files/npy.ts')
    contents.push([input, writeNpy(run.trace.steps[0] as Values)])
  }
  if (weights) contents.push([weights, await safetensorsOf(run)])
  return contents
}

/** Values that a page carries at most: browsers grow slow on larger files. */
const PAGE_VALUES = 2 ** 24

/** What cannot be drawn from the seed is carried, and must not make the page too large. */
function checkPage(path: string, { provided }: Plan): void {
  const given = [provided.input, ...Object.values(provided.weights?.tensors ?? {})]
  const values = given.reduce((sum, each) => sum + (each?.values.length ?? 0), 0)
  if (values <= PAGE_VALUES) return
  throw new UsageError({
    en: `--save ${path}: the input and weights have ${values} values, expected at most ${PAGE_VALUES} in a page: use a smaller input, or save .npz`,
    zh: `--save ${path}：输入和权重共有 ${values} 个数，网页最多放 ${PAGE_VALUES} 个：请缩小输入，或改存 .npz`,
  })
}

function unknownForm(path: string): UsageError {
  const list = savedForms.join(', ')
  return new UsageError({
    en: `--save ${path}: expected a name that ends in one of ${list}: add the one you want`,
    zh: `--save ${path}：名称应以 ${list} 之一结尾：请加上需要的后缀`,
  })
}

function twice(path: string): UsageError {
  return new UsageError({
    en: `--save ${path}: expected every file once: give the second one another name`,
    zh: `--save ${path}：同一个文件写了两次：请给第二个换个名称`,
  })
}

function noFolder(path: string, folder: string): UsageError {
  return new UsageError({
    en: `--save ${path}: there is no folder ${folder}: make it first, or choose another`,
    zh: `--save ${path}：没有文件夹 ${folder}：请先建立，或换一个`,
  })
}

function isFolder(path: string): UsageError {
  return new UsageError({
    en: `--save ${path}: this is a folder: choose another name`,
    zh: `--save ${path}：这是文件夹：请换个名称`,
  })
}

function exists(path: string): UsageError {
  return new UsageError({
    en: `--save ${path}: ${basename(path)} exists already: add --force to replace it, or choose another name`,
    zh: `--save ${path}：${basename(path)} 已存在：加 --force 可覆盖，或换个名称`,
  })
}
