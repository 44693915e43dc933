// Starts the program from what the build prepared: `core.js` joins the pieces that the main job
// reads, and `core.bytecode` is what V8 made of them, so that nothing of it is compiled again. Another
// version of Node refuses the bytecode and compiles as usual; any other piece is read from its file.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compileFunction, Script } from 'node:vm'

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

const parameters = ['exports', 'require', 'module', '__filename', '__dirname']
export const core = join(__dirname, 'core.js')
export const bytecode = join(__dirname, 'core.bytecode')

/** The script whose value is the core's pieces by name. */
export function compileCore(): Script {
  const source = existsSync(core) ? readFileSync(core, 'utf8') : '({})'
  const cachedData = existsSync(bytecode) ? readFileSync(bytecode) : undefined
  return new Script(source, { filename: core, ...(cachedData && { cachedData }) })
}

/** The text of a core of these pieces. */
export function coreOf(names: Iterable<string>): string {
  const pieces = Array.from(names, (name) => `'${name}'(${parameters}) {${textOf(name)}\n}`)
  return `({${pieces.join(',\n')}})`
}

/**
 * Runs the program.
 * @returns the pieces it has read, by name; there will be more when it goes on
 */
export function start(script = compileCore()): ReadonlyMap<string, Module> {
  const pieces: Record<string, Piece> = script.runInThisContext()
  const loaded = new Map<string, Module>()
  const load = (id: string): object => {
    if (!id.startsWith('.')) return require(id)
    const name = basename(id)
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

const pieceOnDisk = (name: string) =>
  compileFunction(textOf(name), parameters, { filename: fileOf(name) }) as unknown as Piece
const fileOf = (name: string) => join(__dirname, 'pieces', name)
const textOf = (name: string) => readFileSync(fileOf(name), 'utf8')
