// npm run fuzz [seconds a reader: 60] [seed]: throws damaged files at every reader.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = new URL('../..', import.meta.url).pathname
const folder = mkdtempSync(join(root, 'node_modules/.fuzz-')) // where sharp is found
process.on('exit', () => rmSync(folder, { recursive: true }))

const outfile = join(folder, 'readers.cjs')
await build({
  entryPoints: [join(root, 'test/fuzz/readers.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
  external: ['sharp'],
  define: { FIXTURES: JSON.stringify(`file://${join(root, 'test/torch/fixtures/files/')}`) },
  logLevel: 'error',
})
const { default: readers } = await import(outfile)
const [seconds = '60', seed = String(Date.now())] = process.argv.slice(2)
process.exitCode = await readers.fuzz(Number(seconds), Number(seed))
