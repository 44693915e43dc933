// What every layer shares: the options of a 2d convolution, its shapes, and the checks between
// options, made before any tensor is.
import { UsageError } from '../base/errors.ts'
import { type ConfigOf, count, padding, pair, written as short, yes } from '../base/options.ts'
import { axes, border, type Geometry, outputSize, type Pair, span } from '../tensor/geometry.ts'
import type { Shape } from '../tensor/tensor.ts'

/** The options of a convolution that pads by `zeros` unless told otherwise; its bias is apart. */
export function geometryOptions(zeros: number) {
  return {
    in: count({ help: { en: 'input channels', zh: '输入通道数' }, fallback: 3 }),
    out: count({
      help: { en: 'output channels', zh: '输出通道数' },
      fallback: 16,
      brief: (out, config) => ({
        en: `${config.in} -> ${out} channels`,
        zh: `${config.in} -> ${out} 通道`,
      }),
    }),
    kernelSize: pair(1, {
      short: 'k',
      help: { en: 'kernel rows and columns', zh: '卷积核的行数和列数' },
      fallback: [3, 3],
      brief: (size) => ({ en: `${size.join('x')} kernels`, zh: `${size.join('x')} 卷积核` }),
    }),
    stride: pair(1, {
      help: { en: 'step from one window to the next', zh: '步长：相邻窗口的间隔' },
      fallback: [1, 1],
      brief: (stride) => ({ en: `stride ${short(stride)}`, zh: `步长 ${short(stride)}` }),
    }),
    padding: padding({
      help: {
        en: "zeros around the input; the article's static layer has 1, its dynamic layer 0",
        zh: '填充：在输入四周补零；文章里普通卷积为 1，动态卷积为 0',
      },
      fallback: [zeros, zeros],
      brief: (zeros) => ({ en: `padding ${short(zeros)}`, zh: `填充 ${short(zeros)}` }),
    }),
    dilation: pair(1, {
      help: { en: 'step from one kernel tap to the next', zh: '空洞率：卷积核相邻采样点的间隔' },
      fallback: [1, 1],
      brief: (step) =>
        short(step) === '1'
          ? undefined
          : { en: `dilation ${short(step)}`, zh: `空洞率 ${short(step)}` },
    }),
    groups: count({
      help: { en: 'groups; must divide --in and --out', zh: '分组数，须整除 --in 和 --out' },
      example: '1',
      fallback: 1,
      brief: (groups) =>
        groups === 1 ? undefined : { en: `${groups} groups`, zh: `${groups} 组` },
    }),
  }
}

/** For layers whose convolution can have a bias; the others have no such flag, and none. */
export const biasOption = {
  bias: yes({
    help: { en: 'leave out the bias', zh: '不加偏置' },
    brief: (bias) => (bias ? undefined : { en: 'no bias', zh: '无偏置' }),
  }),
}

export type GeometryOptions = ReturnType<typeof geometryOptions>
export type GeometryConfig = ConfigOf<GeometryOptions>

/** The spatial axes' sizes of (B, C, H, W). */
export function spatial(shape: Shape): Pair {
  return [shape[2] as number, shape[3] as number]
}

/** (O, C/g, kh, kw) */
export function kernelShape({ out, in: channels, groups, kernelSize }: GeometryConfig): Shape {
  return [out, channels / groups, ...kernelSize]
}

/** How many products make one output value: C/g · kh · kw. */
export function fanIn({ in: channels, groups, kernelSize }: GeometryConfig): number {
  return (channels / groups) * kernelSize[0] * kernelSize[1]
}

/** The configuration as attributes of the operation conv2d. */
export function geometryOf(config: GeometryConfig): Geometry {
  const { kernelSize, stride, padding, dilation, groups } = config
  return { kernelSize, stride, padding, dilation, groups }
}

/**
 * Groups divide the channels, `same` has stride 1, and the kernel fits the padded input.
 * @throws {UsageError} with the numbers that do not fit and what to change
 */
export function checkGeometry(config: GeometryConfig, inputShape: Shape): void {
  for (const [flag, channels] of [
    ['--in', config.in],
    ['--out', config.out],
  ] as const)
    if (channels % config.groups !== 0) throw indivisible(flag, channels, config.groups)

  if (config.padding === 'same' && config.stride.some((step) => step !== 1))
    throw new UsageError({
      en: `--padding same needs stride 1, but the stride is ${config.stride.join('x')}: use --stride 1, or a number such as --padding 1`,
      zh: `--padding same 要求步长为 1，而现在的步长是 ${config.stride.join('x')}：请用 --stride 1，或改成数字，例如 --padding 1`,
    })

  const size = spatial(inputShape)
  for (const axis of axes)
    if (outputSize(config, size)[axis] < 1) throw tooSmall(config, size, axis)
}

function indivisible(flag: string, channels: number, groups: number): UsageError {
  const multiple = Math.ceil(channels / groups) * groups
  return new UsageError({
    en: `${flag} ${channels} cannot be split into ${groups} groups of equal size: use ${flag} ${multiple} or --groups 1`,
    zh: `${flag} ${channels} 不能平均分成 ${groups} 组：请用 ${flag} ${multiple} 或 --groups 1`,
  })
}

/** The kernel is longer than the padded input: every number of the sum, and two ways out. */
function tooSmall(config: GeometryConfig, inputSize: Pair, axis: 0 | 1): UsageError {
  const size = inputSize[axis]
  const reach = span(config, axis)
  const kernel = config.kernelSize[axis]
  const step = config.dilation[axis]
  const zeros = border(config, axis).before
  const enough = Math.ceil((reach - size) / 2)
  const largest = Math.floor((size + 2 * zeros - 1) / step) + 1
  const sum = `${size} + 2*${zeros} < ${reach}`
  const dilated =
    step === 1
      ? { en: '', zh: ' ' }
      : {
          en: ` with dilation ${step} spans ${reach} and`,
          zh: `（空洞率 ${step}，跨 ${reach} 格）`,
        }
  return new UsageError({
    en: `kernel ${kernel}${dilated.en} does not fit input ${size} with padding ${zeros} (${sum}): use --padding ${enough} or --kernel-size ${largest}`,
    zh: `卷积核 ${kernel}${dilated.zh}放不进大小为 ${size}、填充为 ${zeros} 的输入（${sum}）：请用 --padding ${enough} 或 --kernel-size ${largest}`,
  })
}
