// npm run bench -- engine [--rounds N] [--only W3,W4]
//
// The engine against the processor: how long the workloads take with a prepared plan, and which part
// of this processor's peak, a loop in WebAssembly that only multiplies and adds, they reach, all in all
// and while the inner loop runs; Winograd's saving is left aside. Everything in one process and in turn, so that a busy
// machine is busy for all; the time is the processor's, since other programs take turns with ours.
import { parseArgs } from 'node:util'
import { bundled } from './shared/bundle.js'
import { processorTimesInTurn } from './shared/processor-time.js'
import { row } from './shared/row.js'
import { medianOf } from './shared/statistics.js'

/** Prints the page. */
export function run(args) {
  const engine = load()
  const options = {
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: Object.keys(engine.workloads).join() },
  }
  const { rounds, only } = parseArgs({ args, options }).values
  const variants = engine.canFuse() ? [false, true] : [false]
  for (const fused of variants) {
    const peak = engine.peakLoop(fused)
    const contenders = [
      { name: 'peak', operations: peak.operations, run: peak.run },
      ...only.split(',').flatMap((name) => prepared(engine, name, fused)),
    ]
    const runs = contenders.map(({ run }) => run)
    print(contenders, processorTimesInTurn(runs, Number(rounds)).map(medianOf), fused)
  }
}

/** The workload's convolution as it is run, and directly where that is another algorithm. */
function prepared(engine, name, fused) {
  const { Instance, operandsOf, layers, planConvolution, traceLayer, workloads } = engine
  const { layer, given } = workloads[name]
  const { x, w, b, attributes } = operandsOf(traceLayer(layers[layer], given))
  const contender = (label, options) => {
    const instance = observed(new Instance(fused))
    const { algorithm, run } = planConvolution(x.shape, w.shape, attributes, {
      ...options,
      instance,
    })
    const { data } = run(x, w, b)
    const operations = (2 * data.length * w.data.length) / w.shape[0]
    const shares = []
    const timed = () => {
      instance.inner = 0
      const started = performance.now()
      run(x, w, b, data)
      shares.push(instance.inner / (performance.now() - started))
    }
    return { name: label, algorithm, operations, run: timed, share: () => medianOf(shares) }
  }
  const usual = contender(name, {})
  if (usual.algorithm === 'direct') return [usual]
  return [usual, contender(`${name} directly`, { algorithm: 'direct' })]
}

/** The instance, which adds up the milliseconds that its inner loops run. */
function observed(instance) {
  const kernel = instance.kernel.bind(instance)
  instance.kernel = (name, module) => {
    const run = kernel(name, module)
    if (!/^(direct|gathering|depthwise)/.test(name)) return run
    return (...given) => {
      const started = performance.now()
      run(...given)
      instance.inner += performance.now() - started
    }
  }
  return instance
}

function print(contenders, times, fused) {
  const rate = (at) => contenders[at].operations / times[at] / 1e6
  console.log(`${fused ? 'fused multiply-add' : 'multiply and add'}, one thread`)
  row('', 'ms', 'GFLOP/s', 'of peak', 'inner loop')
  for (const [at, { name, algorithm, share }] of contenders.entries()) {
    const part = rate(at) / rate(0)
    const parts = [part, ...(share ? [part / share()] : [])].map((value) => value.toFixed(2))
    const cells = [times[at].toFixed(4), rate(at).toFixed(1)]
    row(name, ...cells, ...(algorithm === 'winograd' ? ['Winograd'] : parts))
  }
  console.log()
}

/** What is measured. */
function load() {
  return bundled(`
    export { operandsOf } from './src/commands/bench/part.ts'
    export { workloads } from './src/commands/bench/workloads.ts'
    export { layers } from './src/layers/index.ts'
    export { Instance, canFuse } from './src/tensor/engine/instance.ts'
    export { peakLoop } from './src/tensor/engine/peak-loop.ts'
    export { planConvolution } from './src/tensor/engine/convolution-plan.ts'
    export { traceLayer } from './src/run/run.ts'`)
}
