// The images of an experiment for one seed: all models of a seed get the same, which pairs their
// differences.
import { type Data, type Experiment, offsets, seedOf } from '../experiment.ts'
import type { Model } from '../models.ts'
import { trainingNetworks } from '../training-networks.ts'
import { type DigitSource, drawDigits } from './digit-images.ts'
import { drawFiltered } from './filtered-noise.ts'
import { drawGlyphs } from './glyph-images.ts'
import type { Images } from './images.ts'

/** What an experiment's images are read from; none if it draws them. */
export type DataSource = DigitSource | undefined

export interface ExperimentImages {
  readonly train: Images
  /** one a test set, in the experiment's order */
  readonly tests: readonly Images[]
}

/**
 * Draws them.
 * @param source the digits, for an experiment with digits
 * @param change what a model has differently
 */
export function drawImages(
  { network, train, tests }: Experiment,
  seedIndex: number,
  source: DataSource,
  change: Model['data'] = {},
): ExperimentImages {
  const { images } = trainingNetworks[network]
  const draw = (data: Data, part: 'train' | 'test', offset: number) =>
    drawSet({ ...data, ...change } as Data, part, images, seedOf(seedIndex, offset), source)
  return {
    train: draw(train, 'train', offsets.train),
    tests: tests.map(({ data, offset }) => draw(data, 'test', offset)),
  }
}

function drawSet(
  data: Data,
  part: 'train' | 'test',
  count: Readonly<Record<'train' | 'test', number>>,
  seed: number,
  source: DataSource,
): Images {
  switch (data.kind) {
    case 'glyphs':
      return drawGlyphs(data, count[part], seed)
    case 'filter':
      return drawFiltered(data, count[part], seed)
    case 'digits': {
      if (source === undefined) throw new TypeError('an experiment with digits needs the digits')
      const all = drawDigits(data, source, seed)
      return part === 'train'
        ? slice(all, 0, count.train)
        : slice(all, count.train, count.train + count.test)
    }
    default:
      return data satisfies never
  }
}

/** Images first to last - 1. */
export function slice(images: Images, first: number, last: number): Images {
  const { count, pixels, targets, labels, cues } = images
  const part = <A extends Float32Array | Int32Array>(values: A): A => {
    const size = values.length / count
    return values.subarray(first * size, last * size) as A
  }
  return {
    ...images,
    count: last - first,
    pixels: part(pixels),
    labels: part(labels),
    cues: Object.fromEntries(Object.entries(cues).map(([name, values]) => [name, part(values)])),
    ...(targets && { targets: part(targets) }),
  }
}
