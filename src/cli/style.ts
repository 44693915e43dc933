// How pages look on an output.
import type { Language } from '../base/text.ts'
import type { Style } from '../show/style.ts'
import type { Session, Surroundings } from './io.ts'
import { colorLevel, type Output, outputWidth } from './settings.ts'

export async function styleFor(session: Session<Surroundings>, output: Output): Promise<Style> {
  const { language, look } = session
  return (await stylist(session, output))(language, outputWidth(look.columns, output))
}

/** Makes the styles of a command that changes its language and width as it runs. */
export async function stylist(
  { io, look }: Session<Surroundings>,
  output: Output,
): Promise<(language: Language, columns: number) => Style> {
  const { Chalk } = await import('chalk')
  const { createStyle } = await import('../show/style.ts')
  const colors = new Chalk({ level: colorLevel(look.color, io.env, output) })
  return (language, columns) => createStyle(language, columns, colors, look.ascii)
}
