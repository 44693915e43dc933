// The trace: what a forward pass leaves behind. Plain data, a small graph of steps, from which
// everything that a person sees is derived.
import type { CostLine, Parameters, StepText } from '../layers/layer.ts'
import type { EngineInUse } from '../tensor/engine/engine.ts'
import type { Window } from '../tensor/geometry.ts'
import { type Attributes, type Op, ops } from '../tensor/ops.ts'
import { reshape, type Shape, type Tensor } from '../tensor/tensor.ts'
import { inAll, type PhraseText, type Text } from '../text.ts'

export type Axis = 'batch' | 'channel' | 'row' | 'col' | 'out' | 'in' | 'expert' | 'value'

/** The operation that made a step, and what it needed to know besides its parents. */
type Operation =
  | { [O in Op]: { readonly op: O; readonly attributes: Attributes[O] } }[Op]
  | { readonly op: 'input'; readonly attributes: Record<never, never> }

interface Shown {
  /** public: scripts rely on it */
  readonly id: string
  readonly title: Text
  readonly formula: Text
  readonly axes: readonly Axis[]
  /** its parents: ids of earlier steps, and `parameters/NAME` */
  readonly from: readonly string[]
  readonly shape: Shape
  /** row-major */
  readonly values: Float32Array
  readonly note?: PhraseText
}

/** One step of the forward pass. Its kind is a way of showing it, never a kind of layer. */
export type Step = Shown & Operation & { readonly kind: 'tensor' | 'weights' }

/**
 * One output value worked out in full: no step of the pass, but shown like one. `values` and `shape`
 * are those of the patch.
 */
export interface WindowStep extends Shown {
  readonly kind: 'window'
  readonly op: 'window'
  readonly attributes: Record<never, never>
  /** sample, output channel, row, column of the value */
  readonly at: readonly [number, number, number, number]
  /** the input channels, rows and columns read; null in the padding */
  readonly reads: Window & { readonly channels: readonly number[] }
  /** the input under the window, zeros in the padding: (C/g, kh, kw), as `kernel` and `products` */
  readonly patch: Float32Array
  readonly kernel: Float32Array
  /** patch times kernel, value by value, exactly */
  readonly products: Float64Array
  /** the products' sum, by channel */
  readonly sums: readonly number[]
  /** 0 in a layer without */
  readonly bias: number
  /** what multiplies the convolution's result, if something does */
  readonly scale?: number
  /** the output value: (sum of the sums + bias) · scale, as the engine rounds it */
  readonly total: number
}

/** What a layer costs per sample: the whole, and its parts. */
export interface Cost {
  readonly parameters: number
  readonly multiplyAdds: number
  readonly lines: readonly CostLine[]
}

export interface Trace {
  /** the layer's name, as on the command line */
  readonly layer: string
  readonly title: Text
  /** the configuration in words, part by part */
  readonly brief: readonly Text[]
  /** the arguments of `convlab` that give this run */
  readonly command: string
  readonly config: Readonly<Record<string, unknown>>
  /** decimal, -2^63 .. 2^64-1 */
  readonly seed: string
  /** drawn, by the name of what draws it, or read from a file; `notes` on what was done to that */
  readonly input: {
    readonly source: string
    readonly shape: Shape
    readonly notes?: readonly Text[]
  }
  /** where the parameters come from, if not from the seed */
  readonly weights?: {
    readonly source: string
    /** the layer has a temperature that neither the file nor the user named: it is the usual one */
    readonly assumesTemperature?: true
  }
  /** in PyTorch's creation order, under their state_dict names */
  readonly parameters: readonly {
    readonly name: string
    readonly shape: Shape
    /** not learnt, as a batch norm's running mean */
    readonly buffer?: true
    readonly values: Float32Array
  }[]
  readonly steps: readonly Step[]
  /** what computed them */
  readonly engine: EngineInUse
  readonly cost: Cost
  /** the layer that the cost is measured against, in the same geometry */
  readonly baseline?: Cost & { readonly layer: string; readonly title: Text }
}

/** How a step is to be read: its formula, the meaning of its axes, its shape if it is a view. */
export interface Reading {
  /** in signs alone, which are the same in every language, or with words in it */
  readonly formula: string | Text
  readonly axes: readonly Axis[]
  readonly shape?: Shape | undefined
  readonly kind?: Step['kind']
}

/** Computes the steps of a forward pass one by one and keeps them. */
export interface Tracer<StepId extends string = string> {
  /**
   * Applies `op` to the tensors and records the result under `id`, viewed under `reading.shape`
   * if that is given. Tensors that are undefined (no bias) are left out.
   * @throws {Error} if a tensor is neither the input, a parameter nor an earlier step
   */
  step<O extends Op>(
    id: StepId,
    op: O,
    from: readonly (Tensor | undefined)[],
    attributes: Attributes[O],
    reading: Reading,
  ): Tensor
}

/**
 * The steps so far, and the tracer that adds to them.
 * @param begins told the id of every step before it is computed
 */
export function createTracer(
  x: Tensor,
  parameters: Parameters,
  texts: Readonly<Record<string, StepText>>,
  begins?: (id: string) => void,
): { steps: readonly Step[]; tracer: Tracer } {
  const names = new Map<Tensor, string>([[x, 'input']])
  for (const [name, parameter] of Object.entries(parameters))
    names.set(parameter, `parameters/${name}`)
  const title = (id: string): Text => (texts[id] as StepText).title
  const steps: Step[] = [
    {
      id: 'input',
      kind: 'tensor',
      op: 'input',
      attributes: {},
      title: title('input'),
      formula: inAll('x'),
      axes: ['batch', 'channel', 'row', 'col'],
      from: [],
      shape: x.shape,
      values: x.data,
    },
  ]
  const tracer: Tracer = {
    step(id, op, from, attributes, { shape, kind = 'tensor', formula, axes }) {
      begins?.(id)
      const parents = from.filter((parent) => parent !== undefined)
      const result = ops[op](parents, attributes)
      const value = reshape(result, shape ?? result.shape)
      const ids = parents.map((parent) => {
        const name = names.get(parent)
        if (name === undefined) throw new Error(`step ${id} has a parent that was never traced`)
        return name
      })
      names.set(value, id)
      const operation = { op, attributes } as Operation
      steps.push({
        id,
        kind,
        ...operation,
        title: title(id),
        formula: typeof formula === 'string' ? inAll(formula) : formula,
        axes,
        from: ids,
        shape: value.shape,
        values: value.data,
      })
      return value
    },
  }
  return { steps, tracer }
}
