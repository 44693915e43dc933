// npm run bench -- memory [--runs N]
//
// The most memory that one ops.conv2d needs, untraced, against what cannot be spared: its inputs,
// its output and its kernels once more, packed. A process makes the inputs; another makes them and
// convolves; the second's peak less the first's, as the system counts it, is the output, the packed
// kernels, planes and scratch, and the engine's own code, a few MiB, which make small convolutions
// look greedy. Kernels packed for Winograd's algorithm are four times as large (36 values for 9); where
// every sample has kernels of its own, one sample's are packed at a time.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, bundleInto, inFolder } from './shared/bundle.js'
import { peakMemory, tellsMemory, watchedNode } from './shared/processes.js'
import { row } from './shared/row.js'

/** Asked: at most so many times as much. */
const LIMIT = 1.5

/** Shapes; `w` is that of one sample's kernels. */
const cases = [
  { name: 'a batch of 128', x: [128, 64, 56, 56], w: [64, 64, 3, 3] },
  { name: 'a batch of 128, 5x5', x: [128, 64, 56, 56], w: [64, 64, 5, 5] },
  { name: 'one sample', x: [1, 64, 512, 512], w: [64, 64, 3, 3] },
  { name: 'one sample, 5x5', x: [1, 64, 512, 512], w: [64, 64, 5, 5] },
  { name: '1024 channels', x: [1, 1024, 64, 64], w: [1024, 1024, 3, 3] },
  { name: '1024 channels, 5x5', x: [1, 1024, 64, 64], w: [1024, 1024, 5, 5] },
  { name: '1x1', x: [1, 256, 256, 256], w: [256, 256, 1, 1] },
  { name: 'depthwise', x: [1, 256, 256, 256], w: [256, 1, 3, 3], groups: 256 },
  { name: 'stride 2', x: [1, 64, 512, 512], w: [128, 64, 3, 3], stride: 2 },
  { name: 'dilation 2', x: [1, 64, 512, 512], w: [64, 64, 3, 3], dilation: 2 },
  { name: '7x7, stride 2, an image', x: [1, 3, 2048, 2048], w: [64, 3, 7, 7], stride: 2 },
  { name: 'kernels a sample', x: [32, 256, 56, 56], w: [256, 256, 3, 3], perSample: true },
]

/** Prints the page. */
export function run(args) {
  const options = { runs: { type: 'string', default: '3' } }
  const runs = Number(parseArgs({ args, options }).values.runs)
  if (!tellsMemory) {
    console.log('expected Linux, which alone tells the peak memory of a process')
    return
  }
  const { planConvolution } = bundled(
    `export { planConvolution } from './src/tensor/engine/convolution-plan.ts'`,
  )
  row('MiB', 'inputs', 'output', 'packed', 'peak', 'times')
  inFolder((folder) => {
    const program = join(folder, 'one-convolution.cjs')
    bundleInto(program, `import './test/bench/shared/one-convolution.js'`)
    const over = cases.filter((each) => measure(each, program, runs, planConvolution) > LIMIT)
    const names = over.map(({ name }) => name).join(', ')
    console.log(`over ${LIMIT}: ${names || 'none'}`)
  })
}

/** Prints its line. */
function measure(asked, program, runs, planConvolution) {
  const { x, w, b, attributes } = convolutionOf(asked)
  const peak = (convolve) =>
    peakMemory(watchedNode([program, JSON.stringify({ x, w, b, attributes, convolve })]), runs)
  const [samples, rows] = [x[0], asked.w[0]]
  const size = (shape) => (4 * shape.reduce((product, n) => product * n)) / 2 ** 20
  const { algorithm } = planConvolution(x, w, attributes)
  const inputs = size(x) + size(w) + size(b)
  const output = size([samples, rows, ...outputSizeOf(x, attributes)])
  const packed = size(algorithm === 'winograd' ? [...asked.w.slice(0, 2), 6, 6] : asked.w)
  const needed = inputs + peak(true) - peak(false)
  const times = needed / (inputs + output + packed)
  const figures = [inputs, output, packed, needed].map((mebibytes) => mebibytes.toFixed(1))
  row(`${asked.name}${algorithm === 'winograd' ? ' (Winograd)' : ''}`, ...figures, times.toFixed(2))
  return times
}

/** As `ops.conv2d` takes it; odd kernels are padded by half their size. */
function convolutionOf({ x, w, stride = 1, dilation = 1, groups = 1, perSample = false }) {
  const [outputs, inputs, ...kernelSize] = w
  const rows = perSample ? x[0] * outputs : outputs
  return {
    x,
    w: [rows, inputs, ...kernelSize],
    b: [rows],
    attributes: {
      kernelSize,
      stride: [stride, stride],
      padding: kernelSize.map((size) => (dilation * (size - 1)) / 2),
      dilation: [dilation, dilation],
      groups,
      perSample,
    },
  }
}

/** Padded by half, a convolution changes its size by its stride alone. */
function outputSizeOf([, , ...size], { stride }) {
  return size.map((each, axis) => Math.ceil(each / stride[axis]))
}
