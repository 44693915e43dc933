// The trace: what a forward pass leaves behind. Plain data, a small graph of steps, from which
// everything that a person sees is derived.
import type { AnyConfig } from '../base/options.ts'
import { inAll, type PhraseText, type Text } from '../base/text.ts'
import { type Attributes, type Op, operation } from '../ops/index.ts'
import type { EngineInUse } from '../tensor/engine/engine.ts'
import type { Window } from '../tensor/geometry.ts'
import { reshape, type Shape, type Tensor } from '../tensor/tensor.ts'
import type { Cost, CostPart } from './parts.ts'

/** Tensors by their state_dict names. */
export type Parameters = Readonly<Record<string, Tensor>>

/** What a step is called, and what a table says of it beyond its numbers. */
export interface StepText {
  readonly title: Text
  note?(trace: Trace): PhraseText
}

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
export type Step = Shown &
  Operation & {
    readonly kind: 'tensor' | 'weights'
    /** what its work is for; the input is no work */
    readonly part?: CostPart
  }

/** One output value: no step of the pass, but shown like one. */
export interface ValueStep extends Shown {
  readonly kind: 'window'
  readonly op: 'window'
  readonly attributes: Record<never, never>
  /** sample, output channel, row, column of the value */
  readonly at: readonly [number, number, number, number]
  /** the output value, as the engine rounds it */
  readonly total: number
}

/**
 * A value that one window makes, worked out in full. `values` and `shape` are those of the patch; the
 * total is (sum of the sums + bias) · scale, and what the steps of `followed` make of it.
 */
export interface WindowStep extends ValueStep {
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
  /** ids of the steps that the result goes through afterwards, if not a scale alone */
  readonly followed?: readonly string[]
  /** what they begin with: sum of the sums + bias */
  readonly convolved?: number
}

/** @typeParam Config the layer's configuration, where the layer is known */
export interface Trace<Config extends AnyConfig = AnyConfig> {
  /** the layer's name, as on the command line */
  readonly layer: string
  readonly title: Text
  /** the configuration in words, part by part */
  readonly brief: readonly Text[]
  /** the arguments of `convlab` that give this run */
  readonly command: string
  readonly config: Config
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

/** A step to be made: its operation with its attributes, and how the result is to be read. */
export type StepSpec<O extends Op = Op> = Attributes[O] & {
  readonly op: O
  /** the input, parameters and earlier steps; what is undefined (no bias) is left out */
  readonly from: readonly (Tensor | undefined)[]
  readonly part: CostPart
  /** in signs alone, which are the same in every language, or with words in it */
  readonly formula: string | Text
  readonly axes: readonly Axis[]
  /** the shape under which the result is seen, if not the operation's own */
  readonly view?: Shape | undefined
  readonly kind?: Step['kind']
}

/** Computes the steps of a forward pass one by one and keeps them. */
export interface Tracer<StepId extends string = string> {
  /**
   * Makes a step and records it.
   * @throws {Error} if a tensor is neither the input, a parameter nor an earlier step
   */
  step<O extends Op>(id: StepId, spec: StepSpec<O>): Tensor
}

/** Makes the value of a step whose shape is known. */
type Compute = (
  op: Op,
  parents: readonly Tensor[],
  attributes: unknown,
  shape: Shape | undefined,
) => Tensor

export interface TracerOptions {
  /** told the id of every step before it is computed */
  readonly begins?: ((id: string) => void) | undefined
  readonly compute?: Compute
}

/** The steps so far, and the tracer that adds to them. */
export function createTracer(
  x: Tensor,
  parameters: Parameters,
  texts: Readonly<Record<string, StepText>>,
  { begins, compute = forward }: TracerOptions = {},
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
    step(id, { op, from, part, formula, axes, view, kind = 'tensor', ...attributes }) {
      begins?.(id)
      const parents = from.filter((parent) => parent !== undefined)
      const value = compute(op, parents, attributes, view)
      const ids = parents.map((parent) => {
        const name = names.get(parent)
        if (name === undefined) throw new Error(`step ${id} has a parent that was never traced`)
        return name
      })
      names.set(value, id)
      const made = { op, attributes } as unknown as Operation
      const reading = {
        title: title(id),
        formula: typeof formula === 'string' ? inAll(formula) : formula,
        axes,
        from: ids,
      }
      steps.push({ id, kind, part, ...made, ...reading, shape: value.shape, values: value.data })
      return value
    },
  }
  return { steps, tracer }
}

const forward: Compute = (op, parents, attributes, view) => {
  const result = operation(op).forward(parents, attributes)
  return reshape(result, view ?? result.shape)
}

/** Shapes alone: no value is computed. */
export const onShapes: Compute = (op, parents, attributes, view) => {
  const shapes = parents.map(({ shape }) => shape)
  return hollow(view ?? operation(op).shape(shapes, attributes))
}

/** A shape without values. */
export const hollow = (shape: Shape): Tensor => ({ data: new Float32Array(), shape })
