// --save FILE...: what a file holds, by the end of its name.
import { promises } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Language } from '../../base/text.ts'
import { lectureOn } from '../../cli/layer-runs.ts'
import type { Plan } from '../../run/plan.ts'
import type { Values } from '../../run/provided.ts'
import type { PageParts } from '../../show/html/html-document.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Ran } from './print-run.ts'
import { PARAMETERS } from './provide-weights.ts'

/** A run, and everything that its files say. */
export interface SavedRun extends Ran {
  readonly version: string
  readonly language: Language
  /** the folder of the built page */
  readonly pageFolder?: string
}

export type Pieces = Iterable<Uint8Array | string>

/** Writers by the end of a name. */
export const forms: Readonly<Record<string, (run: SavedRun, path: string) => Promise<Pieces>>> = {
  async '.npz'({ trace }) {
    const { writeNpz } = await import('../../files/npz.ts')
    const steps = trace.steps.map((step): [string, Values] => [step.id, step])
    const parameters = Object.entries(parametersOf(trace)).map(([name, each]): [string, Values] => [
      PARAMETERS + name,
      each,
    ])
    return writeNpz(Object.fromEntries([...steps, ...parameters]))
  },
  '.safetensors': (run) => safetensorsOf(run),
  async '.onnx'(run) {
    const { writeOnnx } = await import('../../files/onnx/model.ts')
    return [writeOnnx(run.trace, { version: run.version, metadata: metadataOf(run) })]
  },
  async '.py'({ layer, plan }, path) {
    const { renderTorch } = await import('../../show/torch.ts')
    const { input, weights } = companions(plan, path)
    return [
      renderTorch(plan, layer.torch(plan.config), {
        ...(input && { input: basename(input) }),
        ...(weights && { weights: basename(weights) }),
      }),
    ]
  },
  async '.json'({ trace, version, language }) {
    const { renderJson } = await import('../../show/json.ts')
    return renderJson(trace, { version, language, values: true })
  },
  async '.html'({ layer, plan, trace, version, language, pageFolder }) {
    const { renderHtml } = await import('../../show/html/html-document.ts')
    const { givenBy } = await import('../../show/html/payload.ts')
    const { claims } = await lectureOn(layer, trace)
    const { engine } = trace
    const payload = { version, language, layer: layer.name, engine, ...givenBy(plan), claims }
    return renderHtml(payload, layer.title, await readPage(pageFolder))
  },
}

/** Files beside a program with the input and the weights that it cannot draw from its seed. */
export function companions({ provided }: Plan, path: string): { input?: string; weights?: string } {
  if (formOf(path) !== '.py') return {}
  const stem = path.slice(0, -extname(path).length)
  return {
    ...(provided.input && { input: `${stem}.input.npy` }),
    ...(provided.weights && { weights: `${stem}.weights.safetensors` }),
  }
}

export async function safetensorsOf(run: SavedRun): Promise<Pieces> {
  const { writeSafetensors } = await import('../../files/safetensors.ts')
  return writeSafetensors({ tensors: parametersOf(run.trace), metadata: metadataOf(run) })
}

function parametersOf({ parameters }: Trace): Record<string, Values> {
  return Object.fromEntries(parameters.map(({ name, shape, values }) => [name, { shape, values }]))
}

/** What makes the layer beside its parameters. `format` tells other programs that they are PyTorch's. */
function metadataOf({ trace, version }: SavedRun): Record<string, string> {
  const { layer, config } = trace
  return {
    format: 'pt',
    convlab: version,
    layer,
    config: JSON.stringify(config),
    ...('temperature' in config && { temperature: String(config.temperature) }),
  }
}

/** The end of a name that says what the file holds. */
export function formOf(path: string): string {
  return extname(path).toLowerCase()
}

/** The built program and styles of the page. */
async function readPage(folder: string | undefined): Promise<PageParts> {
  if (folder === undefined) throw new Error('the built page is nowhere')
  const [script = '', style = ''] = await Promise.all(
    ['page.js', 'page.css'].map((file) => promises.readFile(join(folder, file), 'utf8')),
  )
  return { script, style }
}
