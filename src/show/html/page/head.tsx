// What the page is about: the layer, its settings, the language, and the steps at a glance.
import { shapeText } from '../../../base/format.ts'
import { type Language, languages, type Text } from '../../../base/text.ts'
import { costTexts, sourceText, temperatureText } from '../../summary.ts'
import { words } from './page-words.ts'
import { useScene } from './scene.ts'

/** Every language by its own name. */
const names: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' }

export function PageHead({ summary }: { summary: Text }) {
  const { lecture, language, voice, dispatch } = useScene()
  const { trace } = lecture
  const unnamed = temperatureText(trace)
  const { say } = voice
  const brief = trace.brief
    .map(say)
    .join(say({ en: ', ', zh: '，' }))
    .replaceAll('->', '→')
  return (
    <header>
      <div class="top">
        <p class="brand">convlab</p>
        <fieldset class="languages" aria-label="Language, 语言">
          {languages.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={each === language}
              onClick={() => dispatch({ do: 'speak', language: each })}
            >
              {names[each]}
            </button>
          ))}
        </fieldset>
      </div>
      <h1>{say(trace.title)}</h1>
      <p class="summary">{say(summary)}</p>
      <p class="brief">{brief}</p>
      <p class="brief">{[sourceText(trace), ...costTexts(trace)].map(say).join(' · ')}</p>
      {unnamed && <p class="brief">{say(unnamed)}</p>}
      <p class="command">
        <span>{say(words.sameCommand)}</span>
        <code>convlab {trace.command}</code>
      </p>
      <nav aria-label={say(words.overview)}>
        <ol class="flow">
          {trace.steps.map(({ id, shape }) => (
            <li key={id}>
              <a href={`#step-${id}`}>
                <b>{id}</b>
                <span>{shapeText(shape)}</span>
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </header>
  )
}
