// Numbers in rows and columns, each on the colour of its value.
import { decimal } from '../../../base/format.ts'
import { inkOn, paletteFor } from './colors.ts'
import { words } from './page-words.ts'
import { useScene } from './scene.ts'

/** More columns than this may have to be scrolled. */
const FEW = 3

interface NumberGridProps {
  readonly title: string
  /** row-major */
  readonly values: readonly number[]
  readonly columns: number
  readonly bound: number
  /** cells that are zeros of the padding */
  readonly empty?: readonly boolean[]
}

export function NumberGrid({ title, values, columns, bound, empty = [] }: NumberGridProps) {
  const { dark, voice } = useScene()
  const palette = paletteFor(dark)
  const rows = Array.from({ length: values.length / columns }, (_, row) => row)
  return (
    <section class="scroll" aria-label={title} tabIndex={columns > FEW ? 0 : undefined}>
      <table class="numbers">
        <caption>{title}</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {values.slice(row * columns, (row + 1) * columns).map((value, column) => {
                const cell = row * columns + column
                return empty[cell] ? (
                  <td key={cell} class="padding" title={voice.say(words.padding)}>
                    0
                  </td>
                ) : (
                  <td key={cell} style={inkOn(value, bound, palette)}>
                    {decimal(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
