// What stands around the pictures.
import { decimal } from '../../base/format.ts'
import type { Style } from '../style.ts'
import type { Range } from '../text/heatmap.ts'

/** Lightest to darkest shade, with the values they stand for. */
export function legend({ min, max }: Range, style: Style): string {
  const scale = style.symbols.shade.join('')
  const light = style.say({ en: 'light', zh: '浅' })
  const dark = style.say({ en: 'dark', zh: '深' })
  return style.colors.dim(`${light} ${decimal(min)} [${scale}] ${decimal(max)} ${dark}`)
}

export function others(all: number, shown: number, style: Style): string[] {
  const more = all - shown
  if (more <= 0) return []
  return [style.colors.dim(style.say({ en: `… and ${more} more`, zh: `… 另有 ${more} 个` }))]
}

/** An index that the axis has. */
export function clampIndex(index: number, size: number): number {
  return Math.min(index, size - 1)
}
