// convlab experiment: its screens, its JSON, what is kept, and wrong use.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { experiments } from '../../src/training/index.ts'
import { temporaryFolder } from '../folder.ts'
import { madeUp } from '../training/made-up.ts'
import { convlab, once } from './run.ts'

const folder = temporaryFolder()
/** A clock that goes on by so many milliseconds whenever it is read. */
const slow = () => {
  let time = 0
  return () => {
    time += 400
    return time
  }
}
const inBoth = (line: string) => [line, `${line} --lang zh`]
const small = 'experiment filter --seeds 2 --models S,D2,U4'

/** Trained when first asked for, and shown in every other way from its file. */
const trained = (line: string) => {
  const [, name] = line.split(' ')
  const file = join(folder, `${name}.json`)
  const again = `experiment ${name} --resume ${file}`
  return {
    name,
    file,
    again,
    run: once(() => convlab(`${line} --json --save ${file}`, { clock: slow() })),
  }
}
const filter = trained(small)
const digits = trained('experiment digits --seeds 2 --models S,D4,U4')

test.each(inBoth('experiment'))('convlab %s lists all of them', async (line) => {
  const { code, stdout } = await convlab(line)
  expect(code).toBe(0)
  for (const { name } of experiments) expect(stdout).toContain(`  ${name} `)
  expect(stdout).toMatchSnapshot()
})

test.each(inBoth('experiment --help'))('the screen of convlab %s', async (line) => {
  expect((await convlab(line)).stdout).toMatchSnapshot()
})

const progress = /^(\d+% .+\n)+100% \D*6\D+6\D*\n$/ // of six runs

test.each([filter, digits])('progress of $name counts its runs', async ({ run }) => {
  const { code, stderr } = await run()
  expect(code).toBe(0)
  expect(stderr).toMatch(progress)
})

test('progress counts runs in Chinese too, and the page is that of the saved runs', async () => {
  const { stdout, stderr } = await convlab(`${small} --lang zh`, { clock: slow() })
  expect(stderr).toMatch(progress)
  await filter.run()
  expect((await convlab(`${filter.again} --lang zh`)).stdout).toBe(stdout)
})

describe.each([filter, digits])('the page of $name', ({ again, run }) => {
  test.each(languages)('fits 80 columns (%s)', async (language) => {
    await run()
    const { code, stdout } = await convlab(`${again} --lang ${language}`)
    expect(code).toBe(0)
    for (const row of stdout.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(80)
      expect(row).toBe(row.trimEnd())
    }
  })
})

test('--ascii draws with ASCII alone', async () => {
  await filter.run()
  expect((await convlab(`${filter.again} --ascii`)).stdout).toMatch(/^[\n -~]+$/)
})

test('--json: every run, and every difference', async () => {
  const json = JSON.parse((await filter.run()).stdout)
  expect(json).toMatchObject({
    schema: 1,
    convlab: '0.0.0',
    experiment: 'filter',
    metric: 'R2',
    seeds: [0, 1],
    partial: false,
  })
  expect(Object.keys(json.models)).toEqual(['S', 'D2', 'U4'])
  const { D2, S } = json.models
  expect(D2).toMatchObject({ parameters: 80, multiplyAdds: 1870, theory: { R2: 0.5, met: true } })
  expect(D2.perSeed).toEqual(D2.runs.map((run: { metrics: { test: number } }) => run.metrics.test))
  expect(D2.mean).toBeCloseTo((D2.perSeed[0] + D2.perSeed[1]) / 2, 12)
  expect(Math.abs(D2.perSeed[0] - 0.5061)).toBeLessThan(0.001)
  expect(Math.abs(S.perSeed[1] - 0.2445)).toBeLessThan(0.001)
  expect(json.comparisons).toEqual([]) // every question of this experiment is about D4
})

test('differences of accuracies are in percentage points', async () => {
  await digits.run()
  const { stdout } = await convlab(`${digits.again} --models S,D4 --json`)
  const { models, comparisons } = JSON.parse(stdout)
  const [difference] = comparisons
  expect(difference).toMatchObject({
    a: 'D4',
    b: 'S',
    id: 'same-width',
    test: 'test',
    unit: 'pp',
    margin: 1,
  })
  const points = [0, 1].map((at) => 100 * (models.D4.perSeed[at] - models.S.perSeed[at]))
  expect(difference.perSeed[0]).toBeCloseTo(points[0] as number, 10)
  expect(difference.mean).toBeCloseTo(((points[0] as number) + (points[1] as number)) / 2, 10)
  // of two values: sd = |a - b| / √2, over √2, times t(0.975, 1) = 12.706
  const half = (12.7062 * Math.abs((points[0] as number) - (points[1] as number))) / 2
  expect(difference.halfWidth).toBeCloseTo(half, 3)
})

test('further test sets have their figures, too', async () => {
  const file = join(folder, 'shift.json')
  const models = { S: { runs: [madeUp('shift', 'S', 0)] } }
  writeFileSync(file, JSON.stringify({ schema: 1, experiment: 'shift', seeds: [0], models }))
  const { stdout } = await convlab(`experiment shift --resume ${file} --json`)
  const { S } = JSON.parse(stdout).models
  expect(S.tests.moved.perSeed).toEqual([S.runs[0].metrics.moved])
  expect(S.tests.moved.mean).toBe(S.runs[0].metrics.moved)
})

