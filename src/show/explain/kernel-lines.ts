// Kernels as pictures: the experts, the mixture that they add up to, a static layer's own.
import { decimal } from '../../base/format.ts'
import { at, type Tensor } from '../../tensor/tensor.ts'
import { mixtureOf } from '../../trace/mixture.ts'
import { tensorOf } from '../../trace/query.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import { axisWords } from '../axes.ts'
import type { Style } from '../style.ts'
import { type Heat, heatmap, type Range, rangeOf } from '../text/heatmap.ts'
import { indent } from '../text/layout.ts'
import { beside, grid, type TextBlock } from '../text/text-blocks.ts'
import { type Focus, type KernelPlace, kernelPlace } from './focus.ts'
import { clampIndex, legend, others } from './legend.ts'

/** Kernels of at most this many values a side have their numbers beside them. */
const SMALL = 5
/** Kernels drawn side by side, the focus among them. */
const SHOWN = 4

/** Each expert's kernel from the focused input to the focused output channel. */
export function kernelsOf(
  trace: Trace,
  experts: Tensor,
  focus: Focus,
  width: number,
  style: Style,
): string[] {
  const [K] = experts.shape as [number]
  const place = kernelPlace(trace, focus)
  const slice = (k: number) => at(experts, k, place.out, place.at)
  const shown = around(focus.expert, K)
  const range = rangeOf(shown.map((k) => heatOf(slice(k))))
  const blocks = shown.map((k) => [
    pointer(`${style.say(axisWords.expert)} ${k}`, k === focus.expert && K > 1, style),
    ...shadesAndNumbers(slice(k), range, style),
  ])
  return [
    slicing(place, style),
    ...beside(blocks, width),
    ...others(K, shown.length, style),
    legend(range, style),
  ]
}

/** The kernels of a static layer that make the focused output channel. */
export function staticKernels(
  trace: Trace,
  step: Step,
  focus: Focus,
  width: number,
  style: Style,
): string[] {
  const kernel = tensorOf(step)
  const [, C] = kernel.shape as [number, number]
  const place = kernelPlace(trace, focus)
  const shown = around(place.at, C)
  const range = rangeOf(shown.map((c) => heatOf(at(kernel, place.out, c))))
  const blocks = shown.map((c) => [
    `${style.say(axisWords.in)} ${place.in - place.at + c}`,
    ...shadesAndNumbers(at(kernel, place.out, c), range, style),
  ])
  const words = { en: `output channel ${place.out}`, zh: `输出通道 ${place.out}` }
  return [
    style.colors.dim(style.say(words)),
    ...beside(blocks, width),
    ...others(C, shown.length, style),
    legend(range, style),
  ]
}

/** Weight times expert, expert by expert, and the mixture that they add up to. */
export function mixing(
  trace: Trace,
  step: Step,
  focus: Focus,
  width: number,
  style: Style,
): string[] {
  const mixture = mixtureOf(trace, step)
  const [rows = 1, C = 1, kh = 1, kw = 1] = step.shape
  const O = rows / (trace.input.shape[0] as number)
  const place = kernelPlace(trace, focus)
  const first = (place.out * C + place.at) * kh * kw
  const part = (value: (at: number) => number): Tensor => ({
    shape: [kh, kw],
    data: Float32Array.from({ length: kh * kw }, (_, i) => value(first + i)),
  })
  const mixed = at(tensorOf(step), focus.sample * O + place.out, place.at)
  if (mixture === undefined) return shadesAndNumbers(mixed, rangeOf([heatOf(mixed)]), style)
  const shown = around(focus.expert, mixture.terms)
  const factors = (k: number, i: number) => mixture.factors(k, focus.sample, i)
  const experts = shown.map((k) => part((i) => factors(k, i).at(-1) as number))
  const range = rangeOf([...experts, mixed].map(heatOf))
  const blocks = shown.map((k, which) => {
    const weights = factors(k, first)
      .slice(0, -1)
      .map((weight) => decimal(weight))
    const caption = style.plain([...weights, `W${k}`].join(' × '))
    return [
      pointer(caption, k === focus.expert && mixture.terms > 1, style),
      ...shades(experts[which] as Tensor, range, style),
    ]
  })
  const sum = ['= W(x)', ...shadesAndNumbers(mixed, range, style)]
  return [
    slicing(place, style),
    ...beside([...withPlus(blocks), sum], width),
    ...others(mixture.terms, shown.length, style),
    legend(range, style),
  ]
}

function withPlus(blocks: readonly TextBlock[]): TextBlock[] {
  return blocks.map((block, which) =>
    which === 0 ? block : [`+ ${block[0]}`, ...indent(block.slice(1), '  ')],
  )
}

function shades(map: Tensor, range: Range, style: Style): string[] {
  return heatmap(heatOf(map), range, style)
}

/** Shades, and the numbers beside them where the map is small. */
function shadesAndNumbers(map: Tensor, range: Range, style: Style): string[] {
  const [rows, columns] = map.shape as [number, number]
  const shaded = shades(map, range, style)
  if (rows > SMALL || columns > SMALL) return shaded
  const numbers = grid(
    Array.from({ length: rows }, (_, i) =>
      Array.from(map.data.subarray(i * columns, (i + 1) * columns), (value) => decimal(value)),
    ),
    Number.POSITIVE_INFINITY,
  )
  return shaded.map((line, i) => `${line}  ${numbers[i]}`)
}

function heatOf({ shape, data }: Tensor): Heat {
  const [rows, columns] = shape as [number, number]
  return { rows, columns, values: data }
}

function slicing(place: KernelPlace, style: Style): string {
  const words = {
    en: `output channel ${place.out}, input channel ${place.in}`,
    zh: `输出通道 ${place.out}，输入通道 ${place.in}`,
  }
  return style.colors.dim(style.say(words))
}

function pointer(caption: string, focused: boolean, style: Style): string {
  return focused ? style.colors.bold(`${caption} <`) : caption
}

/** The first few indices, or those up to the focus. */
function around(focus: number, count: number): number[] {
  const shown = Math.min(SHOWN, count)
  const first = Math.max(0, clampIndex(focus, count) - shown + 1)
  return Array.from({ length: shown }, (_, at) => first + at)
}
