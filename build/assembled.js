import { build as bundle } from 'esbuild'

/** A plugin: the modules of the engine as bytes, in place of the assembler that makes them. */
export const assembled = {
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
