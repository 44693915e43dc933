// A graph under construction: nodes and constants, named as they are made.
import type { Values } from '../../run/provided.ts'
import type { Shape } from '../../tensor/tensor.ts'
import { bytesOf } from '../numbers.ts'
import { type Attribute, attributeTypes, dataTypes, type Node, type TensorData } from './schema.ts'

type OnnxAttributes = Readonly<Record<string, number | readonly number[] | Float>>

/** A number that ONNX keeps as a float, even if it is whole. */
interface Float {
  readonly float: number
}

export class GraphBuilder {
  readonly nodes: Node[] = []
  readonly constants: TensorData[] = []
  /** In front of every name that the graph makes up: the step at work. */
  scope = ''
  /** Whether the batch is that of the trace, and no other. */
  readonly fixedBatch: boolean

  constructor(fixedBatch = false) {
    this.fixedBatch = fixedBatch
  }

  /** Adds an operation and returns its result's name. */
  node(
    opType: string,
    input: readonly string[],
    attributes: OnnxAttributes = {},
    name?: string,
  ): string {
    const output = name ?? this.#name(opType)
    this.nodes.push({
      name: output,
      opType,
      input,
      output: [output],
      attribute: Object.entries(attributes).map(attribute),
    })
    return output
  }

  /** Adds whole numbers as a constant: a shape, say. */
  integers(values: readonly number[]): string {
    const name = this.#name('Shape')
    const words = BigInt64Array.from(values, BigInt)
    const rawData = new Uint8Array(words.buffer)
    this.constants.push({ name, dataType: dataTypes.int64, dims: [values.length], rawData })
    return name
  }

  /** Adds float32 values as a constant. */
  floats({ shape, values }: Values, name = this.#name('Constant')): string {
    this.constants.push({ name, dataType: dataTypes.float, dims: shape, rawData: bytesOf(values) })
    return name
  }

  /** The same values under another shape; 0 keeps an axis, -1 takes what is left. */
  reshape(value: string, shape: Shape): string {
    return this.node('Reshape', [value, this.integers(shape)])
  }

  #name(kind: string): string {
    return `${this.scope}/${kind}${this.nodes.length + this.constants.length}`
  }
}

function attribute([name, value]: [string, OnnxAttributes[string]]): Attribute {
  if (typeof value === 'number') return { name, type: attributeTypes.i, i: value }
  if ('float' in value) return { name, type: attributeTypes.f, f: value.float }
  return { name, type: attributeTypes.ints, ints: value }
}
