/**
 * A plugin that leaves out what dependencies load at once and we never use: commander's starting of
 * processes, for commands in files of their own, and chalk's guess of a terminal's colours, which we
 * tell it.
 */
export const unused = {
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
