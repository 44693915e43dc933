// Builds dist/: the program as CommonJS (it starts sooner than ES modules), in pieces that are only
// read when a command asks for them, the library as an ES module, and the program and styles of the
// page that --save report.html writes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { context, transform } from 'esbuild'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/** cli-table3 and wrap-ansi get the width we use; string-width takes long to load, twice over. */
const oneWidth = {
  name: 'one width',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, () => ({ path: 'width', namespace: 'ours' }))
    build.onLoad({ filter: /^width$/, namespace: 'ours' }, () => ({
      contents: "module.exports = require('./src/render/text/width.ts').widthOf",
      resolveDir: import.meta.dirname,
    }))
  },
}

/** esbuild splits ES modules only: the pieces are made as such, and written as CommonJS. */
const commonJsPieces = {
  name: 'CommonJS pieces',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await transform(text, {
          format: 'cjs',
          minify: true,
          supported: { 'dynamic-import': false },
        })
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, code)
      }
    })
  },
}

/** ndarray compiles code while it runs, which the page's policy forbids. */
const pageArrays = { ndarray: './src/tensor/ndarray-in-pages.ts' }

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  define: { CONVLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}
rmSync('dist/pieces', { recursive: true, force: true })
const builds = await Promise.all([
  context({
    ...shared,
    entryPoints: { convlab: 'src/main.ts', worker: 'src/cli/worker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'pieces/[name]-[hash]',
    format: 'esm',
    splitting: true,
    write: false,
    minify: true,
    keepNames: true,
    plugins: [oneWidth, commonJsPieces],
  }),
  context({
    ...shared,
    entryPoints: ['src/cli/lesson/child.ts'], // one file: a learner's process may read no other
    outfile: 'dist/exercise.cjs',
    format: 'cjs',
    minify: true,
  }),
  context({
    ...shared,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    packages: 'external',
  }),
  context({
    entryPoints: [
      { in: 'src/render/html/page/main.tsx', out: 'page' },
      { in: 'src/render/html/page/page.css', out: 'page' },
    ],
    outdir: 'dist',
    bundle: true,
    format: 'iife',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
    minify: true,
    charset: 'utf8',
    alias: pageArrays,
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
}
