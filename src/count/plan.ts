// What can be set about a count.
import { UsageError } from '../errors.ts'
import { type LayerName, layers } from '../layers/index.ts'
import { choice, count, type OptionTable, pair, positive, resolve } from '../layers/options.ts'
import { nearest } from '../nearest.ts'
import type { CountPlan } from './count.ts'
import { networkNames, networks } from './networks.ts'
import { placementOf } from './placement.ts'

const layerNames = Object.keys(layers) as LayerName[]

export const countOptions = {
  layer: choice(layerNames, {
    help: { en: 'what stands where the papers put it', zh: '按论文的位置换上哪种层' },
    fallback: 'static' as LayerName,
  }),
  kernels: count({
    short: 'K',
    help: { en: 'kernels to mix (experts)', zh: '参与聚合的卷积核个数（专家数）' },
    fallback: 4,
  }),
  width: positive({
    help: {
      en: 'width multiplier of the network; from 10 on it is columns of the page',
      zh: '网络的宽度系数；不小于 10 时表示页面列数',
    },
    example: '0.5',
    fallback: 1,
  }),
  size: pair(1, {
    help: { en: 'image rows and columns', zh: '图像的行数和列数' },
    fallback: [224, 224],
  }),
} satisfies OptionTable

/**
 * Reads and checks what was given for a count.
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 */
export function planCount(name: string, given: Readonly<Record<string, unknown>>): CountPlan {
  const found = networkNames.find((each) => each === name)
  if (found === undefined) throw unknownNetwork(name)
  const { layer, kernels, width, size } = resolve(countOptions, given)
  const network = networks[found]
  if (width !== 1 && !('widths' in network)) throw oneWidth(found, width)
  if (given.kernels !== undefined && layer === 'static') throw noKernels(kernels)
  return { network, layer, kernels, width, size, placement: placementOf(layer, found) }
}

function unknownNetwork(name: string): UsageError {
  const near = nearest(name, networkNames)
  const known = networkNames.join(', ')
  return new UsageError({
    en: `unknown network ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected one of ${known}`,
    zh: `没有网络 ${name}：${near ? `是不是 ${near}？` : ''}可用的网络有 ${known}`,
  })
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
