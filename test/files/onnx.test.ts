// The structure of a saved model, read back from its bytes. What it computes is held to PyTorch by
// test/torch/files.py.
import { describe, expect, test } from 'vitest'
import { writeOnnx } from '../../src/files/onnx/model.ts'
import { decodeModel } from '../../src/files/onnx/schema.ts'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { geometriesFor } from '../layers/configurations.ts'

describe.each(Object.values(layers))('$name', (layer) => {
  test.each(geometriesFor(layer))('%s is one graph from input to output', (_, given) => {
    const trace = traceLayer(layer, given)
    const options = { version: '1.2.3', metadata: { temperature: '30' } }
    const { graph, ...model } = decodeModel(writeOnnx(trace, options))
    expect(model).toMatchObject({
      producerName: 'convlab',
      producerVersion: '1.2.3',
      opsetImport: [{ version: 17 }],
      metadataProps: [{ key: 'temperature', value: '30' }],
    })

    const sizes = ({ type }: (typeof graph.input)[number]) =>
      type.tensorType.shape.dim.map(({ dimValue, dimParam }) => dimParam ?? dimValue)
    const [input, ...others] = graph.input
    expect([input?.name, others]).toEqual(['input', []])
    expect(sizes(input!)).toEqual(['batch', trace.config.in, 'height', 'width'])
    expect(graph.output[0]?.name).toBe(trace.steps.at(-1)?.id)
    expect(sizes(graph.output[0]!)).toEqual([
      'batch',
      trace.config.out,
      'output_height',
      'output_width',
    ])
    expect(graph.output.slice(1).map(({ name }) => name)).toEqual(
      trace.steps.filter(({ kind }) => kind === 'weights').map(({ id }) => id),
    )

    const known = new Set(['input', ...graph.initializer.map(({ name }) => name)])
    for (const { input, output } of graph.node) {
      expect(input.filter((name) => !known.has(name))).toEqual([])
      for (const name of output) {
        expect(known.has(name), `${name} is made once`).toBe(false)
        known.add(name)
      }
    }
    for (const { id } of trace.steps) expect(known.has(id), id).toBe(true)
  })

  test('nothing in the model holds the batch or the image size of the run', () => {
    const model = (batch: number, size: string) =>
      writeOnnx(traceLayer(layer, { batch, size, in: 3, out: 5, seed: 1 }), {
        version: '',
        metadata: {},
      })
    const { graph: one } = decodeModel(model(1, '7x8'))
    const { graph: other } = decodeModel(model(3, '9x11'))
    const shapes = (graph: typeof one) => graph.initializer.map(({ name, dims }) => [name, dims])
    const integers = (graph: typeof one) =>
      graph.initializer.filter(({ dataType }) => dataType === 7)
    expect(other.node).toEqual(one.node)
    expect(shapes(other)).toEqual(shapes(one))
    expect(integers(other)).toEqual(integers(one))
  })
})
