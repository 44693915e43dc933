// --save FILE...: what a run leaves on disk. All files are checked before the layer runs, written
// beside their places, and only then moved there, so that a failure leaves none of them.
import { existsSync, rmSync, statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Layer } from '../layers/layer.ts'
import type { Language } from '../text.ts'
import type { Plan } from '../trace/plan.ts'
import type { Values } from '../trace/provided.ts'
import type { Trace } from '../trace/trace.ts'
import { named } from './disk.ts'
import { PARAMETERS } from './provide.ts'

/** A run, and everything that its files say. */
export interface Run {
  readonly layer: Layer
  readonly plan: Plan
  readonly trace: Trace
  readonly version: string
  readonly language: Language
}

type Pieces = Iterable<Uint8Array | string>

/** What a file holds, by the end of its name. */
const forms: Readonly<Record<string, (run: Run, path: string) => Promise<Pieces>>> = {
  async '.npz'({ trace }) {
    const { writeNpz } = await import('../files/npz.ts')
    const steps = trace.steps.map((step): [string, Values] => [step.id, step])
    const parameters = Object.entries(parametersOf(trace)).map(([name, each]): [string, Values] => [
      PARAMETERS + name,
      each,
    ])
    return writeNpz(Object.fromEntries([...steps, ...parameters]))
  },
  '.safetensors': (run) => safetensorsOf(run),
  async '.onnx'(run) {
    const { writeOnnx } = await import('../files/onnx/model.ts')
    return [writeOnnx(run.trace, { version: run.version, metadata: metadataOf(run) })]
  },
  async '.py'({ layer, plan }, path) {
    const { renderTorch } = await import('../render/torch.ts')
    const { input, weights } = companions(plan, path)
    return [
      renderTorch(plan, layer.torch(plan.config), {
        ...(input && { input: basename(input) }),
        ...(weights && { weights: basename(weights) }),
      }),
    ]
  },
  async '.json'({ trace, version, language }) {
    const { renderJson } = await import('../render/json.ts')
    return renderJson(trace, { version, language, values: true })
  },
}

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
    if (!existsSync(path)) continue
    if (statSync(path).isDirectory()) throw isFolder(path)
    if (!force) throw exists(path)
  }
}

/**
 * Writes the files, which `checkTargets` has let pass.
 * @throws {UsageError} if the disk refuses; none of the files is there then
 */
export async function save(run: Run, paths: readonly string[]): Promise<void> {
  const temporary = new Map<string, string>()
  const clear = () => {
    for (const path of temporary.values()) rmSync(path, { force: true })
  }
  process.once('exit', clear) // Ctrl-C, too, leaves nothing behind
  try {
    for (const path of paths) {
      for (const [target, pieces] of await contentsOf(run, path)) {
        const beside = join(
          dirname(target),
          `.${basename(target).slice(0, 100)}.${process.pid}.part`,
        )
        temporary.set(target, beside)
        await writeFile(beside, pieces, { flag: 'wx' }).catch((error) => {
          throw named(`--save ${target}`, error)
        })
      }
    }
    for (const [target, beside] of temporary) {
      await rename(beside, target).catch((error) => {
        throw named(`--save ${target}`, error)
      })
    }
  } finally {
    clear()
    process.removeListener('exit', clear)
  }
}

/** The file itself, and what a program needs beside it. */
async function contentsOf(run: Run, path: string): Promise<[path: string, Pieces][]> {
  const form = forms[formOf(path)] as (typeof forms)[string]
  const contents: [string, Pieces][] = [[path, await form(run, path)]]
  const { input, weights } = companions(run.plan, path)
  if (input) {
    const { writeNpy } = await import('../files/npy.ts')
    contents.push([input, writeNpy(run.trace.steps[0] as Values)])
  }
  if (weights) contents.push([weights, await safetensorsOf(run)])
  return contents
}

/** Files beside a program with the input and the weights that it cannot draw from its seed. */
function companions({ provided }: Plan, path: string): { input?: string; weights?: string } {
  if (formOf(path) !== '.py') return {}
  const stem = path.slice(0, -extname(path).length)
  return {
    ...(provided.input && { input: `${stem}.input.npy` }),
    ...(provided.weights && { weights: `${stem}.weights.safetensors` }),
  }
}

async function safetensorsOf(run: Run): Promise<Pieces> {
  const { writeSafetensors } = await import('../files/safetensors.ts')
  return writeSafetensors({ tensors: parametersOf(run.trace), metadata: metadataOf(run) })
}

function parametersOf({ parameters }: Trace): Record<string, Values> {
  return Object.fromEntries(parameters.map(({ name, shape, values }) => [name, { shape, values }]))
}

/** What makes the layer beside its parameters. `format` tells other programs that they are PyTorch's. */
function metadataOf({ trace, version }: Run): Record<string, string> {
  const { layer, config } = trace
  return {
    format: 'pt',
    convlab: version,
    layer,
    config: JSON.stringify(config),
    ...('temperature' in config && { temperature: String(config.temperature) }),
  }
}

function formOf(path: string): string {
  return extname(path).toLowerCase()
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
