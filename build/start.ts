// Starts the program from what the build prepared: `core.js` joins the pieces that the main job reads,
// so that one file is read instead of fifty, and bytecode is what V8 made of it, so that nothing of it
// is compiled again. The build makes bytecode for its own Node; for any other the first run of the main
// job keeps it in the user's cache folder.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileFunction, Script } from 'node:vm'
import { bytecodeFile, keepBytecode, readBytecode } from './bytecode.ts'
import { cacheFolder } from './cache-folder.ts'

interface Module {
  readonly exports: object
}
/** A piece as CommonJS wraps it. All of them see the same folder. */
type Piece = (
  exports: object,
  load: (id: string) => object,
  module: Module,
  file: string,
  folder: string,
) => void
type Pieces = Readonly<Record<string, Piece>>

export const parameters = ['exports', 'require', 'module', '__filename', '__dirname']
export const core = join(__dirname, 'core.js')

/**
 * Runs the program.
 * @param cache the folder for bytecode that is not beside the core
 * @returns the pieces it has read, by name; there will be more when it goes on
 */
export function start(cache = cacheFolder): ReadonlyMap<string, Module> {
  const loaded = new Map<string, Module>()
  const pieces = existsSync(core) ? piecesOfCore(cache, loaded) : {}
  const load = (id: string): object => {
    if (!id.startsWith('./')) return require(id)
    const name = id.slice('./'.length)
    const module = loaded.get(name) ?? { exports: {} }
    if (!loaded.has(name)) {
      loaded.set(name, module)
      const piece = pieces[name] ?? pieceOnDisk(name)
      piece(module.exports, load, module, fileOf(name), __dirname)
    }
    return module.exports
  }
  load('./convlab.cjs')
  return loaded
}

/** @param loaded pieces read so far; a run that has read all of the core has shown V8 all of it */
function piecesOfCore(cache: typeof cacheFolder, loaded: ReadonlyMap<string, Module>): Pieces {
  const source = readFileSync(core, 'latin1') // it is ASCII alone
  const built = readBytecode(bytecodeFile(__dirname), source)
  const folder = built ? undefined : cache()
  const file = folder && bytecodeFile(folder)
  const cachedData = built ?? (file && readBytecode(file, source))
  const script = new Script(source, { filename: core, ...(cachedData && { cachedData }) })
  const pieces: Pieces = script.runInThisContext()
  if (file && script.cachedDataRejected !== false)
    process.on('exit', () => {
      if (Object.keys(pieces).every((name) => loaded.has(name))) keepBytecode(file, source, script)
    })
  return pieces
}

const pieceOnDisk = (name: string) =>
  compileFunction(textOf(name), parameters, { filename: fileOf(name) }) as unknown as Piece
export const fileOf = (name: string) => `${__dirname}/pieces/${name}`
const textOf = (name: string) => readFileSync(fileOf(name), 'utf8')
