// Why attention is uniform, or the same for every sample: each cause measured by itself.
import { say } from '../../base/text.ts'
import type { InputKind } from '../../run/input.ts'
import { runOptions } from '../../run/plan.ts'
import type { MeasuredAttention } from './attention.ts'
import { commandFor, type Finding, type SweepSettings } from './sweep.ts'

/** Attention with at least this entropy / ln K is called nearly uniform. */
export const UNIFORM = 0.99
/** Samples whose weights differ by less are called alike. */
export const ALIKE = 0.01
/** The temperature of an ordinary softmax. */
const PLAIN = 1
/** Channel means smaller than this part of the values' spread are called near zero. */
const NEAR_ZERO = 0.1

/** Attention at one temperature: the least entropy / ln K of its samples. */
export interface AtTemperature {
  readonly temperature: number
  readonly entropy: number
}

/** Whether the temperature flattens it: scores are divided by T before the softmax. */
export function temperatureCause(
  points: readonly AtTemperature[],
  { scoreRange }: Pick<MeasuredAttention, 'scoreRange'>,
  given: SweepSettings,
): Finding {
  const rising = [...points].sort((a, b) => a.temperature - b.temperature)
  const sharpest = rising.reduce((a, b) => (b.entropy < a.entropy ? b : a))
  const uniform = rising.find((_, at) =>
    rising.slice(at).every(({ entropy }) => entropy >= UNIFORM),
  )
  if (uniform === undefined) {
    const hottest = rising.at(-1) as AtTemperature
    const { temperature, entropy } = hottest
    return {
      id: 'temperature',
      flattens: false,
      measured: { temperature, entropy, scoreRange },
      text: {
        en: say`Temperature: even T = ${temperature} does not make the weights uniform (entropy / ln K ${entropy}), since the scores lie ${scoreRange} apart.`,
        zh: say`温度：T = ${temperature} 也没有把权重抹平（熵 / ln K 为 ${entropy}），因为各专家的分数相差 ${scoreRange}。`,
      },
    }
  }
  const { temperature, entropy } = uniform
  const apart = scoreRange / temperature
  const ratio = Math.exp(apart)
  const measured = { temperature, entropy, scoreRange, apart, ratio }
  const sharp = commandFor('dynamic', { ...given, temperature: sharpest.temperature })
  if (temperature <= PLAIN)
    return {
      id: 'scores',
      flattens: true,
      measured,
      text: {
        en: say`Scores: even at T = ${temperature} the weights are nearly uniform (entropy / ln K ${entropy}). It is not the temperature: the scores themselves lie only ${scoreRange} apart.`,
        zh: say`分数：T = ${temperature} 时权重仍接近均匀（熵 / ln K 为 ${entropy}）。原因不在温度：各专家的分数本来就只差 ${scoreRange}。`,
      },
      try: sharp,
    }
  return {
    id: 'temperature',
    flattens: true,
    measured,
    text: {
      en: say`Temperature: from T = ${temperature} up the weights are nearly uniform (entropy / ln K ${entropy} and more). The scores lie ${scoreRange} apart; T divides that to ${apart}, so the largest weight is at most ${ratio} times the smallest, and the layer acts as one averaged static kernel.`,
      zh: say`温度：从 T = ${temperature} 起权重接近均匀（熵 / ln K 不低于 ${entropy}）。各专家的分数相差 ${scoreRange}，除以 T 只剩 ${apart}，最大权重至多是最小权重的 ${ratio} 倍；这一层就像一个取了平均的普通卷积核。`,
    },
    try: sharp,
  }
}

