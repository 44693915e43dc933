// A folder of a test's own, gone when the test file ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return folder
}
