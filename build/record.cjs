// Run by the build, twice: the program, and when it ends, what it needed to start sooner the next
// time. First that is the core, then its bytecode.
const { createHash } = require('node:crypto')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { dirname } = require('node:path')
const { core, fileOf, parameters, start } = require('../dist/start.cjs')

const known = existsSync(core)
const pieces = start(() => dirname(core))
if (!known) process.on('exit', () => writeFileSync(core, coreOf([...pieces.keys()])))

/** These pieces in one script, behind a comment with its hash. */
function coreOf(names) {
  const methods = names.map((name) => `'${name}'(${parameters}) {${readFileSync(fileOf(name))}\n}`)
  const script = `({${methods.join(',\n')}})`
  return `// ${createHash('sha256').update(script).digest('hex')}\n${script}`
}
