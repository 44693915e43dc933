// Kernels as pictures: the experts, the mixture that they add up to, a kernel that is fixed.
import { decimal } from '../../../base/format.ts'
import { at, type Tensor, tensor } from '../../../tensor/tensor.ts'
import { mixtureOf } from '../../../trace/mixture.ts'
import { tensorOf } from '../../../trace/query.ts'
import type { Step } from '../../../trace/trace.ts'
import { axisWords } from '../../axes.ts'
import { kernelPlace } from '../../explain/focus.ts'
import { boundOf } from './colors.ts'
import { Legend } from './legend.tsx'
import { HeatMap } from './map.tsx'
import { more } from './page-words.ts'
import { useScene } from './scene.ts'

/** Kernels drawn side by side, at most. */
const MOST = 8

interface ExpertPart {
  readonly caption: string
  readonly kernel: Tensor
  /** what stands before it */
  readonly sign?: string
}

/** Each expert's kernel from the chosen input to the chosen output channel. */
export function Experts({ experts }: { experts: Tensor }) {
  const { lecture, focus, voice } = useScene()
  const [K] = experts.shape as [number]
  const place = kernelPlace(lecture.trace, focus)
  const parts = first(K).map((k) => ({
    caption: `${voice.say(axisWords.expert)} ${k}`,
    kernel: at(experts, k, place.out, place.at),
  }))
  return <Row parts={parts} out={place.out} in={place.in} hidden={K - parts.length} />
}

/** The kernels of a layer whose kernel is the same for every input. */
export function FixedKernel({ step }: { step: Step }) {
  const { lecture, focus, voice } = useScene()
  const kernel = tensorOf(step)
  const [, C] = kernel.shape as [number, number]
  const { out, in: read, at: place } = kernelPlace(lecture.trace, focus)
  const parts = first(C).map((c) => ({
    caption: `${voice.say(axisWords.in)} ${read - place + c}`,
    kernel: at(kernel, out, c),
  }))
  return <Row parts={parts} out={out} hidden={C - parts.length} />
}

/** Weight times expert, expert by expert, and the mixture that they add up to. */
export function MixtureView({ step }: { step: Step }) {
  const { variant, focus } = useScene()
  const { trace } = variant
  const [rows = 1, C = 1, kh = 1, kw = 1] = step.shape
  const O = rows / (trace.input.shape[0] as number)
  const place = kernelPlace(trace, focus)
  const kernel = at(tensorOf(step), focus.sample * O + place.out, place.at)
  const mixed = { caption: 'W(x)', kernel, sign: '=' }
  const mixture = mixtureOf(trace, step)
  if (mixture === undefined) return <Row parts={[mixed]} out={place.out} in={place.in} hidden={0} />
  const from = (place.out * C + place.at) * kh * kw
  const terms = first(mixture.terms).map((k): ExpertPart => {
    const factors = (i: number) => mixture.factors(k, focus.sample, from + i)
    const values = Float32Array.from({ length: kh * kw }, (_, i) => factors(i).at(-1) as number)
    const weights = factors(0)
      .slice(0, -1)
      .map((weight) => decimal(weight))
    return {
      caption: [...weights, `W${k}`].join(' × '),
      kernel: tensor(values, [kh, kw]),
      ...(k > 0 && { sign: '+' }),
    }
  })
  return (
    <Row
      parts={[...terms, mixed]}
      out={place.out}
      in={place.in}
      hidden={mixture.terms - terms.length}
    />
  )
}

interface RowProps {
  readonly parts: readonly ExpertPart[]
  readonly out: number
  readonly in?: number
  readonly hidden: number
}

function Row({ parts, out, hidden, ...channels }: RowProps) {
  const { say } = useScene().voice
  const bound = boundOf(...parts.map(({ kernel }) => kernel.data))
  const read = channels.in
  const slice =
    read === undefined
      ? { en: `output channel ${out}`, zh: `输出通道 ${out}` }
      : {
          en: `output channel ${out}, input channel ${read}`,
          zh: `输出通道 ${out}，输入通道 ${read}`,
        }
  return (
    <div>
      <p class="how">{say(slice)}</p>
      <div class="kernels">
        {parts.map(({ caption, kernel, sign }) => (
          <figure key={caption} data-sign={sign}>
            <HeatMap map={kernel} bound={bound} label={`${caption}, ${say(slice)}`} />
            <figcaption>{caption}</figcaption>
          </figure>
        ))}
      </div>
      {hidden > 0 && <p class="how">{say(more(hidden))}</p>}
      <Legend bound={bound} />
    </div>
  )
}

function first(count: number): number[] {
  return Array.from({ length: Math.min(MOST, count) }, (_, k) => k)
}
