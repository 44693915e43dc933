// One weight of an attention, worked out: the sigmoid or softmax of its scores, and the score
// itself where the step makes it, too.
import { decimal } from '../../base/format.ts'
import { ops } from '../../ops/index.ts'
import { sizeOf, type Tensor } from '../../tensor/tensor.ts'
import { indexOf } from '../../trace/mixture.ts'
import { tensorNamed } from '../../trace/query.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import type { Focus } from './focus.ts'
import { productText, signedText, termsText } from './sum-text.ts'

/** A step that turns scores into weights. */
export type Scored = Step & {
  readonly op: 'sigmoid' | 'softmax' | 'linearSigmoid' | 'linearSoftmax'
}

/** Terms of a score that are written: enough to see what is added up. */
const TERMS = 4
/** Terms of a softmax's sum that are written; layers have fewer, and each of them counts. */
const POWERS = 64

export function isScored(step: Step): step is Scored {
  return /^(linearS|s)(igmoid|oftmax)$/.test(step.op)
}

/** Equations for the weight in focus, as `workedOut` gives them. */
export function workedWeight(trace: Trace, step: Scored, focus: Focus): string[][] {
  const { sample } = focus
  const size = sizeOf(step.shape.slice(1))
  const own = Math.min(focus.expert, size - 1)
  const scores = scoresOf(trace, step).subarray(sample * size, (sample + 1) * size)
  const score = scores[own] as number
  const index = indexOf(sample * size + own, step.shape)
  const name = `${step.id}[${index.join(',')}] =`
  const result = `= ${decimal(step.values[sample * size + own] as number)}`
  // a layer that cannot be given a temperature has none to write
  const { temperature } = step.attributes
  const divided = 'temperature' in trace.config ? ` / ${temperature}` : ''
  const power = (value: number) => `exp(${decimal(value)}${divided})`
  const made = workedScore(trace, step, sample, own, score)
  if (step.op === 'sigmoid' || step.op === 'linearSigmoid')
    return [...made, [name, `1 / (1 + ${power(-score)})`, result]]
  const powers = termsText(Array.from(scores, power), POWERS)
  const sum = powers.map(
    (term, at) => `${at === 0 ? '/ (' : ''}${term}${at === powers.length - 1 ? ')' : ''}`,
  )
  return [...made, [name, power(score), ...sum, result]]
}

/** Whether the step is a linear layer's scores and their weights in one. */
function isLinear({ op }: Scored): boolean {
  return op === 'linearSigmoid' || op === 'linearSoftmax'
}

/** The score of every weight, in the step's order. */
function scoresOf(trace: Trace, step: Scored): Float32Array {
  const parents = step.from.map((name) => tensorNamed(trace, name)) as [Tensor, ...Tensor[]]
  return (isLinear(step) ? ops.linear.forward(parents, {}) : parents[0]).data
}

/** How a step that makes its scores itself comes to one of them. */
function workedScore(
  trace: Trace,
  step: Scored,
  sample: number,
  own: number,
  score: number,
): string[][] {
  if (!isLinear(step)) return []
  const tensors = step.from.map((name) => tensorNamed(trace, name).data)
  const [x, weight, bias] = tensors as [Float32Array, Float32Array, Float32Array?]
  const width = x.length / (trace.input.shape[0] as number)
  const terms = Array.from({ length: width }, (_, c) =>
    productText([weight[own * width + c] as number, x[sample * width + c] as number]),
  )
  // as PyTorch would call it: the module whose weight that is, on the step before
  const module = step.from[1]?.replace(/^parameters\/|\.weight$/g, '')
  return [
    [
      `${module}(${step.from[0]})[${sample},${own}] =`,
      ...termsText(terms, TERMS),
      ...(bias ? [`+ ${signedText(bias[own] as number)}`] : []),
      `= ${decimal(score)}`,
    ],
  ]
}
