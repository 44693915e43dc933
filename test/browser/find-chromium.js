import { execFileSync } from 'node:child_process'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']

/** The browser that CHROMIUM names, or the first that this machine has. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const name of names) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {} // not this one
  }
  throw new Error('expected Chromium: install it, or name its program in CHROMIUM')
}
