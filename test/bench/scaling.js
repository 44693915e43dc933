// npm run bench -- scaling [--rounds N]
//
// How the cost of ops.conv2d grows, once it is made ready: with the batch, with the channels and with the
// pixels, each over three decades of work, where only the one thing varies. Channels vary together, as many out as in,
// so that work grows with their product. 5 x 5 kernels are summed directly, 3 x 3 by Winograd's algorithm;
// work is always what the definition needs. A straight line is fitted to the logarithms: cost that
// is proportional to work has the exponent 1, and every point is shown with its distance from the
// line.
import { parseArgs } from 'node:util'
import { bundled } from './shared/bundle.js'
import { processorTimesInTurn } from './shared/processor-time.js'
import { row } from './shared/row.js'
import { medianOf } from './shared/statistics.js'

/** A measurement lasts at least so many milliseconds: garbage of the large ones meets all others. */
const LEAST = 30

const powers = Array.from({ length: 11 }, (_, n) => 2 ** n)
const steps = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]

/** What varies, and (B, C, H, W) at each of its sizes. */
const axes = [
  { name: 'batch', sizes: powers, shape: (n) => [n, 16, 32, 32] },
  { name: 'channels in and out', sizes: steps, shape: (n) => [1, n, 32, 32] },
  { name: 'rows and columns', sizes: steps, shape: (n) => [1, 16, n, n] },
]

/** Prints the page. */
export function run(args) {
  const options = { rounds: { type: 'string', default: '7' } }
  const rounds = Number(parseArgs({ args, options }).values.rounds)
  const { ops, ResultArena, tensor } = bundled(`
    export { ResultArena } from './src/tensor/engine/index.ts'
    export { ops } from './src/ops/index.ts'
    export { tensor } from './src/tensor/tensor.ts'`)
  for (const kernel of [5, 3])
    for (const { name, sizes, shape } of axes) {
      const series = sizes.map((n) => convolution(shape(n), kernel, tensor))
      const runs = series.map(({ tensors, attributes }) => {
        const repeated = new ResultArena()
        const work = () => ops.conv2d.forward(tensors, attributes)
        return () => repeated.run(work)
      })
      const times = processorTimesInTurn(runs, rounds, LEAST).map(medianOf)
      const work = series.map(({ operations }) => operations)
      print(`${name}, ${kernel} x ${kernel}`, sizes, work, times)
    }
}

/** As many channels out as in, and an output as large as the input. */
function convolution([B, C, H, W], size, tensor) {
  const filled = (shape) => {
    const length = shape.reduce((product, n) => product * n)
    return tensor(
      Float32Array.from({ length }, (_, at) => Math.sin(at)),
      shape,
    )
  }
  const tensors = [filled([B, C, H, W]), filled([C, C, size, size]), filled([C])]
  const around = (size - 1) / 2
  const attributes = {
    kernelSize: [size, size],
    stride: [1, 1],
    padding: [around, around],
    dilation: [1, 1],
    groups: 1,
    perSample: false,
  }
  const operations = 2 * B * C * H * W * C * size * size
  return { operations, tensors, attributes }
}

function print(title, sizes, work, times) {
  const { exponent, r2, at } = fit(work.map(Math.log), times.map(Math.log))
  const off = times.map((time, n) => time / Math.exp(at(Math.log(work[n]))) - 1)
  row(title, 'MFLOP', 'ms', 'GFLOP/s', 'off line')
  for (const [n, size] of sizes.entries()) {
    const figures = [(work[n] / 1e6).toFixed(1), times[n].toFixed(3)]
    row(`  ${size}`, ...figures, (work[n] / times[n] / 1e6).toFixed(1), percent(off[n]))
  }
  const decades = Math.log10(work.at(-1) / work[0]).toFixed(1)
  const largest = off.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most))
  console.log(
    `  over ${decades} decades: time ~ work ^ ${exponent.toFixed(3)}, R2 ${r2.toFixed(4)}, at most ${percent(largest)} off\n`,
  )
}

function percent(part) {
  return `${part < 0 ? '-' : '+'}${Math.abs(100 * part).toFixed(0)} %`
}

/** The straight line through the points with the least squares. */
function fit(xs, ys) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(xs), mean(ys)]
  const [sxx, sxy, syy] = [
    mean(xs.map((each) => (each - x) ** 2)),
    mean(xs.map((each, n) => (each - x) * (ys[n] - y))),
    mean(ys.map((each) => (each - y) ** 2)),
  ]
  const exponent = sxy / sxx
  return { exponent, r2: sxy ** 2 / (sxx * syy), at: (value) => y + exponent * (value - x) }
}
