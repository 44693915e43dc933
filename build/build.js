// Builds dist/: the program as CommonJS (it starts sooner than ES modules), in pieces that are only
// read when a command asks for them, the library as an ES module, and the program and styles of the
// page that --save report.html writes.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build as bundle, context, transform } from 'esbuild'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** cli-table3 gets the width we use; string-width takes long to load, twice over. */
const oneWidth = {
  name: 'one width',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, () => ({ path: 'width', namespace: 'ours' }))
    build.onLoad({ filter: /^width$/, namespace: 'ours' }, () => ({
      contents: "module.exports = require('./src/show/text/width.ts').widthOf",
      resolveDir: join(import.meta.dirname, '..'),
    }))
  },
}

/**
 * What dependencies load at once and we never use: commander's starting of processes, for commands
 * in files of their own, and chalk's guess of a terminal's colours, which we tell it.
 */
const unused = {
  name: 'unused',
  setup(build) {
    build.onResolve({ filter: /^(node:child_process|#supports-color)$/ }, ({ importer }) =>
      /node_modules.(commander|chalk)/.test(importer)
        ? { path: 'nothing', namespace: 'unused' }
        : undefined,
    )
    build.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export default {}' }))
  },
}

/** The modules of the engine as bytes, in place of the assembler that makes them. */
const assembled = {
  name: 'assembled',
  setup(build) {
    let assembler
    build.onStart(() => {
      assembler = loadAssembler()
    })
    build.onLoad({ filter: /engine\/wasm\/module\.ts$/ }, async () => {
      const { moduleNames } = await assembler
      return {
        contents: `${moduleNames.map((name) => `import ${name} from 'wasm:${name}'`).join('\n')}
          const modules = { ${moduleNames} }
          export const moduleBytes = (name) => modules[name]`,
        watchDirs: ['src/tensor/engine/wasm'],
      }
    })
    build.onResolve({ filter: /^wasm:/ }, ({ path }) => ({
      path: path.slice('wasm:'.length),
      namespace: 'wasm',
    }))
    build.onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => {
      const { moduleBytes } = await assembler
      return { contents: moduleBytes(path), loader: 'binary' }
    })
  },
}

/** The assembler itself, which is TypeScript. */
async function loadAssembler() {
  const { outputFiles } = await bundle({
    entryPoints: ['src/tensor/engine/wasm/module.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const base64 = Buffer.from(outputFiles[0].contents).toString('base64')
  return import(`data:text/javascript;base64,${base64}`)
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
        writeFileSync(path, inAscii(code))
      }
    })
  },
}

/** The few characters that esbuild leaves as they are: one of them doubles the memory of the whole. */
function inAscii(code) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return code.replace(/[^\0-\x7f]/g, escaped)
}

/** ndarray compiles code while it runs, which the policy of a page may forbid, and ours does. */
const pageArrays = { ndarray: './src/tensor/ndarray-in-pages.ts' }

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  define: { CONVLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}
for (const old of ['pieces', 'core.js', 'core.bytecode'])
  rmSync(`dist/${old}`, { recursive: true, force: true })
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
    minify: true,
    keepNames: true,
    plugins: [oneWidth, unused, assembled, commonJsPieces],
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

/** Runs the main job: once to learn which pieces it reads, once to keep what V8 made of them. */
function recordMainJob() {
  for (const what of ['core', 'bytecode'])
    execFileSync(process.execPath, ['build/record.cjs', 'dynamic', '-K', '4'], {
      env: { ...process.env, CONVLAB_RECORD: what },
    })
}
