// What a benchmark measures, bundled from the sources.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/**
 * Bundles them into a file, for processes of their own.
 * @param contents imports and exports, by paths from the project's root
 */
export function bundleInto(outfile, contents) {
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../../..') }
  buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'warning' })
}

/** What they export, in this process. */
export function bundled(contents) {
  return inFolder((folder) => {
    const file = join(folder, 'measured.cjs')
    bundleInto(file, contents)
    return createRequire(import.meta.url)(file)
  })
}

/** Does something in a folder of its own, which is gone afterwards. */
export function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-bench-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
