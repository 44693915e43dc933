// What a benchmark measures, bundled from the sources.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** @param contents exports, by paths from the project's root */
export function bundled(contents) {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-bench-'))
  const outfile = join(folder, 'measured.cjs')
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../../..') }
  buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'warning' })
  try {
    return createRequire(import.meta.url)(outfile)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
