// npm run bench -- process [--rounds N] [--python PATH]
//
// An image through a layer, from the command to its answer: `convlab static --input FILE` on
// 224 x 224 pixels, and the same in PyTorch where a Python with torch, numpy and Pillow is found,
// after a look whether both come to the same statistics. Fresh processes, in turn.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { inFolder } from './shared/bundle.js'
import { convlab } from './shared/convlab.js'
import { canImport, output, sayCannotImport, timedInTurn } from './shared/processes.js'
import { row } from './shared/row.js'
import { spreadOf } from './shared/statistics.js'

const SIDE = 224

const modules = 'torch, numpy, PIL'

/** Prints the page. */
export async function run(args) {
  const options = {
    rounds: { type: 'string', default: '11' },
    python: { type: 'string', default: 'python3' },
  }
  const { rounds, python } = parseArgs({ args, options }).values
  const png = await picture()
  inFolder((folder) => {
    const image = join(folder, 'image.png')
    writeFileSync(image, png)
    const ours = [process.execPath, convlab, 'static', '--input', image]
    const theirs = [python, join(import.meta.dirname, 'process.py'), image]
    const beside = canImport(python, modules)
    if (beside) checkAgreement(ours, theirs)
    print(beside ? [ours, theirs] : [ours], Number(rounds))
    if (!beside) sayCannotImport(python, modules)
  })
}

function print(commands, rounds) {
  const spreads = timedInTurn(commands, rounds).map(spreadOf)
  row(`${rounds} runs of each, ms`, 'median', 'least', 'most')
  for (const [at, { median, least, most }] of spreads.entries())
    row(['convlab static', 'PyTorch'][at], ...[median, least, most].map((ms) => ms.toFixed(1)))
  const [ours, theirs] = spreads
  if (theirs) console.log(`PyTorch takes ${(theirs.median / ours.median).toFixed(1)} times as long`)
}

/** @throws {Error} if they have not computed the same */
function checkAgreement(ours, theirs) {
  const { steps } = JSON.parse(output([...ours, '--json']).stdout)
  const { min, max, mean, std } = steps.at(-1).stats
  const [, numbers] = output(theirs).stdout.split('\n')
  const known = numbers.split(' ').map(Number)
  for (const [at, value] of [min, max, mean, std].entries())
    if (!(Math.abs(value - known[at]) < 1e-5))
      throw new Error(`convlab has ${[min, max, mean, std].join(' ')}, PyTorch ${numbers}`)
}

/** Smooth colours with some noise, which packs about as well as a photograph does. */
function picture() {
  const samples = randomBytes(4 * SIDE * SIDE)
  for (const [at, noise] of samples.entries()) {
    const [pixel, channel] = [at >> 2, at & 3]
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE]
    const smooth = Math.sin(row / 30 + channel) + Math.cos(column / 20 - channel)
    samples[at] = channel === 3 ? 255 : 128 + 50 * smooth + noise / 16
  }
  return sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 4 } })
    .png()
    .toBuffer()
}
