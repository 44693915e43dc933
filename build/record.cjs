// Run by the build: the program, and when it ends, what it needed to start sooner the next time.
const { writeFileSync } = require('node:fs')
const { bytecode, compileCore, core, coreOf, start } = require('../dist/start.cjs')

const script = compileCore()
const pieces = start(script)
process.on('exit', () => {
  if (process.env.CONVLAB_RECORD === 'core') writeFileSync(core, coreOf(pieces.keys()))
  else writeFileSync(bytecode, script.createCachedData())
})
