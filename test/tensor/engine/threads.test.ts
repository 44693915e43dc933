// Several threads against one: the same bits, however a convolution is cut.
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type Algorithm,
  fastestAlgorithm,
  planConvolution,
} from '../../../src/tensor/engine/convolution-plan.ts'
import { conv2d, engineInUse, useWorkerPool } from '../../../src/tensor/engine/index.ts'
import { Instance } from '../../../src/tensor/engine/instance.ts'
import { problemOf } from '../../../src/tensor/engine/problem.ts'
import {
  createControlBlock,
  failureIn,
  recordFailure,
} from '../../../src/tensor/engine/threads/control-block.ts'
import { PoolWorker } from '../../../src/tensor/engine/threads/pool-worker.ts'
import { type Slice, slicesOf } from '../../../src/tensor/engine/threads/slices.ts'
import type { PoolMessage } from '../../../src/tensor/engine/threads/worker-loop.ts'
import { WorkerPool } from '../../../src/tensor/engine/threads/worker-pool.ts'
import { sizeOf } from '../../../src/tensor/tensor.ts'
import { tries } from '../../thorough.ts'
import { anyConvolution, depthwise, plain, random, winograd } from './convolutions.ts'

const workers: Worker[] = []
function startWorker(control: Int32Array) {
  const worker = new Worker(new URL('../../../dist/thread.cjs', import.meta.url), {
    workerData: control,
  })
  workers.push(worker)
  return (message: PoolMessage) => worker.postMessage(message)
}
const pools = { two: new WorkerPool(2, startWorker), three: new WorkerPool(3, startWorker) }
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())))

const any = fc.oneof(anyConvolution(), depthwise(), winograd())

test.each(Object.entries(pools))('%s threads give the bits of one', (_, pool) => {
  fc.assert(
    fc.property(any, fc.nat(), fc.integer({ min: 1, max: 1 << 16 }), (given, seed, most) => {
      const { x, w, how, bias } = given
      const algorithm = fastestAlgorithm(problemOf(x, w, how))
      const instance = new Instance(false)
      const plan = pool.plan(x, w, how, { instance, algorithm, most })
      for (const again of [0, 1, 2]) {
        const [input, kernels] = [random(seed + again, x), random(seed + 7, w)]
        const b = bias ? random(seed + 2, [w[0] as number]) : undefined
        const one = planConvolution(x, w, how, { instance: new Instance(false) })
        const stays = again === 2 // when everything is made ready, and memory no longer grows
        const into = stays ? roomIn(instance, sizeOf(plan.shape)) : undefined
        expect(plan.run(input, kernels, b, into)).toEqual(one.run(input, kernels, b))
      }
      pool.release(instance)
    }),
    tries(15, 40),
  )
})

function roomIn(instance: Instance, count: number): Float32Array {
  const address = instance.reserve(count)
  return new Float32Array(instance.floats.buffer, address, count)
}

test('slices cover every value of the result once', () => {
  fc.assert(
    fc.property(
      any,
      fc.integer({ min: 1, max: 5 }),
      fc.nat({ max: 9999 }),
      (given, parts, most) => {
        const { x, w, how } = given
        const slices = slicesOf(x, w, how, parts, most)
        const spans = slices.map(({ values }) => values.y)
        const end = spans.reduce((reached, { start, count }) => {
          expect(start).toBe(reached)
          return start + count
        }, 0)
        expect(end).toBe(sizeOf(planConvolution(x, w, how).shape))
      },
    ),
  )
})

test('what stands beside another instance is not forgotten', () => {
  const how = plain({})
  const [x, w] = [random(1, [4, 3, 8, 8]), random(2, [4, 3, 3, 3])]
  const expected = planConvolution(x.shape, w.shape, how).run(x, w, undefined)
  const [kept, gone] = [new Instance(false), new Instance(false)]
  const planned = (instance: Instance) =>
    pools.two.plan(x.shape, w.shape, how, { instance, algorithm: 'direct' })
  const plan = planned(kept)
  for (let time = 0; time < 3; time++) {
    expect(plan.run(x, w, undefined)).toEqual(expected)
    expect(planned(gone).run(x, w, undefined)).toEqual(expected)
    pools.two.release(gone)
  }
})

test('the error of a worker ends the wait for it, and says its reason', () => {
  const worker = new PoolWorker(startWorker)
  const [x, w] = [random(1, [1, 3, 8, 8]), random(2, [4, 3, 3, 3])]
  const [slice] = slicesOf(x.shape, w.shape, plain({}), 1, 1) as [Slice]
  const options = { arena: 0, fused: false, algorithm: 'no algorithm' as Algorithm }
  const tasks = worker.prepare([slice], options)
  tasks.start(slice, x, w, undefined)
  const result = new Float32Array(4 * 8 * 8)
  expect(() => tasks.finish(slice, result)).toThrow(/^a thread could .*: TypeError: .*constructor$/)
})

test('a long reason of an error in a worker loses its end, between two characters', () => {
  const control = createControlBlock()
  expect(failureIn(control)).toBeUndefined()
  recordFailure(control, new Error('内存'.repeat(1000)))
  expect(failureIn(control)).toMatch(/^Error: (内存){160,170}内?$/)
})

describe('the engine with a pool', () => {
  test('says how many threads it has, and computes the same', () => {
    const how = plain({})
    const [x, w] = [random(1, [4, 16, 32, 32]), random(2, [32, 16, 3, 3])]
    const alone = conv2d(x, w, undefined, how)
    useWorkerPool(pools.three)
    expect(engineInUse().threads).toBe(3)
    expect(conv2d(x, w, undefined, how)).toEqual(alone)
    useWorkerPool(undefined)
    expect(engineInUse().threads).toBe(1)
  })
})
