// A loop that only multiplies and adds: what the micro-kernel is measured by.
import { define, f32x4, i32, set, v128 } from './assembler.ts'
import { PEAK_SUMS } from './tiles.ts'

export function peak(fused: boolean) {
  return define('peak', ['values', 'steps'], ({ values, steps }, body) => {
    const step = body.local('i32')
    const [factor, term] = [body.local('v128'), body.local('v128')]
    const sums = Array.from({ length: PEAK_SUMS }, () => body.local('v128'))
    return [
      set(step, i32.const(0)),
      set(factor, v128.load(values)),
      set(term, v128.load(values, 16)),
      body.loop(
        step,
        i32.const(1),
        steps,
        ...sums.map((sum) =>
          set(
            sum,
            fused ? f32x4.relaxedMadd(sum, factor, term) : f32x4.add(f32x4.mul(sum, factor), term),
          ),
        ),
      ),
      ...sums.map((sum, at) => v128.store(values, sum, 16 * at)),
    ]
  })
}
