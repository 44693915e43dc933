// What is asked of a run, read off the flags and checked before any file is.
import { UsageError } from '../../base/errors.ts'
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'

/** The ways to show a run; without one of them it is a table. */
export type Form = 'explain' | 'json' | 'article' | 'torch'

export interface Asked {
  /** of the layer and its run */
  readonly flags: Readonly<Record<string, unknown>>
  /** of the files that it takes */
  readonly from: Readonly<Record<'normalize' | 'weights', unknown>>
  readonly form?: Form
  /** with JSON: every value */
  readonly values: boolean
  /** one output value worked out */
  readonly at?: string
  /** files to save */
  readonly save: readonly string[]
  readonly force: boolean
  readonly open: boolean
}

/** @throws {UsageError} for flags that do not go together */
export function readAsked(layer: Layer, options: Readonly<Record<string, unknown>>): Asked {
  const { explain, json, article, torch, values = false, at, save = [], ...others } = options
  const { force = false, open = false, normalize, weights, ...flags } = others
  const wanted = Object.entries({ explain, json, article, torch }).filter(([, given]) => given)
  const [form, ...surplus] = wanted.map(([name]) => name as Form)
  const asked = { form, values, at, save, force, open } as Asked
  if (form && surplus.length > 0) throw exclusive([form, ...surplus].map((name) => `--${name}`))
  if (values && form !== 'json') throw valuesAlone()
  if (force && asked.save.length === 0) throw forceAlone()
  if (form === 'article' && !layer.article) throw noArticle(layer)
  if (at !== undefined && (form === 'article' || form === 'torch')) throw atWithout(form)
  return { ...asked, flags, from: { normalize, weights } }
}

function exclusive(forms: string[]): UsageError {
  const list = forms.join(' ')
  return new UsageError({
    en: `${list}: expected at most one form of output: keep one of them`,
    zh: `${list}：输出形式最多选一种：请只保留一个`,
  })
}

function atWithout(form: string): UsageError {
  return new UsageError({
    en: `--at --${form}: expected --at by itself, with --json or with --explain: leave out --at or --${form}`,
    zh: `--at --${form}：--at 只能单独使用，或与 --json、--explain 合用：请去掉 --at 或 --${form}`,
  })
}

function valuesAlone(): UsageError {
  return new UsageError({
    en: '--values: expected together with --json: add --json, or leave it out',
    zh: '--values：要与 --json 合用：请加上 --json，或去掉 --values',
  })
}

function forceAlone(): UsageError {
  return new UsageError({
    en: '--force: expected together with --save: add --save FILE, or leave it out',
    zh: '--force：要与 --save 合用：请加上 --save FILE，或去掉 --force',
  })
}

function noArticle({ name }: Layer): UsageError {
  const printed = Object.values(layers).filter(({ article }) => article)
  const [en, zh] = [' or ', ' 或 '].map((or) => printed.map((layer) => layer.name).join(or))
  return new UsageError({
    en: `--article: the article has no ${name} layer: use it with ${en}, or leave it out`,
    zh: `--article：文章里没有 ${name} 层：请用于 ${zh}，或去掉它`,
  })
}

export function notAnImage(normalize: string): UsageError {
  return new UsageError({
    en: `--normalize ${normalize}: expected together with an image of 3 channels: use --input photo.png and --in 3, or leave it out`,
    zh: `--normalize ${normalize}：只用于 3 通道的图片：请加 --input photo.png 和 --in 3，或去掉它`,
  })
}