describe('seeds are those of --seeds', () => {
  test.each([
    ['2', [0, 1]],
    ['7-9', [7, 8, 9]],
    ['3,11', [3, 11]],
    ['5,', [5]],
  ])('%s', async (given, seeds) => {
    const line = `experiment filter --models S --seeds ${given} --json`
    const json = JSON.parse((await convlab(line)).stdout)
    expect(json.seeds).toEqual(seeds)
    expect(json.models.S.seeds).toEqual(seeds)
  })
})

describe('--save and --resume', () => {
  test('what is kept goes on to the same page and file', async () => {
    const part = join(folder, 'part.json')
    const unbroken = await filter.run()
    expect(readFileSync(filter.file, 'utf8')).toBe(unbroken.stdout)
    await convlab(`experiment filter --seeds 1 --models S,U4 --save ${part}`)
    const resumed = await convlab(`${small} --json --resume ${part}`, { clock: slow() })
    expect(resumed.stdout).toBe(unbroken.stdout)
    expect(resumed.stderr).toMatch(/of 4 runs/) // two of six were there
    expect(readFileSync(part, 'utf8')).toBe(unbroken.stdout)
  })

  test('without flags it is the saved models and seeds that are meant', async () => {
    const file = join(folder, 'meant.json')
    const first = await convlab(`experiment filter --seeds 3,5 --models S,D2 --save ${file}`)
    const again = await convlab(`experiment filter --resume ${file}`)
    expect(again.stdout).toBe(first.stdout)
    expect(again.stderr).toBe('') // nothing was trained
  })

  test('asking for less loses nothing of the file', async () => {
    const file = join(folder, 'less.json')
    const all = await convlab(`experiment filter --seeds 2 --models S,D2 --json --save ${file}`)
    const less = await convlab(`experiment filter --seeds 1 --models S --json --resume ${file}`)
    expect(Object.keys(JSON.parse(less.stdout).models)).toEqual(['S'])
    expect(readFileSync(file, 'utf8')).toBe(all.stdout)
  })

  test('training that diverged is kept and read back: JSON has no NaN of its own', async () => {
    const file = join(folder, 'diverged.json')
    const line = 'experiment filter --seeds 1 --models S'
    const { stdout } = await convlab(`${line} --json`)
    const document = JSON.parse(stdout)
    Object.assign(document.models.S.runs[0], {
      metrics: { ...document.models.S.runs[0].metrics, test: 'NaN' },
      losses: [1, 'Infinity'],
    })
    writeFileSync(file, JSON.stringify(document))
    const resumed = await convlab(`${line} --json --resume ${file}`)
    expect(resumed).toMatchObject({ code: 0, stderr: '' })
    const { S } = JSON.parse(resumed.stdout).models
    expect(S.perSeed).toEqual(['NaN'])
    expect(S.runs[0].losses).toEqual([1, 'Infinity'])
    expect(readFileSync(file, 'utf8')).toBe(resumed.stdout)
    expect((await convlab(`${line} --resume ${file}`)).code).toBe(0)
  })

  test('a file is only replaced with --force', async () => {
    const file = join(folder, 'kept.json')
    writeFileSync(file, 'mine')
    const line = `experiment filter --seeds 1 --models S --save ${file}`
    const refused = await convlab(line)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/--resume .* --force/)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect((await convlab(`${line} --force`)).code).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8')).experiment).toBe('filter')
  })
})

const bad = join(folder, 'bad.json')
writeFileSync(
  bad,
  '{"schema": 1, "experiment": "filter", "seeds": [0], "models": {"S": {"runs": [{}]}}}',
)
const stranger = join(folder, 'stranger.json')
writeFileSync(
  stranger,
  '{"schema": 1, "experiment": "filter", "seeds": [0], "models": {"X9": {"runs": []}}}',
)
const other = join(folder, 'other.json')
writeFileSync(other, '{"schema": 1, "experiment": "digits", "seeds": [0], "models": {}}')

describe('wrong use is refused in a line, before anything is trained', () => {
  test.each([
    ['experiment filtr', 'did you mean filter'],
    ['experiment scael', 'did you mean scale'],
    ['experiment nothing', 'digits-rot'],
    ['experiment filter --seeds 0', '--seeds 0'],
    ['experiment filter --seeds 1.5', '--seeds 1.5'],
    ['experiment filter --seeds 9-3', '--seeds 9-3'],
    ['experiment filter --seeds 1,1', '--seeds 1,1'],
    ['experiment filter --seeds 99999999', '--seeds 99999999'],
    ['experiment filter --seeds -1', '--seeds -1'],
    ['experiment filter --models d4', 'did you mean D4'],
    ['experiment filter --models S-par', '--models S-par'],
    ['experiment filter --models ,', '--models'],
    ['experiment filter --threads 0', '--threads 0'],
    ['experiment filter scale', 'scale'],
    [`experiment filter --save ${folder}/none/x.json`, 'no folder'],
    [`experiment filter --save ${folder}`, 'not a file'],
    [`experiment filter --resume ${folder}/none.json`, 'no such file'],
    [`experiment filter --resume ${bad}`, 'no experiment that convlab saved'],
    [`experiment filter --resume ${stranger}`, 'no experiment that convlab saved'],
    [`experiment filter --resume ${other}`, 'holds experiment digits'],
  ])('convlab %s', async (line, names) => {
    for (const language of ['en', 'zh']) {
      const { code, stdout, stderr } = await convlab(`${line} --lang ${language}`)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^convlab: .+\n$/)
      if (language === 'en') expect(stderr).toContain(names)
    }
  })

  test('wrong use leaves no file', async () => {
    const file = join(folder, 'untouched.json')
    await convlab(`experiment filter --models nobody --save ${file}`)
    expect(existsSync(file)).toBe(false)
  })
})
