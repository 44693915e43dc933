// npm run bench -- engine [--rounds N] [--only W3,W4]
//
// The engine against the processor: how long the workloads take with a prepared plan, and which part
// of this processor's peak, a loop in WebAssembly that only multiplies and adds, the micro-kernel
// reaches, with Winograd's saving left aside. Everything in one process and in turn, so that a busy
// machine is busy for all; the time is the processor's, since other programs take turns with ours.
import { parseArgs } from 'node:util'
import { bundled } from './shared/bundle.js'
import { processorTimesInTurn } from './shared/processor-time.js'
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

/** The workload's convolution as it is run, and directly where that is another way. */
function prepared(engine, name, fused) {
  const { Instance, convolutionOf, layers, planConvolution, traceLayer, workloads } = engine
  const { layer, given } = workloads[name]
  const { x, w, b, attributes } = convolutionOf(traceLayer(layers[layer], given))
  const contender = (label, options) => {
    const instance = new Instance(fused)
    const { way, run } = planConvolution(x.shape, w.shape, attributes, { ...options, instance })
    const { data } = run(x, w, b)
    const operations = (2 * data.length * w.data.length) / w.shape[0]
    return { name: label, way, operations, run: () => run(x, w, b, data) }
  }
  const usual = contender(name, {})
  if (usual.way === 'direct') return [usual]
  return [usual, contender(`${name} directly`, { way: 'direct' })]
}

function print(contenders, times, fused) {
  const rate = (at) => contenders[at].operations / times[at] / 1e6
  console.log(`${fused ? 'fused multiply-add' : 'multiply and add'}, one thread`)
  console.log(`${'ms'.padStart(26)}${'GFLOP/s'.padStart(10)}${'of peak'.padStart(9)}`)
  for (const [at, { name, way }] of contenders.entries()) {
    const part = way === 'winograd' ? 'Winograd' : (rate(at) / rate(0)).toFixed(2)
    const cells = [times[at].toFixed(4).padStart(12), rate(at).toFixed(1).padStart(10)]
    console.log(name.padEnd(14) + cells.join('') + part.padStart(9))
  }
  console.log()
}

/** What is measured. */
function load() {
  return bundled(`
    export { convolutionOf } from './src/bench/part.ts'
    export { workloads } from './src/bench/workloads.ts'
    export { layers } from './src/layers/index.ts'
    export { Instance, canFuse } from './src/tensor/engine/instance.ts'
    export { peakLoop } from './src/tensor/engine/peak.ts'
    export { planConvolution } from './src/tensor/engine/plan.ts'
    export { traceLayer } from './src/trace/run.ts'`)
}