/** Whether the input reaches the attention at all: it sees the channel means and nothing else. */
export function inputCause(
  { meanSize, inputStd, moved }: MeasuredAttention,
  name: string,
  given: SweepSettings,
): Finding {
  const measured = { meanSize, inputStd, moved }
  if (meanSize < NEAR_ZERO * inputStd)
    return {
      id: 'zero-means',
      flattens: true,
      measured,
      text: {
        en: say`Input: its channel means, all that the attention sees, are near zero: ${meanSize} in size (root mean square), while its values have a standard deviation of ${inputStd}. An input of zeros gives the same weights to within ${moved}: they come from the biases.`,
        zh: say`输入：注意力只看得到各通道的均值，而它们接近零：均方根为 ${meanSize}，而数值的标准差是 ${inputStd}。换成全零输入，权重最多只变 ${moved}：这些权重其实是偏置给的。`,
      },
      ...withInput('relu', name, given),
    }
  if (moved < ALIKE)
    return {
      id: 'unheard-means',
      flattens: true,
      measured,
      text: {
        en: say`Input: its channel means are ${meanSize} in size (root mean square), yet an input of zeros gives the same weights to within ${moved}: the layers before the softmax pass on little of them, and the biases decide.`,
        zh: say`输入：各通道均值的均方根为 ${meanSize}，可是换成全零输入，权重最多只变 ${moved}：softmax 之前的两层几乎没把它们传过去，起作用的是偏置。`,
      },
      ...withInput('varied', name, given),
    }
  return {
    id: 'means',
    flattens: false,
    measured,
    text: {
      en: say`Input: its channel means, all that the attention sees, are ${meanSize} in size (root mean square). They move the weights by up to ${moved} from what an input of zeros gives.`,
      zh: say`输入：注意力只看得到各通道的均值，它们的均方根为 ${meanSize}；与全零输入相比，权重最多移动 ${moved}。`,
    },
    ...withInput('randn', name, given),
  }
}

/** Whether samples get kernels of their own: only if their channel means differ. */
export function samplesCause(
  { samples, meanSpread, weightSpread }: MeasuredAttention,
  name: string,
  given: SweepSettings,
): Finding {
  if (samples === 1)
    return {
      id: 'one-sample',
      flattens: false,
      measured: { samples },
      text: {
        en: say`Samples: there is one; more of them show whether each gets weights of its own.`,
        zh: say`样本：只有一个；多放几个，才看得出各样本的权重是否不同。`,
      },
      try: commandFor(name, { ...given, batch: 4 }),
    }
  const measured = { samples, meanSpread, weightSpread }
  if (weightSpread < ALIKE)
    return {
      id: 'samples-alike',
      flattens: true,
      measured,
      text: {
        en: say`Samples: their channel means differ by at most ${meanSpread}, and their weights by at most ${weightSpread}: every sample is given the same kernel.`,
        zh: say`样本：各样本的通道均值最多相差 ${meanSpread}，权重最多相差 ${weightSpread}：每个样本分到的是同一个卷积核。`,
      },
      ...withInput('varied', name, given),
    }
  return {
    id: 'samples-differ',
    flattens: false,
    measured,
    text: {
      en: say`Samples: their channel means differ by up to ${meanSpread}, and so their weights by up to ${weightSpread}: each is given a kernel of its own.`,
      zh: say`样本：各样本的通道均值最多相差 ${meanSpread}，权重随之最多相差 ${weightSpread}：每个样本各有自己的卷积核。`,
    },
    ...withInput('relu', name, given),
  }
}

/** The same with another input, unless that is what was given. */
function withInput(input: InputKind, name: string, given: SweepSettings): Pick<Finding, 'try'> {
  const chosen = given.input ?? runOptions.input.fallback
  return chosen === input ? {} : { try: commandFor(name, { ...given, input }) }
}

/** Nothing to mix: with one kernel the softmax gives it all. */
export function oneKernel(given: SweepSettings): Finding {
  return {
    id: 'one-kernel',
    flattens: true,
    measured: { kernels: 1 },
    text: {
      en: say`Kernels: with one there is nothing to choose: its weight is ${1} at every temperature, and the layer is static convolution.`,
      zh: say`卷积核：只有一个，没得选：不管温度多少，权重都是 ${1}，这一层就是普通卷积。`,
    },
    try: commandFor('sweep temperature', { ...given, kernels: 4 }),
  }
}
