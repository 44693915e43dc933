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
        writeFileSync(path, code)
      }
    })
  },
}
