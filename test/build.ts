import { execFileSync } from 'node:child_process'

/** Builds dist/ once, for the tests that run the program or the library as users do. */
export default function setup(): void {
  execFileSync('node', ['build/build.js'], { cwd: new URL('..', import.meta.url) })
}
