// Configurations that nobody chose: random arguments for any layer of the registry, the same ones
// every time. A layer's own options are drawn by their kind, so a new layer needs nothing here.
import { manualSeed, UsageError } from '../../dist/index.js'

const INPUTS = ['randn', 'rand', 'relu', 'varied']
const SEEDS = ['0', '-1', `${-(2n ** 63n)}`, `${2n ** 63n}`, `${2n ** 64n - 1n}`, `${2n ** 32n}`]

/** `count` lists of arguments, such as ['dynamic', '--in', '4', '--kernels', '3']. */
export function randomArguments(layer, count) {
  const random = dice(20)
  return Array.from({ length: count }, (_, turn) => {
    const given = possible(layer, random, turn)
    return [layer.name, ...Object.entries(given).flatMap(([key, value]) => flag(key, value))]
  })
}

/** Draws until the layer takes the configuration. */
function possible(layer, random, turn) {
  for (let tries = 0; tries < 1000; tries++) {
    const given = { ...ofItsOwn(layer.options, random), ...ofEveryLayer(random, turn) }
    if (!('bias' in layer.options)) delete given.bias
    const config = Object.fromEntries(
      Object.entries(layer.options).map(([key, { read }]) => [key, read(given[key])]),
    )
    try {
      layer.check(config, [given.batch, given.in, ...given.size])
      return given
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
    }
  }
  throw new Error(`${layer.name} takes none of 1000 random configurations`)
}

/** What must occur goes round with the turn; the rest is left to the dice. */
function ofEveryLayer(random, turn) {
  const { between, pick, pair } = random
  const groups = pick(1, 1, 2, 3, 4)
  const channels = groups * pick(1, 1, 2, 3, 8) // groups * 1 in: depthwise
  const padding = [pair(0, 3), 'same', 'valid', pair(0, 1)][turn % 4]
  return {
    in: channels,
    out: pick(channels, groups * between(1, 6)),
    kernelSize: pick([3, 3], pair(1, 5)),
    stride: padding === 'same' ? [1, 1] : pick([1, 1], pair(1, 3)),
    padding,
    dilation: pick([1, 1], pair(1, 3)),
    groups,
    bias: turn % 3 !== 0,
    batch: pick(1, 1, 2, 3, between(4, 8)),
    size: pick([32, 32], pair(1, 16)),
    seed: SEEDS[turn] ?? String(random.seed()),
    input: INPUTS[Math.floor(turn / 4) % INPUTS.length],
  }
}

/** Options of any kind. */
function ofItsOwn(options, random) {
  const { between, pick, pair, unit } = random
  const draw = ({ placeholder }) => {
    if (placeholder === undefined) return pick(true, false)
    if (placeholder === 'n') return between(1, 8)
    if (placeholder === 'x') return Number((0.2 * 170 ** unit()).toPrecision(3)) // 0.2 to 34
    return placeholder.startsWith('n|rxc') ? pair(1, 3) : pick(...placeholder.split('|'))
  }
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, draw(option)]))
}

function flag(key, value) {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (typeof value === 'boolean') return value ? [] : [`--no-${name}`]
  return [`--${name}`, Array.isArray(value) ? value.join('x') : String(value)]
}

function dice(start) {
  const generator = manualSeed(start)
  const unit = () => generator.rand(1)[0]
  const between = (least, most) => least + Math.floor(unit() * (most - least + 1))
  const bits = (count) => BigInt(between(0, 2 ** count - 1))
  return {
    unit,
    between,
    pick: (...values) => values[between(0, values.length - 1)],
    pair: (least, most) => [between(least, most), between(least, most)],
    /** from -2^63 to 2^64-1 */
    seed() {
      const whole = (bits(22) << 42n) | (bits(21) << 21n) | bits(21)
      return unit() < 1 / 3 ? -(whole >> 1n) : whole
    },
  }
}
