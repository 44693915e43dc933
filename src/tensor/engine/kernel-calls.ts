// The functions in WebAssembly, called by the names of their parameters. WebAssembly knows their order alone;
// it stands here once, and the types come from where each is defined, which says what they mean.
import type { KernelFunction } from './instance.ts'
import type { FunctionCode } from './wasm/assembler.ts'
import type { pack, spread } from './wasm/copy.ts'
import type { depthwise } from './wasm/depthwise-kernel.ts'
import type { direct } from './wasm/micro-kernel.ts'
import type { transformInput } from './wasm/transform-input.ts'
import type { transformKernel } from './wasm/transform-kernel.ts'
import type { transformOutput } from './wasm/transform-output.ts'

type ArgumentsOf<Code> =
  Code extends FunctionCode<infer Names> ? Readonly<Record<Names, number>> : never

export function callMicroKernel(
  run: KernelFunction,
  given: ArgumentsOf<ReturnType<typeof direct>>,
) {
  run(
    given.input,
    given.inputRow,
    given.distances,
    given.distancesEnd,
    given.weights,
    given.bias,
    given.output,
    given.outputRow,
    given.outputPlane,
    given.rows,
    given.lastTile,
    given.panels,
    given.packBuffer,
  )
}

export function callDepthwise(
  run: KernelFunction,
  given: ArgumentsOf<ReturnType<typeof depthwise>>,
) {
  run(
    given.input,
    given.output,
    given.weights,
    given.bias,
    given.channels,
    given.rows,
    given.columns,
    given.sink,
  )
}

export function callSpread(run: KernelFunction, given: ArgumentsOf<typeof spread>) {
  run(
    given.from,
    given.fromPlane,
    given.fromRow,
    given.step,
    given.to,
    given.toPlane,
    given.toRow,
    given.planes,
    given.rows,
    given.columns,
  )
}

export function callPack(run: KernelFunction, given: ArgumentsOf<typeof pack>) {
  run(given.from, given.fromRow, given.to, given.toTap, given.rows, given.taps)
}

export function callTransformKernel(
  run: KernelFunction,
  given: ArgumentsOf<typeof transformKernel>,
) {
  run(given.from0, given.from1, given.from2, given.from3, given.to, given.toProduct, given.channels)
}

export function callTransformInput(run: KernelFunction, given: ArgumentsOf<typeof transformInput>) {
  run(
    given.from,
    given.fromPart,
    given.fromRow,
    given.fromPlane,
    given.to,
    given.toProduct,
    given.toPlane,
    given.channels,
    given.tileRows,
    given.lastTile,
    given.tiles,
  )
}

export function callTransformOutput(
  run: KernelFunction,
  given: ArgumentsOf<typeof transformOutput>,
) {
  run(
    given.from,
    given.fromProduct,
    given.fromPlane,
    given.bias,
    given.to,
    given.toRow,
    given.toPlane,
    given.channels,
    given.tileRows,
    given.lastTile,
    given.tiles,
  )
}
