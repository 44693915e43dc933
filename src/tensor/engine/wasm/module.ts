// The modules, as bytes. The build puts the bytes themselves in this file's place, so that nothing is
// assembled when the program runs.
import { assemble, define, f32x4, i32, v128 } from './assembler.ts'
import { pack, spread } from './copy.ts'
import { depthwise } from './depthwise-kernel.ts'
import { direct, gathering } from './micro-kernel.ts'
import { normals } from './normals.ts'
import { peak } from './peak-function.ts'
import { bins, channels, deviations, range } from './reductions.ts'
import { gatheringTiles, tiles } from './tiles.ts'
import { transformInput } from './transform-input.ts'
import { transformKernel } from './transform-kernel.ts'
import { transformOutput } from './transform-output.ts'
import { twistFunction } from './twister.ts'

/** Does nothing worth doing; a machine that takes it has fused multiply-adds. */
const probe = define('probe', ['at'], ({ at }) => {
  const value = v128.load(at)
  return [v128.store(i32.add(at, i32.const(16)), f32x4.relaxedMadd(value, value, value))]
})

function kernels(fused: boolean) {
  const many = gatheringTiles.map((tile) => gathering(tile, fused))
  return [...tiles.map((tile) => direct(tile, fused)), ...many, depthwise(fused), spread, pack]
}

/** Does nothing worth doing, either; a machine that compiles it runs the engine. */
const simd = define('simd', ['at'], ({ at }) => [v128.store(at, v128.load(at))])

const functions = {
  /** the micro-kernel, which multiplies, rounds, adds and rounds; and copying */
  plain: () => kernels(false),
  /** the same with fused multiply-adds of relaxed SIMD, which round once */
  fused: () => kernels(true),
  /** Winograd's transforms */
  transforms: () => [transformInput, transformKernel, transformOutput],
  /** PyTorch's random stream */
  stream: () => [twistFunction, normals],
  /** sums over many values */
  sums: () => [range, deviations, bins, channels],
  simd: () => [simd],
  probe: () => [probe],
  /** what the micro-kernel is measured by */
  peak: () => [peak(false)],
  peakFused: () => [peak(true)],
}

export type ModuleName = keyof typeof functions
export const moduleNames = Object.keys(functions) as ModuleName[]

export function moduleBytes(name: ModuleName): Uint8Array<ArrayBuffer> {
  return assemble(functions[name]())
}
