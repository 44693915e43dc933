// Sums over many values, one after the other in float64: what src/trace/sums-reference.ts defines. `at` is
// where the sums are, each in eight bytes.
import { define, i32, set } from './assembler.ts'
import { f64 } from './float64.ts'

const step = i32.const(4)

export const range = define('range', ['from', 'end', 'at'], ({ from, end, at }, body) => {
  const [value, min, max, sum] = [
    body.local('f64'),
    body.local('f64'),
    body.local('f64'),
    body.local('f64'),
  ]
  return [
    set(min, f64.load(at)),
    set(max, f64.load(at, 8)),
    set(sum, f64.load(at, 16)),
    body.loop(
      from,
      step,
      end,
      set(value, f64.loadF32(from)),
      set(min, f64.select(value, min, f64.lessThan(value, min))),
      set(max, f64.select(value, max, f64.lessThan(max, value))),
      set(sum, f64.add(sum, value)),
    ),
    f64.store(at, min),
    f64.store(at, max, 8),
    f64.store(at, sum, 16),
  ]
})

export const deviations = define('deviations', ['from', 'end', 'at'], ({ from, end, at }, body) => {
  const [deviation, mean, squares] = [body.local('f64'), body.local('f64'), body.local('f64')]
  return [
    set(mean, f64.load(at)),
    set(squares, f64.load(at, 8)),
    body.loop(
      from,
      step,
      end,
      set(deviation, f64.sub(f64.loadF32(from), mean)),
      set(squares, f64.add(squares, f64.mul(deviation, deviation))),
    ),
    f64.store(at, squares, 8),
  ]
})

export const bins = define('bins', ['from', 'end', 'at', 'counts'], (given, body) => {
  const { from, end, at, counts } = given
  const [min, scale, count] = [body.local('f64'), body.local('f64'), body.local('i32')]
  const bin = f64.toI32(f64.mul(f64.sub(f64.loadF32(from), min), scale))
  return [
    set(min, f64.load(at)),
    set(scale, f64.load(at, 8)),
    body.loop(
      from,
      step,
      end,
      set(count, i32.add(counts, i32.mul(bin, step))),
      i32.store(count, i32.add(i32.load(count), i32.const(1))),
    ),
  ]
})
