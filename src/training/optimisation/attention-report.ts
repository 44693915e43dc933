// What a trained attention looks at, and what it is good for.
import type { Images } from '../data/images.ts'
import { shuffled, units } from '../data/stream.ts'
import { type Cue, permutationSeed } from '../experiment.ts'
import type { Matrix } from '../gradients/variables.ts'
import type { BuiltNetwork } from '../network/build.ts'
import { itemMeans } from '../statistics/means.ts'
import { errorsOf, runForward, wrongOnes } from './evaluate.ts'

/** Of one dynamic model on the test set; lists have one entry a layer. */
export interface AttentionReport {
  /** accuracy, or R2, where every image gets the attention of another one */
  readonly shuffled: number
  /** the same where all get the mean attention: a static network */
  readonly mean: number
  /** share of the attention's variance that the class explains; none where the class is the cue */
  readonly byClass?: readonly number[]
  /** what the cue explains */
  readonly byCue?: readonly number[]
  /** one a value of the cue */
  readonly perCue?: readonly CueReport[]
}

export interface CueReport {
  readonly images: number
  /** accuracy on them; none where images are the output */
  readonly accuracy?: number
  /** mean attention weights, a list a layer */
  readonly attention: readonly (readonly number[])[]
}

export function reportAttention(
  net: BuiltNetwork,
  images: Images,
  cue: Cue | undefined,
): AttentionReport {
  const whole = { images, first: 0, samples: images.count }
  runForward(net, whole)
  const pis = net.attentions.map(({ pi }) => rowsOf(pi, images.count))
  const right = 'logits' in net.output && wrongOnes(net.output.logits, whole).map((w) => 1 - w)
  const values = cue && images.cues[cue]
  const classes = cue !== 'filter'
  const score = (replace: (pi: Matrix, samples: number) => void) => {
    for (const attention of net.attentions) attention.replace = replace
    runForward(net, whole)
    for (const attention of net.attentions) attention.replace = undefined
    const [errors, total] = errorsOf(net, whole)
    return 1 - errors / total
  }
  return {
    shuffled: score(exchange),
    mean: score(average),
    ...(classes && { byClass: pis.map((pi) => explained(pi, images.labels)) }),
    ...(values && {
      byCue: pis.map((pi) => explained(pi, values)),
      perCue: perCue(pis, values, right || undefined),
    }),
  }
}

function rowsOf({ columns, value }: Matrix, samples: number): number[][] {
  return Array.from({ length: samples }, (_, n) => [
    ...value.subarray(n * columns, (n + 1) * columns),
  ])
}

/** Gives sample i the attention of sample p[i]. */
function exchange({ columns, value }: Matrix, samples: number): void {
  const before = value.slice(0, samples * columns)
  const order = shuffled(samples, units(permutationSeed))
  for (const [i, from] of order.entries())
    value.set(before.subarray(from * columns, (from + 1) * columns), i * columns)
}

/** Gives all samples the mean of their attention. */
function average(pi: Matrix, samples: number): void {
  const mean = itemMeans(rowsOf(pi, samples))
  for (let n = 0; n < samples; n++) pi.value.set(mean, n * pi.columns)
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + (value - (b[k] as number)) ** 2, 0)
}

/** Less variance than this is none. */
const NOTHING = 1e-9

/** eta²: the variance between the groups' means, over all variance. */
function explained(rows: readonly (readonly number[])[], groupOf: ArrayLike<number>): number {
  const mean = itemMeans(rows)
  const total = rows.reduce((sum, row) => sum + distance(row, mean), 0)
  if (total <= NOTHING) return 0
  const between = grouped(rows, groupOf).reduce(
    (sum, group) => sum + group.length * distance(itemMeans(group), mean),
    0,
  )
  return between / total
}

/** The items of each group, the groups in ascending order. */
function grouped<T>(items: readonly T[], groupOf: ArrayLike<number>): T[][] {
  const groups = new Map<number, T[]>()
  for (const [at, item] of items.entries()) {
    const key = groupOf[at] as number
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group)
}

function perCue(
  pis: readonly (readonly (readonly number[])[])[],
  values: Int32Array,
  right: ArrayLike<number> | undefined,
): CueReport[] {
  const members = grouped([...values.keys()], values)
  return members.map((group) => ({
    images: group.length,
    ...(right && {
      accuracy: group.reduce((sum, n) => sum + (right[n] as number), 0) / group.length,
    }),
    attention: pis.map((pi) => itemMeans(group.map((n) => pi[n] as readonly number[]))),
  }))
}

/** Mean of -Σ pi ln pi over samples, a value a layer; `net` has just run. */
export function entropies(net: BuiltNetwork, samples: number): number[] {
  return net.attentions.map(({ pi: { columns, value } }) => {
    let sum = 0
    for (let i = 0; i < samples * columns; i++) {
      const pi = Math.max(value[i] as number, 1e-12)
      sum -= pi * Math.log(pi)
    }
    return sum / samples
  })
}
