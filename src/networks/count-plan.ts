// A count, checked before it is made.
import { UsageError } from '../base/errors.ts'
import { resolve } from '../base/options.ts'
import { unknownName } from '../base/unknown.ts'
import { type CountPlan, placementOf } from './count-network.ts'
import { countOptions, networkNames } from './count-options.ts'
import { networks } from './networks.ts'

/**
 * Reads and checks what was given for a count.
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 */
export function planCount(name: string, given: Readonly<Record<string, unknown>>): CountPlan {
  const found = networkNames.find((each) => each === name)
  if (found === undefined) throw unknownName({ en: 'network', zh: '网络' }, name, networkNames)
  const { layer, kernels, width, size } = resolve(countOptions, given)
  const network = networks[found]
  if (width !== 1 && !('widths' in network)) throw oneWidth(found, width)
  if (given.kernels !== undefined && given.layer === undefined) throw noKernels(kernels)
  return { network, layer, kernels, width, size, placement: placementOf(layer, found) }
}

function oneWidth(network: string, width: number): UsageError {
  const wide = networkNames.filter((name) => 'widths' in networks[name]).join(', ')
  return new UsageError({
    en: `--width ${width}: ${network} comes in one width: leave --width out, or count ${wide}`,
    zh: `--width ${width}：${network} 只有一种宽度：请去掉 --width，或换成 ${wide}`,
  })
}

function noKernels(kernels: number): UsageError {
  return new UsageError({
    en: `--kernels ${kernels}: an ordinary convolution has one kernel: add --layer dynamic, or leave it out`,
    zh: `--kernels ${kernels}：普通卷积只有一个卷积核：请加上 --layer dynamic，或去掉它`,
  })
}
