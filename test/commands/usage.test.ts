// Wrong use: one line on stderr that names what was given and what to do, exit 2, nothing on stdout.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { convlab } from './run.ts'

/** The arguments, and what the line must name. */
const wrong: [args: string, names: string][] = [
  ['statc', 'did you mean static'],
  ['nothing-like-it', 'nothing-like-it'],
  ['nothing-like-it', 'static, dynamic, condconv'],
  ['explain nothing-like-it', 'static, dynamic, condconv, odconv'],
  ['explain dynamc', 'dynamic'],
  ['help nothing-like-it', 'nothing-like-it'],
  ['static 5', '5'],
  ['static 5 6', '5 6'],
  ['static --foo', '--foo'],
  ['static --kernal-size 3', '--kernel-size'],
  ['static -K 4', '-K'],
  ['static --kernels 4', '--kernels'],
  ['static --temperature 2', '--temperature'],
  ['static --hidden 2', '--hidden'],
  ['--foo', '--foo'],
  ['--foo static', '--foo'],
  ['static --in', '--in'],
  ['static --size', '--size'],
  ['dynamic -K', '--kernels'],
  ['static --in 0', '--in 0'],
  ['static --in -3', '--in -3'],
  ['static --in 2.5', '--in 2.5'],
  ['static --in two', '--in two'],
  ['static --in 3x3', '--in 3x3'],
  ['static --in 1e3', '--in 1e3'],
  ['static --in 0x10', '--in 0x10'],
  ['static --in 99999999999999999999', '--in 99999999999999999999'],
  ['static --out 0', '--out 0'],
  ['static --out NaN', '--out NaN'],
  ['static -k 0', '--kernel-size 0'],
  ['static -k 3x', '--kernel-size 3x'],
  ['static -k x3', '--kernel-size x3'],
  ['static -k 3x3x3', '--kernel-size 3x3x3'],
  ['static -k 3x0', '--kernel-size 3x0'],
  ['static -k 3,5', '--kernel-size 3,5'],
  ['static --stride 0', '--stride 0'],
  ['static --stride -1', '--stride -1'],
  ['static --stride same', '--stride same'],
  ['static --padding -1', '--padding -1'],
  ['static --padding full', '--padding full'],
  ['static --padding 1.5', '--padding 1.5'],
  ['static --padding Same', '--padding Same'],
  ['static --dilation 0', '--dilation 0'],
  ['static --groups 0', '--groups 0'],
  ['static --groups 2', '--in 3'],
  ['static --in 4 --out 6 --groups 4', '--out 6'],
  ['dynamic --groups 5', '--in 3'],
  ['static --batch 0', '--batch 0'],
  ['static --batch many', '--batch many'],
  ['static --size 0', '--size 0'],
  ['static --size 32x', '--size 32x'],
  ['static --seed 1.5', '--seed 1.5'],
  ['static --seed abc', '--seed abc'],
  ['static --seed 18446744073709551616', '18446744073709551616'],
  ['static --seed -9223372036854775809', '-9223372036854775809'],
  ['static --input cat', '--input cat'],
  ['static --input RANDN', '--input RANDN'],
  ['dynamic -K 0', '--kernels 0'],
  ['dynamic -K 1.5', '--kernels 1.5'],
  ['dynamic -T 0', '--temperature 0'],
  ['dynamic -T -1', '--temperature -1'],
  ['dynamic -T hot', '--temperature hot'],
  ['dynamic -T Infinity', '--temperature Infinity'],
  ['dynamic -T NaN', '--temperature NaN'],
  ['dynamic -T 1e999', '--temperature 1e999'],
  ['dynamic --hidden 0', '--hidden 0'],
  [
    'static -k 7 --size 5 --padding 0',
    'kernel 7 does not fit input 5 with padding 0 (5 + 2*0 < 7)',
  ],
  ['static -k 3 --dilation 4 --size 5x40 --padding 0', 'spans 9'],
  ['static -k 1x9 --size 40x5', 'kernel 9'],
  ['static --padding same --stride 2', '--stride 1'],
  ['static --padding same --stride 1x2', '1x2'],
  ['static --in 100000 --out 100000', 'GiB'],
  ['static --size 100000', 'GiB'],
  ['static --batch 9007199254740991', 'GiB'],
  ['dynamic --hidden 1000000000', 'GiB'],
  ['static --json --article', '--json --article'],
  ['static --json --torch', '--json --torch'],
  ['dynamic --article --torch --json', 'at most one'],
  ['static --values', '--json'],
  ['static --torch --values', '--values'],
  ['static --lang fr', '--lang fr'],
  ['static --lang', '--lang'],
  ['static --width 0', '--width 0'],
  ['static --width wide', '--width wide'],
  ['static --width -5', '--width -5'],
  ['static --torch --width 0', '--width 0'],
  ['static --json=3', '--json'],
  ['static --no-bias=1', '--no-bias'],
  ['static --bias', '--bias'],
  ['static --threads 0', '1 to 256'],
  ['static --threads 257', '1 to 256'],
  ['static --engine gpu', 'wasm, reference'],
  ['static --at 0,0,0,99', 'last column is 31'],
  ['lesson nothing-like-it', 'start, next'],
  ['completion', 'expected shell'],
  ['experiment list', 'expected one of filter'],
  ['experiment filter --seeds x', '10-19'],
]

describe.each(wrong)('convlab %s (%s)', (args, names) => {
  test.each(languages)('is answered by one line (%s)', async (language) => {
    const { code, stdout, stderr } = await convlab(args, { locale: language })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
    else {
      expect(stderr).toMatch(/\p{Script=Han}/u)
      expect(stderr).not.toMatch(/[,;:]\p{Script=Han}|\p{Script=Han}[,;:a-z\d]|[，；：（）] | or /u)
    }
  })
})

test('the fix that an error names is one', async () => {
  for (const [args, fixes] of [
    ['static -k 7 --size 5 --padding 0', ['--padding 1', '-k 5']],
    ['static -k 3 --dilation 4 --size 5 --padding 0', ['--padding 2', '-k 2']],
    ['static --groups 2', ['--in 4', '--groups 1']],
    ['static --padding same --stride 2', ['--stride 1', '--padding 1']],
  ] as const) {
    expect((await convlab(args)).code).toBe(2)
    for (const fix of fixes) expect((await convlab(`${args} ${fix}`)).code, fix).toBe(0)
  }
})

test('no arguments whatever give a stack', async () => {
  const words = fc.constantFrom(
    ...['static', 'dynamic', 'help', '--in', '--out', '-k', '--stride', '--padding', '--dilation'],
    ...['--groups', '--no-bias', '--batch', '--size', '--seed', '--input', '-K', '-T', '--hidden'],
    ...['--json', '--values', '--article', '--torch', '--lang', '--width', '--ascii', '--no-color'],
    ...['0', '1', '2', '3', '3x2', '-1', 'same', 'valid', 'zh', 'relu', '1e9', '--', '-', '='],
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }), async (args) => {
      const { code, stdout, stderr } = await convlab(args)
      expect([0, 1, 2]).toContain(code)
      if (code === 2)
        expect({ stdout, lines: stderr.match(/\n/g)?.length }).toEqual({ stdout: '', lines: 1 })
    }),
    { numRuns: 200 },
  )
})
