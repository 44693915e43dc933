// Winograd's transform of the kernels, four output channels in the lanes.
import { define, f32x4, i32, set, v128 } from './assembler.ts'
import { TAPS } from './tiles.ts'
import { both, matrices, vectors } from './transform.ts'

/** Kernels of four output channels, G g Gᵀ: from (4, C, 3, 3) to [product][channel][output channel]. */
export const transformKernel = define(
  'transformKernel',
  [
    'from0', // the kernels of each of the four
    'from1',
    'from2',
    'from3',
    'to',
    'toProduct',
    'channels',
  ],
  (given, body) => {
    const froms = [given.from0, given.from1, given.from2, given.from3]
    const [channel, write] = [body.local('i32'), body.local('i32')]
    const taps = vectors(TAPS, TAPS, body)
    const { statements, result } = both(matrices.kernel, taps, body)
    const load = taps
      .flat()
      .flatMap((value, at) =>
        froms.map((from, lane) => set(value, f32x4.loadLane(from, value, lane, 4 * at))),
      )
    return [
      set(channel, i32.const(0)),
      body.loop(
        channel,
        i32.const(1),
        given.channels,
        ...load,
        ...statements,
        set(write, given.to),
        ...result
          .flat()
          .flatMap((value) => [
            v128.store(write, value),
            set(write, i32.add(write, given.toProduct)),
          ]),
        ...froms.map((from) => set(from, i32.add(from, i32.const(4 * TAPS * TAPS)))),
        set(given.to, i32.add(given.to, i32.const(16))),
      ),
    ]
  },
)
