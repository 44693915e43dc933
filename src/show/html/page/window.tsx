// One output value worked out: window, kernel and products of every channel that it reads, and
// their sum.
import { decimal } from '../../../base/format.ts'
import type { ValueStep, WindowStep } from '../../../trace/trace.ts'
import { isWindow } from '../../../trace/window.ts'
import { boundOf } from './colors.ts'
import { NumberGrid } from './numbers.tsx'
import { words } from './page-words.ts'
import { useScene } from './scene.ts'

/** Of more input channels than this, the others are shown as their sums. */
const MANY = 4

export function WindowView({ step }: { step: ValueStep }) {
  return isWindow(step) ? (
    <Products step={step} />
  ) : (
    <div class="window" data-at={step.at.join(',')}>
      <Total step={step} />
    </div>
  )
}

function Products({ step }: { step: WindowStep }) {
  const { say } = useScene().voice
  const { channels } = step.reads
  const shown = channels.slice(0, MANY)
  const others = channels.slice(shown.length)
  return (
    <div class="window" data-at={step.at.join(',')}>
      <Total step={step} />
      {shown.map((channel, c) => (
        <Channel key={channel} step={step} c={c} />
      ))}
      {others.length > 0 && (
        <details>
          <summary>
            {say({
              en: `the other ${others.length} channels, as their sums`,
              zh: `其余 ${others.length} 个通道只列出和`,
            })}
          </summary>
          <ul class="sums">
            {others.map((channel, at) => {
              const sum = step.sums[shown.length + at] as number
              return (
                <li key={channel}>
                  {channel}: <data value={sum}>{decimal(sum)}</data>
                </li>
              )
            })}
          </ul>
        </details>
      )}
    </div>
  )
}

/** -0.2488 + 0.4363 + 0.0502 + bias 0.0211 = 0.2588 */
function Total({ step }: { step: ValueStep }) {
  const { total } = step
  return (
    <p class="total" id="value" role="status">
      <b>output[{step.at.join(', ')}]</b>
      {isWindow(step) && <Sum step={step} />}
      <span>
        {' = '}
        <data class="result" value={total}>
          {decimal(total)}
        </data>
      </span>
    </p>
  )
}

function Sum({ step }: { step: WindowStep }) {
  const { say } = useScene().voice
  const { sums, bias, scale, followed = [], convolved } = step
  const terms = sums.slice(0, MANY).map(bracketed)
  if (sums.length > MANY) terms.push('…')
  if (bias !== 0) terms.push(`${say(words.bias)} ${decimal(bias)}`)
  const sum = terms.join(' + ')
  if (convolved !== undefined)
    return (
      <span>
        {' '}
        ← {followed.join(' ← ')} ← {decimal(convolved)} = {sum}
      </span>
    )
  return (
    <span> = {scale === undefined ? sum : `(${sum}) × ${say(words.scale)} ${decimal(scale)}`}</span>
  )
}

function bracketed(value: number, at: number): string {
  const text = decimal(value)
  return at > 0 && text.startsWith('-') ? `(${text})` : text
}

function Channel({ step, c }: { step: WindowStep; c: number }) {
  const { say } = useScene().voice
  const { reads, shape, sums } = step
  const [, kh, kw] = shape as [number, number, number]
  const part = <T extends Float32Array | Float64Array>(values: T) =>
    Array.from(values.subarray(c * kh * kw, (c + 1) * kh * kw))
  const empty = reads.rows.flatMap((row) =>
    reads.columns.map((column) => row === null || column === null),
  )
  const sum = sums[c] as number
  return (
    <div class="channel">
      <h3 class="channel-name">
        {say({ en: `channel ${reads.channels[c]}`, zh: `通道 ${reads.channels[c]}` })}
        <span class="how">
          {say(words.sum)}{' '}
          <data class="sum" value={sum}>
            {decimal(sum)}
          </data>
        </span>
      </h3>
      <div class="grids">
        <NumberGrid
          title={say(words.inputWindow)}
          values={part(step.patch)}
          columns={kw}
          bound={boundOf(step.patch)}
          empty={empty}
        />
        <span class="sign">×</span>
        <NumberGrid
          title={say(words.kernel)}
          values={part(step.kernel)}
          columns={kw}
          bound={boundOf(step.kernel)}
        />
        <span class="sign">=</span>
        <NumberGrid
          title={say(words.products)}
          values={part(step.products)}
          columns={kw}
          bound={boundOf(Float32Array.from(step.products))}
          empty={empty}
        />
      </div>
    </div>
  )
}
