import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { transform } from 'esbuild'

/** A plugin: esbuild splits ES modules only, so pieces are made as such, and written as CommonJS. */
export const commonJsPieces = {
  name: 'CommonJS pieces',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await transform(text, {
          format: 'cjs',
          supported: { 'dynamic-import': false },
        })
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, inAscii(code))
      }
    })
  },
}

/** The few characters that esbuild leaves as they are: one of them doubles the memory of the whole. */
function inAscii(code) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return code.replace(/[^\0-\x7f]/g, escaped)
}
