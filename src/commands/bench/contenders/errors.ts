// What convlab bench refuses.
import { UsageError } from '../../../base/errors.ts'
import { nearest } from '../../../base/nearest.ts'
import type { Text } from '../../../base/text.ts'

export function layerTwice(name: string, listed: string): UsageError {
  return new UsageError({
    en: `bench ${name} --layers ${listed}: expected a layer or --layers: leave one of them out`,
    zh: `bench ${name} --layers ${listed}：层名和 --layers 只能用一个：请去掉其中一个`,
  })
}

export function layerOfTheList(id: string): UsageError {
  return new UsageError({
    en: `bench ${id}: ${id} is one of the list, expected a layer's name: write --layers ${id}`,
    zh: `bench ${id}：${id} 是列表里的层，这里应写层名：请改用 --layers ${id}`,
  })
}

export function flagWithoutLayer(key: string): UsageError {
  return new UsageError({
    en: `${key} is given without a layer, expected one in front of it: write convlab bench dynamic ...`,
    zh: `给了 ${key} 却没有层：请把层名写在前面，如 convlab bench dynamic ...`,
  })
}

export function noWorkload(given: string, known: readonly string[]): UsageError {
  return new UsageError({
    en: `--layers ${given}: expected some of ${known.join(', ')}, separated by commas, or a range such as W1..W3`,
    zh: `--layers ${given}：应为 ${known.join('、')} 中的若干个，用逗号隔开，或 W1..W3 这样的范围`,
  })
}

export function noContender(name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known)
  return new UsageError({
    en: `--against ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected some of ${known.join(', ')}`,
    zh: `--against ${name}：${near ? `是不是 ${near}？` : ''}可用的有 ${known.join(', ')}`,
  })
}

export function notInstalled(name: string, install: Text): UsageError {
  return new UsageError({
    en: `--against ${name}: it is not installed, expected it to be: ${install.en}`,
    zh: `--against ${name}：没有安装：${install.zh}`,
  })
}
