// Builds dist/: the program as CommonJS (it starts sooner than ES modules), in pieces that are only
// read when a command asks for them, the library as an ES module, and the program and styles of the
// page that --save report.html writes.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { context } from 'esbuild'
import { assembled } from './assembled.js'
import { commonJsPieces } from './pieces.js'
import { recordMainJob } from './record.js'
import { unused } from './unused.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** ndarray compiles code while it runs, which the policy of a page may forbid, and ours does. */
const pageArrays = { ndarray: './src/tensor/ndarray-in-pages.ts' }

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  define: { CONVLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}
mkdirSync('dist', { recursive: true })
for (const old of readdirSync('dist').filter((name) => /^(pieces$|core[-.])/.test(name)))
  rmSync(`dist/${old}`, { recursive: true })
// the library's types once more, for CommonJS: what they are goes by the nearest package.json
mkdirSync('dist/types-cjs', { recursive: true })
writeFileSync('dist/types-cjs/package.json', '{ "type": "commonjs" }\n')
cpSync('src/training/data/vendored', 'dist/data', { recursive: true })
cpSync('src/claims/recorded.json', 'dist/data/claims.json') // to be read; the program has it built in
const builds = await Promise.all([
  context({
    ...shared,
    entryPoints: {
      'pieces/convlab': 'src/program/main.ts',
      worker: 'src/program/worker.ts',
      trainer: 'src/program/trainer.ts',
      thread: 'src/program/thread.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'pieces/[name]-[hash]',
    format: 'esm',
    splitting: true,
    external: ['sharp'], // has a binary, which stays where it is installed
    write: false,
    plugins: [unused, assembled, commonJsPieces],
  }),
  context({
    ...shared,
    // as a program is that has the library bundled in: from piece to piece a call takes longer, which
    // would be timed
    entryPoints: { contender: 'src/program/contender.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    keepNames: true,
    plugins: [assembled],
  }),
  context({
    ...shared,
    // one file each: a learner's process may read no other, and the start waits for nothing
    entryPoints: { exercise: 'src/program/exercise.ts', start: 'build/start.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
  }),
  context({
    ...shared,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    // browsers run it, too: it imports nothing, and asks nothing of Node
    platform: 'neutral',
    alias: pageArrays,
    plugins: [assembled],
  }),
  context({
    entryPoints: [
      { in: 'src/show/html/page/main.tsx', out: 'page' },
      { in: 'src/show/html/page/page.css', out: 'page' },
    ],
    outdir: 'dist',
    bundle: true,
    format: 'iife',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
    minify: true,
    charset: 'utf8',
    alias: pageArrays,
    plugins: [assembled],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  }),
])
if (process.argv.includes('--watch')) {
  await Promise.all(builds.map((build) => build.watch()))
} else {
  await Promise.all(builds.map((build) => build.rebuild()))
  await Promise.all(builds.map((build) => build.dispose()))
  recordMainJob()
}
