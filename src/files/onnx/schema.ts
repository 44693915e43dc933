// The part of ONNX's published schema that a convolution layer needs, by its field numbers
// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3), for protobufjs to encode: it takes a
// schema as data, so that no generated code needs to be kept.
import protobuf from 'protobufjs/light.js'

export interface OnnxModel {
  readonly irVersion: number
  readonly producerName: string
  readonly producerVersion: string
  readonly graph: Graph
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[]
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[]
}

export interface Graph {
  readonly name: string
  readonly node: readonly Node[]
  readonly initializer: readonly TensorData[]
  readonly input: readonly ValueInfo[]
  readonly output: readonly ValueInfo[]
}

/** One operation; a name that is empty leaves an optional input out. */
export interface Node {
  readonly name: string
  readonly opType: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute: readonly Attribute[]
}

/** Named, of one of these types; `type` says which field holds it. */
export interface Attribute {
  readonly name: string
  readonly type: number
  readonly f?: number
  readonly i?: number
  readonly ints?: readonly number[]
}
export const attributeTypes = { f: 1, i: 2, ints: 7 } as const

/** A constant; `rawData` is little-endian. */
export interface TensorData {
  readonly name: string
  readonly dataType: number
  readonly dims: readonly number[]
  readonly rawData: Uint8Array
}
export const dataTypes = { float: 1, int64: 7 } as const

export interface ValueInfo {
  readonly name: string
  readonly type: {
    readonly tensorType: {
      readonly elemType: number
      readonly shape: { readonly dim: readonly { dimValue?: number; dimParam?: string }[] }
    }
  }
}

type Field = [number: number, type: string, rule?: 'repeated']

const messages: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  Model: {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    graph: [7, 'Graph'],
    opsetImport: [8, 'OperatorSetId', 'repeated'],
    metadataProps: [14, 'StringStringEntry', 'repeated'],
  },
  OperatorSetId: { domain: [1, 'string'], version: [2, 'int64'] },
  StringStringEntry: { key: [1, 'string'], value: [2, 'string'] },
  Graph: {
    node: [1, 'Node', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'Tensor', 'repeated'],
    input: [11, 'ValueInfo', 'repeated'],
    output: [12, 'ValueInfo', 'repeated'],
  },
  Node: {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'Attribute', 'repeated'],
  },
  Attribute: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    ints: [8, 'int64', 'repeated'],
    type: [20, 'int32'],
  },
  Tensor: {
    dims: [1, 'int64', 'repeated'],
    dataType: [2, 'int32'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
  },
  ValueInfo: { name: [1, 'string'], type: [2, 'Type'] },
  Type: { tensorType: [1, 'TensorType'] },
  TensorType: { elemType: [1, 'int32'], shape: [2, 'TensorShape'] },
  TensorShape: { dim: [1, 'Dimension', 'repeated'] },
  Dimension: { dimValue: [1, 'int64'], dimParam: [2, 'string'] },
}

/** The file's bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return messageType().encode(model).finish()
}

/** What a file's bytes say. */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  const type = messageType()
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true }) as OnnxModel
}

function messageType(): protobuf.Type {
  const nested = Object.entries(messages).map(([name, fields]) => [
    name,
    { fields: described(fields) },
  ])
  return protobuf.Root.fromJSON({ nested: Object.fromEntries(nested) }).lookupType('Model')
}

function described(fields: Readonly<Record<string, Field>>) {
  const entries = Object.entries(fields).map(([name, [id, type, rule]]) => [
    name,
    { id, type, ...(rule && { rule }) },
  ])
  return Object.fromEntries(entries)
}
