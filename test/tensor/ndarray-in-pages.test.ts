// The page's stand-in for ndarray answers as ndarray does, for what src/tensor asks of it.
import fc from 'fast-check'
import ndarray from 'ndarray'
import { expect, test } from 'vitest'
import inPages from '../../src/tensor/ndarray-in-pages.ts'

const shapeAndIndex = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }).chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc
      .integer({ min: 0, max: shape.length })
      .chain((axes) =>
        fc.tuple(...shape.slice(0, axes).map((size) => fc.integer({ min: 0, max: size - 1 }))),
      ),
  ),
)

test('ndarray in pages gives shape, values and offset under any leading indices', () => {
  fc.assert(
    fc.property(shapeAndIndex, ([shape, index]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1))
      const [own, real] = [inPages(data, [...shape]), ndarray(data, [...shape])]
      expect(own.data).toBe(real.data)
      expect(own.shape).toEqual(real.shape)
      expect(own.offset).toBe(real.offset)
      expect(own.lo(...index).offset).toBe(real.lo(...index).offset)
      expect(own.lo(...index).shape).toEqual(real.lo(...index).shape)
    }),
  )
})
