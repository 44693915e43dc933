// The steps of the pass in order, a card each, as explain mode says them.
import { shapeText } from '../../../base/format.ts'
import type { CheckResult } from '../../../trace/checks/check-claims.ts'
import { stepOf } from '../../../trace/query.ts'
import type { Step } from '../../../trace/trace.ts'
import { axesText } from '../../axes.ts'
import { workedOut } from '../../explain/worked.ts'
import { words } from './page-words.ts'
import { Picture } from './picture.tsx'
import { useScene } from './scene.ts'

export function Steps() {
  const { variant, voice } = useScene()
  return (
    <section class="steps" aria-labelledby="steps">
      <h2 id="steps">{voice.say(words.steps)}</h2>
      <ol>
        {variant.trace.steps.map((step, at) => (
          <Card key={step.id} step={step} number={at + 1} />
        ))}
      </ol>
    </section>
  )
}

function Card({ step, number }: { step: Step; number: number }) {
  const { lecture, variant, focus, byHand, voice } = useScene()
  const { say } = voice
  const { trace } = variant
  const explanation = lecture.explanations[step.id]
  const why = explanation?.why
  const torch = explanation?.torch
  const worked = byHand.has(step.id) ? [[say(words.setByHand)]] : workedOut(trace, step, focus)
  return (
    <li class="card" id={`step-${step.id}`}>
      <div class="number" aria-hidden>
        {number}
      </div>
      <h3>{say(step.title)}</h3>
      <p class="what">
        <code>
          {step.id} {shapeText(step.shape)}
        </code>
        <span>{axesText(step, voice)}</span>
      </p>
      <Origin step={step} />
      <p class="formula">{say(step.formula)}</p>
      {worked.map((equation, at) => (
        <p key={at} class="worked">
          {equation.join(' ')}
        </p>
      ))}
      <Picture step={step} />
      {why && <p>{say(typeof why === 'function' ? why(trace) : why)}</p>}
      {(lecture.claims[step.id] ?? []).map((claim, at) => (
        <Checked key={at} claim={claim} />
      ))}
      {explanation?.trap && (
        <p class="note trap">
          <b>{say(words.trap)}</b>
          {say(explanation.trap)}
          {explanation.trap.more && (
            <>
              {' '}
              <code>convlab {explanation.trap.more}</code>
            </>
          )}
        </p>
      )}
      {torch && (
        <p class="torch">
          <span>PyTorch</span>
          <code>{typeof torch === 'function' ? torch(trace) : torch}</code>
        </p>
      )}
    </li>
  )
}

/** The steps and parameters that the step is made from. */
function Origin({ step }: { step: Step }) {
  const { variant, voice } = useScene()
  if (step.from.length === 0) return null
  const isStep = (name: string) => variant.trace.steps.some(({ id }) => id === name)
  return (
    <p class="from">
      {voice.say(words.from)}
      {step.from.map((name) =>
        isStep(name) ? (
          <a key={name} href={`#step-${name}`} title={voice.say(stepOf(variant.trace, name).title)}>
            {name}
          </a>
        ) : (
          <code key={name}>{name.slice(name.indexOf('/') + 1)}</code>
        ),
      )}
    </p>
  )
}

function Checked({ claim }: { claim: CheckResult }) {
  const { say } = useScene().voice
  return (
    <p class={claim.holds ? 'note held' : 'note failed'}>
      <b>{say(claim.holds ? words.checked : words.failed)}</b>
      {say(claim.text)}
    </p>
  )
}
