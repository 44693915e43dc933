// Run by the build, twice: the program, and when it ends, what it needed to start sooner the next
// time. First that is the core, then its bytecode.
const { existsSync, writeFileSync } = require('node:fs')
const { core, coreOf, start } = require('../dist/start.cjs')

const known = existsSync(core)
const pieces = start(() => require('node:path').dirname(core))
if (!known) process.on('exit', () => writeFileSync(core, coreOf(pieces.keys())))
