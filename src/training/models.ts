// The models that experiments compare: what kind of convolution all of a network's layers are.
import type { Text } from '../base/text.ts'
import type { Data } from './experiment.ts'

/**
 * static    one kernel
 * dynamic   pi = softmax((f2 relu(f1 g + c1) + c2) / T) mixes K kernels; g the channels' means
 * uniform   pi = 1/K always: no attention, one kernel in effect
 * condconv  pi = sigmoid(f1 g + c1) mixes K kernels
 * se        one kernel; its output channels times 2 sigmoid(f2 relu(f1 g + c1) + c2)
 */
export type Kind = 'static' | 'dynamic' | 'uniform' | 'condconv' | 'se'

/** A temperature: the same throughout, or from 30 down to 1 over the first third of the steps. */
export type Temperature = number | 'anneal'

/** How wide the layers are: as the network says; widened until it costs as much as another model. */
export type Widths =
  | 'base'
  | { readonly until: 'parameters' | 'multiplyAdds'; readonly of: string }
  /** the filter network: this many channels, ReLU, and a 1x1 convolution to one */
  | { readonly hidden: number }

export interface Model {
  readonly name: string
  readonly title: Text
  readonly kind: Kind
  /** K; 1 where there is but one kernel */
  readonly kernels: number
  readonly widths: Widths
  /**
   * Starts with half the standard deviation, as the mean of four experts does: a comparison without
   * that measures the initialisation. The filter network starts every model alike.
   */
  readonly halved: boolean
  readonly temperature: Temperature
  /** what differs in its images from the experiment's */
  readonly data?: Partial<Extract<Data, { kind: 'filter' }>>
}

/** Values between pooling and the scores of an attention or gate: h. */
export const hiddenSize = 8

const one = { kind: 'static', kernels: 1, widths: 'base', halved: true, temperature: 1 } as const

const dynamic = (kernels: number, change: Partial<Model> & Pick<Model, 'title'>) =>
  ({
    kind: 'dynamic',
    kernels,
    widths: 'base',
    halved: false,
    temperature: 'anneal',
    ...change,
  }) as const

const experts = (kernels: number): Text => ({
  en: `dynamic, ${kernels} kernel${kernels === 1 ? '' : 's'}`,
  zh: `动态，${kernels} 个卷积核`,
})

const table = {
  'S-full': {
    ...one,
    halved: false,
    title: { en: 'static, naive: wider initial values', zh: '静态，朴素初始化（初值偏大）' },
  },
  S: { ...one, title: { en: 'static, the same width', zh: '静态，同样宽度' } },
  'S-madd': {
    ...one,
    widths: { until: 'multiplyAdds', of: 'D4' },
    title: { en: 'static, as many multiply-adds', zh: '静态，乘加次数相同' },
  },
  'S-par': {
    ...one,
    widths: { until: 'parameters', of: 'D4' },
    title: { en: 'static, as many parameters', zh: '静态，参数量相同' },
  },
  U4: {
    ...one,
    kind: 'uniform',
    kernels: 4,
    halved: false,
    title: { en: '4 kernels, attention frozen at 1/4', zh: '4 个卷积核，注意力固定为 1/4' },
  },
  D1: dynamic(1, { halved: true, temperature: 1, title: experts(1) }),
  D2: dynamic(2, { title: experts(2) }),
  D3: dynamic(3, { title: experts(3) }),
  D4: dynamic(4, { title: experts(4) }),
  D8: dynamic(8, { title: experts(8) }),
  'D4-T1': dynamic(4, {
    temperature: 1,
    title: { en: 'D4, temperature 1 throughout', zh: 'D4，温度始终为 1' },
  }),
  'D4-T30': dynamic(4, {
    temperature: 30,
    title: { en: 'D4, temperature 30 throughout', zh: 'D4，温度始终为 30' },
  }),
  'D4-nocue': dynamic(4, {
    data: { cue: false },
    title: { en: 'D4 without the cue in its input', zh: 'D4，输入中没有线索' },
  }),
  R4: {
    ...one,
    widths: { hidden: 4 },
    title: { en: 'static, 4 hidden channels and ReLU', zh: '静态，4 个隐藏通道加 ReLU' },
  },
  R8: {
    ...one,
    widths: { hidden: 8 },
    title: { en: 'static, 8 hidden channels and ReLU', zh: '静态，8 个隐藏通道加 ReLU' },
  },
  C4: {
    ...one,
    kind: 'condconv',
    kernels: 4,
    title: { en: 'CondConv, 4 kernels', zh: 'CondConv，4 个卷积核' },
  },
  SE: {
    ...one,
    kind: 'se',
    title: { en: 'static with a channel gate (SE)', zh: '静态加通道门控（SE）' },
  },
} satisfies Record<string, Omit<Model, 'name'>>

export type ModelName = keyof typeof table

/** The models by name. */
export const models = Object.fromEntries(
  Object.entries(table).map(([name, model]) => [name, { name, ...model }]),
) as unknown as Readonly<Record<ModelName, Model>>

/** @throws {RangeError} for a name that is none: user input is checked before */
export function modelNamed(name: string): Model {
  const model = (models as Readonly<Record<string, Model>>)[name]
  if (model === undefined) throw new RangeError(`no model is named ${name}`)
  return model
}
