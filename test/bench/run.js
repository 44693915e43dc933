// npm run bench -- NAME [options]: each benchmark is the file NAME.js beside this one.
import { readdirSync } from 'node:fs'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.js') && file !== 'run.js')
  .map((file) => file.slice(0, -'.js'.length))
const [name, ...args] = process.argv.slice(2)
if (names.includes(name)) {
  const { run } = await import(`./${name}.js`)
  run(args)
} else {
  console.error(`expected one of ${names.join(', ')}, such as npm run bench -- ${names[0]}`)
  process.exitCode = 2
}
