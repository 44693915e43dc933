// A trace's graph as an ONNX model. What it takes from the trace is the operations, their
// attributes and their parents; the batch and the image size become free.
import { UsageError } from '../../base/errors.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import { GraphBuilder } from './builder.ts'
import { type Known, operators } from './operators.ts'
import { dataTypes, encodeModel, type ValueInfo } from './schema.ts'

/** What onnxruntime has read since 2022. */
const OPSET = 17
const IR_VERSION = 8
/** What a protobuf message may be long. */
const LARGEST = 2 ** 31 - 1

export interface OnnxOptions {
  /** convlab's own */
  readonly version: string
  /** kept in the file beside the graph */
  readonly metadata: Readonly<Record<string, string>>
  /** as in the trace, so that kernels of samples are groups of one convolution; else any batch will do */
  readonly batch?: 'fixed'
}

/**
 * The layer as a model of one input (batch, C, height, width), named `input`. Output 0 is the
 * trace's last step; behind it stand the steps that are weights. Every step is a tensor under its
 * id, every parameter one under `parameters/NAME`.
 * @throws {UsageError} if the parameters are too large for one file
 */
export function writeOnnx(trace: Trace, { version, metadata, batch }: OnnxOptions): Uint8Array {
  const { layer, parameters, steps } = trace
  const size = 4 * parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (size > LARGEST) throw tooLarge(size)
  const graph = new GraphBuilder(batch === 'fixed')
  const known = new Map<string, Known>()
  const used = new Set(steps.flatMap(({ from }) => from))
  for (const parameter of parameters) {
    const name = `parameters/${parameter.name}`
    if (used.has(name))
      known.set(name, { name: graph.floats(parameter, name), shape: parameter.shape })
  }
  for (const step of steps) known.set(step.id, addStep(graph, step, known))

  const [input, output] = [steps[0], steps.at(-1)] as [Step, Step]
  const weights = steps.filter((step) => step.kind === 'weights' && step !== output)
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'convlab',
    producerVersion: version,
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: layer,
      node: graph.nodes,
      initializer: graph.constants,
      input: [
        value('input', [
          batch ? (input.shape[0] as number) : 'batch',
          input.shape[1] as number,
          'height',
          'width',
        ]),
      ],
      output: [
        value(output.id, ['batch', output.shape[1] as number, 'output_height', 'output_width']),
        ...weights.map(({ id, shape }) => value(id, ['batch', ...shape.slice(1)])),
      ],
    },
  })
}

/** Adds a step's operators, and its view where its shape is not the operation's own. */
function addStep(graph: GraphBuilder, step: Step, known: ReadonlyMap<string, Known>): Known {
  const { id, op, attributes, from, shape } = step
  if (op === 'input') return { name: id, shape }
  graph.scope = id
  const parents = from.map((parent) => known.get(parent) as Known)
  const result = operators[op](graph, parents, attributes as never)
  const viewed = String(result.shape) !== String(shape)
  // the first axis is the batch, or the batch times something: it is what is left
  if (viewed) graph.node('Reshape', [result.name, graph.integers([-1, ...shape.slice(1)])], {}, id)
  else graph.node('Identity', [result.name], {}, id)
  return { name: id, shape }
}

/** A tensor of numbers and free sizes by their names. */
function value(name: string, shape: readonly (number | string)[]): ValueInfo {
  const dim = shape.map((size) =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  )
  return { name, type: { tensorType: { elemType: dataTypes.float, shape: { dim } } } }
}

function tooLarge(bytes: number): UsageError {
  return new UsageError({
    en: `an .onnx file holds at most ${LARGEST} bytes, the parameters take ${bytes}: save them as .safetensors`,
    zh: `.onnx 文件最多 ${LARGEST} 字节，而参数有 ${bytes} 字节：请改存为 .safetensors`,
  })
}
