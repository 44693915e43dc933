// What is timed: layers of the sizes that are met in practice.
import type { Text } from '../../base/text.ts'
import type { LayerName } from '../../layers/index.ts'

export interface Workload {
  readonly layer: LayerName
  /** what is given for the run, as on the command line */
  readonly given: Readonly<Record<string, unknown>>
  readonly title: Text
}

export const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    layer: 'static',
    given: {},
    title: { en: "the article's static layer", zh: '文章的普通卷积' },
  },
  W2: {
    layer: 'dynamic',
    given: {},
    title: { en: "the article's dynamic layer", zh: '文章的动态卷积' },
  },
  W3: {
    layer: 'dynamic',
    given: { batch: '32', in: '64', out: '64', padding: '1' },
    title: { en: 'dynamic, 32 samples, 64 channels', zh: '动态卷积，32 个样本，64 通道' },
  },
  W4: {
    layer: 'static',
    given: { batch: '8', in: '64', out: '128', size: '56' },
    title: { en: '3x3 on 56x56, 64 to 128 channels', zh: '56x56 上的 3x3，64 到 128 通道' },
  },
  W5: {
    layer: 'static',
    given: { batch: '8', in: '96', out: '192', size: '28', kernelSize: '1', padding: '0' },
    title: { en: '1x1 on 28x28, 96 to 192 channels', zh: '28x28 上的 1x1，96 到 192 通道' },
  },
  W6: {
    layer: 'static',
    given: { batch: '8', in: '96', out: '96', groups: '96', size: '56' },
    title: {
      en: 'depthwise 3x3 on 56x56, 96 channels',
      zh: '56x56 上的逐通道（深度）3x3，96 通道',
    },
  },
  W7: {
    layer: 'static',
    given: { in: '3', out: '64', size: '224', kernelSize: '7', stride: '2', padding: '3' },
    title: { en: '7x7, stride 2, on a 224x224 image', zh: '224x224 图像上步长 2 的 7x7' },
  },
}
