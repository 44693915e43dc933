// npm run bench -- engine [--rounds N] [--only W3,W4]
//
// The engine against the processor: how long the workloads take with a prepared plan, and which part
// of this processor's peak, a loop in WebAssembly that only multiplies and adds, the micro-kernel
// reaches, with Winograd's saving left aside. Everything in one process and in turn, so that a busy
// machine is busy for all; the time is the processor's, since other programs take turns with ours.
import { parseArgs } from 'node:util'
import { bundled } from './shared/bundle.js'
import { convolutionOf, workloads } from './shared/workloads.js'

/** A measurement lasts at least so many milliseconds. */
const LEAST = 2

/** Prints the page. */
export function run(args) {
  const options = {
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: Object.keys(workloads).join() },
  }
  const { rounds, only } = parseArgs({ args, options }).values
  const engine = load()
  const variants = engine.canFuse() ? [false, true] : [false]
  for (const fused of variants) {
    const peak = engine.peakLoop(fused)
    const contenders = [
      { name: 'peak', operations: peak.operations, run: peak.run },
      ...only.split(',').flatMap((name) => prepared(engine, name, fused)),
    ]
    for (const contender of contenders) contender.repeats = repeatsOf(contender)
    const times = contenders.map(() => [])
    for (let round = 0; round < Number(rounds); round++)
      for (const [at, contender] of contenders.entries()) times[at].push(timed(contender))
    print(contenders, times.map(median), fused)
  }
}

/** The workload as it is run, and directly where that is another way. */
function prepared({ Instance, planConvolution, tensor }, name, fused) {
  const { x, w, how } = convolutionOf(workloads[name])
  const size = (shape) => shape.reduce((product, n) => product * n, 1)
  const filled = (shape) =>
    tensor(
      Float32Array.from({ length: size(shape) }, (_, at) => Math.sin(at)),
      shape,
    )
  const [input, kernels, bias] = [filled(x), filled(w), filled([w[0]])]
  const contender = (label, options) => {
    const { way, run } = planConvolution(x, w, how, { ...options, instance: new Instance(fused) })
    const { shape, data } = run(input, kernels, bias)
    const operations = 2 * size(shape) * size(w.slice(1))
    return { name: label, way, operations, run: () => run(input, kernels, bias, data) }
  }
  const usual = contender(name, {})
  if (usual.way === 'direct') return [usual]
  return [usual, contender(`${name} directly`, { way: 'direct' })]
}

const now = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of one run. */
function timed({ run, repeats }) {
  const started = now()
  for (let repeat = 0; repeat < repeats; repeat++) run()
  return (now() - started) / repeats
}

/** How often to run it for one measurement, after it has been compiled. */
function repeatsOf({ run }) {
  const started = now()
  let count = 0
  while (now() - started < 100) {
    run()
    count++
  }
  return Math.ceil((count * LEAST) / 100)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
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
    export { Instance, canFuse } from './src/tensor/engine/instance.ts'
    export { peakLoop } from './src/tensor/engine/peak.ts'
    export { planConvolution } from './src/tensor/engine/plan.ts'
    export { tensor } from './src/tensor/tensor.ts'`)
}
