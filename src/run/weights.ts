// Whether weights are those of a layer, and what to do if they are not.
import { UsageError } from '../base/errors.ts'
import { resolve } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import type { Layer, ParameterSpec } from '../layers/layer.ts'
import { isCheckpoint, layersWithin, nothingLike, takingOut } from './checkpoint.ts'
import { type Changes, changesThatFit, flagsOf } from './fit.ts'
import { type GivenOptions, tellsQuotientOnly } from './misfit.ts'
import type { ProvidedInput, WeightsOutline } from './provided.ts'

/**
 * Holds weights against what the layer has: all of them, no others, each of the right shape.
 * @param given its options, as far as they are known
 * @param input whose channels cannot be chosen, if it is provided
 * @throws {UsageError} naming the first that differs, and the flags that the weights would fit, or
 *   the layers that a checkpoint holds
 */
export function checkWeights(
  layer: Layer,
  given: GivenOptions,
  weights: WeightsOutline,
  input?: ProvidedInput,
): void {
  const parameters = layer.parameters(resolve(layer.options, given))
  const specs = [...new Map(parameters.map((spec) => [spec.name, spec])).values()]
  const wrong = misfitIn(specs, weights) ?? surplusIn(specs, weights)
  if (wrong === undefined) return
  const text = answerTo(wrong, misfitIn(specs, weights) === undefined, layer, given, weights, input)
  throw new UsageError({
    en: `--weights ${weights.source}: ${text.en}`,
    zh: `--weights ${weights.source}：${text.zh}`,
  })
}

/** What is wrong and what to do about it, or what the file is if it is a whole network's. */
function answerTo(
  wrong: Text,
  isSurplus: boolean,
  layer: Layer,
  given: GivenOptions,
  weights: WeightsOutline,
  input?: ProvidedInput,
): Text {
  const changes = changesThatFit(layer, given, weights.tensors, input ? ['in'] : [])
  if (changes) return joined(wrong, remedyOf(layer, given, changes, weights))
  if (isSurplus)
    return joined(wrong, {
      en: 'save the weights without it',
      zh: '请另存一份不含它的权重',
    })
  const parts = layersWithin(layer, given, weights.tensors)
  if (parts.length > 0) return takingOut(layer, weights, parts)
  if (isCheckpoint(layer, given, weights.tensors)) return nothingLike(layer, weights)
  return joined(wrong, unlike(layer, given, weights, input))
}

function joined(wrong: Text, remedy: Text): Text {
  return { en: `${wrong.en}: ${remedy.en}`, zh: `${wrong.zh}：${remedy.zh}` }
}

/** The first tensor that is missing, or of another shape. */
function misfitIn(specs: readonly ParameterSpec[], { tensors }: WeightsOutline): Text | undefined {
  for (const { name, shape, optional } of specs) {
    const found = tensors[name]?.shape
    const expected = shapeText(shape)
    if (found === undefined) {
      if (optional) continue
      const has = namesIn(Object.keys(tensors))
      return {
        en: `${name} ${expected} is missing, the file has ${has || 'nothing'}`,
        zh: `缺少 ${name} ${expected}，文件里有 ${has || '空'}`,
      }
    }
    if (shapeText(found) !== expected)
      return {
        en: `${name} is ${shapeText(found)}, expected ${expected}`,
        zh: `${name} 的形状是 ${shapeText(found)}，应为 ${expected}`,
      }
  }
  return undefined
}

/** The first tensor that the layer does not have. */
function surplusIn(specs: readonly ParameterSpec[], { tensors }: WeightsOutline): Text | undefined {
  const known = new Set(specs.map(({ name }) => name))
  const surplus = Object.keys(tensors).find((name) => !known.has(name))
  if (surplus === undefined) return undefined
  const shape = shapeText(tensors[surplus]?.shape ?? [])
  const [has, its] = [namesIn([...known]), namesIn([surplus])]
  return {
    en: `${its} ${shape} is not in this layer, which has ${has}`,
    zh: `这一层没有 ${its} ${shape}，只有 ${has}`,
  }
}

/** The flags that make the layer one for these weights. */
function remedyOf(
  layer: Layer,
  given: GivenOptions,
  changes: Changes,
  { tensors }: WeightsOutline,
): Text {
  const { add, leave } = flagsOf(layer, changes)
  const [en, zh] = [
    [add.length > 0 && `use ${add.join(' ')}`, leave.length > 0 && `leave out ${leave.join(' ')}`],
    [add.length > 0 && `用 ${add.join(' ')}`, leave.length > 0 && `去掉 ${leave.join(' ')}`],
  ].map((parts) => parts.filter((part) => part !== false)) as [string[], string[]]
  const open =
    'in' in changes && tellsQuotientOnly(layer, { ...given, ...changes }, tensors)
      ? {
          en: '; of --in and --groups they tell the quotient only',
          zh: '；--in 与 --groups 只能看出它们的商',
        }
      : { en: '', zh: '' }
  return {
    en: `to fit these weights ${en.join(' and ')}${open.en}`,
    zh: `要与这份权重相符，请${zh.join('，')}${open.zh}`,
  }
}

/** No flags of this layer do, at least on this input. */
function unlike(
  layer: Layer,
  given: GivenOptions,
  weights: WeightsOutline,
  input?: ProvidedInput,
): Text {
  const elsewhere = input && changesThatFit(layer, given, weights.tensors)
  if (elsewhere?.in !== undefined)
    return {
      en: `they take ${elsewhere.in} input channels, and --input ${input?.source} has ${given.in}: use an input of ${elsewhere.in}`,
      zh: `它们要求 ${elsewhere.in} 个输入通道，而 --input ${input?.source} 有 ${given.in} 个：请换一个 ${elsewhere.in} 通道的输入`,
    }
  return {
    en: `no flags of ${layer.name} fit these weights: choose the layer that they were made with`,
    zh: `${layer.name} 的选项怎么设都不符：请选用得到这份权重的那种层`,
  }
}

/** The first names of many, fit for a line. */
function namesIn(names: readonly string[]): string {
  const legible = names.slice(0, 8).map((name) => name.replace(/\p{Control}/gu, '?').slice(0, 80))
  return legible.join(', ') + (names.length > 8 ? ', ...' : '')
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}
