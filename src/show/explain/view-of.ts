// How a step is best seen: it follows from its values' shape and their origin, never from the layer.
import type { Tensor } from '../../tensor/tensor.ts'
import { tensorNamed, tensorOf } from '../../trace/query.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import { mainConvolution } from '../../trace/window.ts'

export type View =
  /** attention: a bar a weight */
  | { readonly kind: 'weights' }
  /** the kernels that are mixed: (K, O, C/g, kh, kw) */
  | { readonly kind: 'experts'; readonly experts: Tensor }
  /** a kernel that is the same for all samples: (O, C/g, kh, kw) */
  | { readonly kind: 'kernel' }
  /** a kernel made for every sample: (B·O, C/g, kh, kw) */
  | { readonly kind: 'mixture' }
  /** feature maps (B, C, H, W); `made` by the convolution, or read by it */
  | { readonly kind: 'maps'; readonly made: boolean }
  /** a few values; of each sample its own, or the same ones for all */
  | { readonly kind: 'vector'; readonly bySample: boolean }

export function viewOf(trace: Trace, step: Step): View {
  if (step.kind === 'weights') return { kind: 'weights' }
  const experts = expertsIn(trace, step)
  if (experts) return { kind: 'experts', experts }
  if (isKernel(trace, step)) return { kind: step.op === 'identity' ? 'kernel' : 'mixture' }
  const [, , rows = 1, columns = 1] = step.shape
  if (step.shape.length === 4 && rows * columns > 1)
    return { kind: 'maps', made: isMade(trace, step) }
  const bySample = step.axes[0] === 'batch' || (step.op === 'matmul' && step.shape.length === 1)
  return { kind: 'vector', bySample }
}

/** The values of a step that belong to one sample; all of them, if they are the same for all. */
export function valuesOfSample(trace: Trace, step: Step, sample: number): Float32Array {
  const view = viewOf(trace, step)
  const own = view.kind === 'weights' || (view.kind === 'vector' && view.bySample)
  const { data } = tensorOf(step)
  if (!own) return data
  const size = data.length / (trace.input.shape[0] as number)
  return data.subarray(sample * size, (sample + 1) * size)
}

/** Is this the convolution or what follows it? */
export function isMade(trace: Trace, step: Step): boolean {
  const convolution = mainConvolution(trace)
  const first = convolution ? trace.steps.indexOf(convolution) : trace.steps.length - 1
  return trace.steps.indexOf(step) >= first
}

/** Is this what the convolution takes as its kernel? */
function isKernel(trace: Trace, { id }: Step): boolean {
  return mainConvolution(trace)?.from[1] === id
}

/** The experts, if the step shows them under whatever shape. */
function expertsIn(trace: Trace, step: Step): Tensor | undefined {
  const [first] = step.from
  if (step.op !== 'identity' || first === undefined || isMade(trace, step)) return undefined
  const parent = tensorNamed(trace, first)
  return parent.shape.length === 5 ? parent : undefined
}
