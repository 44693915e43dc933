// Several threads against one: the same bits, however a convolution is cut.
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { conv2d, engineInUse, useTeam } from '../../../src/tensor/engine/index.ts'
import { Instance } from '../../../src/tensor/engine/instance.ts'
import { fastestWay, planConvolution, type Way } from '../../../src/tensor/engine/plan.ts'
import { problemOf } from '../../../src/tensor/engine/problem.ts'
import { createWords, type Message } from '../../../src/tensor/engine/threads/member.ts'
import { Partner } from '../../../src/tensor/engine/threads/partner.ts'
import { type Slice, slicesOf } from '../../../src/tensor/engine/threads/slices.ts'
import { Team } from '../../../src/tensor/engine/threads/team.ts'
import { sizeOf } from '../../../src/tensor/tensor.ts'
import { tries } from '../../thorough.ts'
import { anyConvolution, depthwise, plain, random, winograd } from './convolutions.ts'

const workers: Worker[] = []
function startThread(words: Int32Array) {
  const worker = new Worker(new URL('../../../dist/thread.cjs', import.meta.url), {
    workerData: words,
  })
  workers.push(worker)
  return (message: Message) => worker.postMessage(message)
}
const teams = { two: new Team(2, startThread), three: new Team(3, startThread) }
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())))

const any = fc.oneof(anyConvolution(), depthwise(), winograd())

test.each(Object.entries(teams))('%s threads give the bits of one', (_, team) => {
  fc.assert(
    fc.property(any, fc.nat(), fc.integer({ min: 1, max: 1 << 16 }), (given, seed, most) => {
      const { x, w, how, bias } = given
      const way = fastestWay(problemOf(x, w, how))
      const instance = new Instance(false)
      const plan = team.plan(x, w, how, { instance, way, most })
      for (const again of [0, 1, 2]) {
        const [input, kernels] = [random(seed + again, x), random(seed + 7, w)]
        const b = bias ? random(seed + 2, [w[0] as number]) : undefined
        const one = planConvolution(x, w, how, { instance: new Instance(false) })
        const stays = again === 2 // when everything is made ready, and memory no longer grows
        const into = stays ? roomIn(instance, sizeOf(plan.shape)) : undefined
        expect(plan.run(input, kernels, b, into)).toEqual(one.run(input, kernels, b))
      }
      team.forget(instance)
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
    teams.two.plan(x.shape, w.shape, how, { instance, way: 'direct' })
  const plan = planned(kept)
  for (let time = 0; time < 3; time++) {
    expect(plan.run(x, w, undefined)).toEqual(expected)
    expect(planned(gone).run(x, w, undefined)).toEqual(expected)
    teams.two.forget(gone)
  }
})

test('nobody waits for a thread that has failed', () => {
  const words = createWords()
  const partner = new Partner(words, startThread(words))
  const [x, w] = [random(1, [1, 3, 8, 8]), random(2, [4, 3, 3, 3])]
  const [slice] = slicesOf(x.shape, w.shape, plain({}), 1, 1) as [Slice]
  const assigned = partner.assign(0, [slice], false, 'no way' as Way)
  assigned.start(slice, x, w, undefined)
  const failing = () => assigned.finish(slice, new Float32Array(4 * 8 * 8))
  expect(failing).toThrow(
    /^a thread could not compute its part: TypeError: .+ is not a constructor$/,
  )
  expect(failing).toThrow(expect.objectContaining({ stack: expect.stringContaining('    at ') }))
})

describe('the engine with a team', () => {
  test('says how many threads it has, and computes the same', () => {
    const how = plain({})
    const [x, w] = [random(1, [4, 16, 32, 32]), random(2, [32, 16, 3, 3])]
    const alone = conv2d(x, w, undefined, how)
    useTeam(teams.three)
    expect(engineInUse().threads).toBe(3)
    expect(conv2d(x, w, undefined, how)).toEqual(alone)
    useTeam(undefined)
    expect(engineInUse().threads).toBe(1)
  })
})
