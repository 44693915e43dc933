// Numbers as text. Rounding happens here and nowhere else.

/**
 * A number with a fixed count of decimals; in powers of ten where that would show nothing of it
 * or be very long. An exact 0 is just 0.
 */
export function decimal(value: number, digits = 4): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const legible = size >= 0.5 * 10 ** -digits && size < 1e6
  return legible || !Number.isFinite(value) ? value.toFixed(digits) : value.toExponential(2)
}

/** Decimals that leave two digits of the largest of these values, and two at least. */
export function decimalsFor(...values: number[]): number {
  const largest = Math.max(...values.map(Math.abs))
  return largest > 0 && largest < 0.1 ? Math.min(12, 1 - Math.floor(Math.log10(largest))) : 2
}

/** 388800 -> 388,800 */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** [1, 3, 32, 32] */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}

/** How much more than before: 1828 against 448 is 4.1x, 390620 against 388800 is +0.5 %. */
export function comparedTo(value: number, before: number): string {
  const ratio = value / before
  if (ratio >= 2) return `${ratio.toFixed(1)}x`
  const percent = ((ratio - 1) * 100).toFixed(1)
  return `${ratio < 1 ? '' : '+'}${percent} %`
}

/** 1728 bytes are 1.7 KiB. */
export function byteText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let value = bytes
  let at = 0
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024
    at++
  }
  return `${at === 0 ? value : value.toFixed(1)} ${units[at]}`
}

/** A share as a percentage of two digits: 0.41 %, 5.3 %, 120 %. */
export function percentText(share: number): string {
  const percent = 100 * share
  return `${percent >= 10 ? percent.toFixed(0) : Number(percent.toPrecision(2))} %`
}
