// A folder of a test's own, gone when the test file ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** What programs that were killed or stopped still write in it does not fail its removal. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
