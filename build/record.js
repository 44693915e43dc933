// Runs the main job of what was built: once to learn which pieces it reads, once to keep what V8 made
// of them.
import { execFileSync } from 'node:child_process'

export function recordMainJob() {
  for (let run = 1; run <= 2; run++)
    execFileSync(process.execPath, ['build/record.cjs', 'dynamic', '-K', '4'])
}
