// Builds dist/: the program as one CommonJS file (it starts sooner than ES modules) whose
// commands are evaluated only when called, and the library as an ES module.
import { readFileSync } from 'node:fs'
import { context } from 'esbuild'

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

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  define: { CONVLAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}
const builds = await Promise.all([
  context({
    ...shared,
    entryPoints: {
      convlab: 'src/main.ts',
      worker: 'src/cli/worker.ts',
      exercise: 'src/cli/lesson/child.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    keepNames: true,
    plugins: [oneWidth],
  }),
  context({
    ...shared,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    packages: 'external',
  }),
])
if (process.argv.includes('--watch')) {
  await Promise.all(builds.map((build) => build.watch()))
} else {
  await Promise.all(builds.map((build) => build.rebuild()))
  await Promise.all(builds.map((build) => build.dispose()))
}
