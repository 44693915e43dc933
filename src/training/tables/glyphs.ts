// Eight glyphs on noise, 16x16: what varies besides the class is the experiment.
import type { Text } from '../../base/text.ts'
import type { Data, Experiment, TestSet } from '../experiment.ts'
import { classification, fairness, tiny } from './classification.ts'

type Glyphs = Extract<Data, { kind: 'glyphs' }>

const base = { ...classification, network: 'glyphs' } as const

const like: Text = { en: 'images like those in training', zh: '与训练同类的图像' }

const same = (data: Glyphs): TestSet => ({ name: 'test', title: like, data, offset: 2 })

const glyphs = (change: Partial<Glyphs> & Pick<Glyphs, 'scales'>): Glyphs => ({
  kind: 'glyphs',
  ...change,
})

const allScales = glyphs({ scales: [1, 2, 3] })
const hiddenScales = glyphs({ scales: [1, 2, 3], zeroMean: true })
const outerScales = glyphs({ scales: [1, 3] })
const oneScale = glyphs({ scales: [2] })
const rotated = glyphs({ scales: [2], rotated: true })
const inverted = glyphs({ scales: [2], inverted: true })
const centred = glyphs({ scales: [2], centred: true })

export const scale: Experiment = {
  ...base,
  name: 'scale',
  title: { en: 'glyphs of three sizes', zh: '三种大小的字形' },
  about: {
    en: 'Does dynamic convolution help where objects come in several sizes? A larger glyph has more ink, so the mean of the image, which is all that attention sees in the first layer, tells the size.',
    zh: '物体有大有小时，动态卷积有没有用？字形越大墨越多，而第一层的注意力只看整幅图的均值，恰好能看出大小。',
  },
  train: allScales,
  tests: [same(allScales)],
  cue: 'scale',
  takeaway: [
    {
      en: 'Attention can follow the size closely and still add nothing: seeing a cue is not using it. Look at what shuffled attention costs.',
      zh: '注意力可以紧跟大小变化，却没有带来好处：看得见线索不等于用得上。请看打乱注意力之后损失多少。',
    },
    fairness,
    tiny,
  ],
}

export const scaleHidden: Experiment = {
  ...base,
  name: 'scale-hid',
  title: { en: 'three sizes, hidden from the mean', zh: '三种大小，但均值看不出来' },
  about: {
    en: 'The same three sizes, with every image shifted to mean 0: the attention of the first layer is blind. Does that take the benefit away, if there was one?',
    zh: '同样三种大小，但每幅图都减去均值：第一层的注意力什么也看不见。如果原来有好处，现在还在吗？',
  },
  train: hiddenScales,
  tests: [same(hiddenScales)],
  cue: 'scale',
  takeaway: [
    {
      en: 'Global average pooling sees means, nothing else. Where they are alike, a layer is static in effect, whatever it costs.',
      zh: '全局平均池化只看得到均值。均值都一样时，这一层实际上就是静态的，代价却一分不少。',
    },
    fairness,
    tiny,
  ],
}

export const scaleGeneralisation: Experiment = {
  ...base,
  name: 'scale-gen',
  title: { en: 'a size never seen in training', zh: '训练时没见过的大小' },
  about: {
    en: 'Trained on the small and the large glyphs, tested on the middle size too. Does choosing kernels by the input carry over to what was never seen?',
    zh: '用小号和大号字形训练，再用中号测试。按输入选择卷积核，能推广到没见过的情形吗？',
  },
  train: outerScales,
  tests: [
    same(outerScales),
    {
      name: 'unseen',
      title: { en: 'the unseen size', zh: '没见过的大小' },
      data: oneScale,
      offset: 12,
    },
  ],
  cue: 'scale',
  takeaway: [
    {
      en: 'Attention is trained on what it saw. An image between the two sizes may get a mixture of kernels that nothing has trained.',
      zh: '注意力只在见过的数据上训练过。介于两种大小之间的图像，得到的可能是一种从没训练过的混合。',
    },
    fairness,
    tiny,
  ],
}

export const rotation: Experiment = {
  ...base,
  name: 'rot',
  title: { en: 'glyphs in four orientations', zh: '四个朝向的字形' },
  about: {
    en: 'Every glyph is turned by a random number of quarter turns. That moves no mean: can attention help where its first layer sees nothing of what varies?',
    zh: '每个字形随机转若干个 90 度。均值不受影响：第一层的注意力看不到变化，还帮得上忙吗？',
  },
  train: rotated,
  tests: [same(rotated)],
  cue: 'turns',
  takeaway: [
    {
      en: 'Turning an image leaves the mean of its pixels alone. What pooling cannot see, the attention of that layer cannot follow; later layers pool features, whose means may tell.',
      zh: '图像旋转，像素均值不变。池化看不到的，这一层的注意力就跟不上；后面的层池化的是特征，特征的均值可能看得出来。',
    },
    fairness,
    tiny,
  ],
}

export const polarity: Experiment = {
  ...base,
  name: 'pol',
  title: { en: 'light and dark ink', zh: '浅墨与深墨' },
  about: {
    en: 'Half of the glyphs are inverted. The mean of the image tells which: the clearest cue that attention can get, for images that call for opposite kernels.',
    zh: '一半字形黑白颠倒。看均值就知道是哪一种：这是注意力能得到的最清楚的线索，而两种图像需要相反的卷积核。',
  },
  train: inverted,
  tests: [same(inverted)],
  cue: 'polarity',
  takeaway: [
    {
      en: 'This is the case made for attention: a cue in the mean, and opposite kernels to choose from. Compare with a wider static network before concluding.',
      zh: '这是对注意力最有利的情形：均值里有线索，又有相反的卷积核可选。下结论之前，先与更宽的静态网络比一比。',
    },
    fairness,
    tiny,
  ],
}

export const upright: Experiment = {
  ...base,
  name: 'upright',
  title: { en: 'transformations never trained on', zh: '训练时没见过的变换' },
  about: {
    en: 'Trained on upright glyphs alone, tested on turned and on inverted ones as well. Is dynamic convolution robust to transformations that it has not seen?',
    zh: '只用正立的字形训练，再用旋转和反色的字形测试。遇到没见过的变换，动态卷积更稳健吗？',
  },
  train: oneScale,
  tests: [
    same(oneScale),
    {
      name: 'rotated',
      title: { en: 'turned', zh: '旋转' },
      data: rotated,
      offset: 12,
    },
    {
      name: 'inverted',
      title: { en: 'inverted', zh: '反色' },
      data: inverted,
      offset: 22,
    },
  ],
  takeaway: [
    {
      en: 'Depending on the input is not the same as being robust to it. For a transformation to be handled it must be in the data, or built into the network.',
      zh: '依赖输入不等于对输入稳健。要应对某种变换，数据里得有它，或者把它做进网络结构。',
    },
    fairness,
    tiny,
  ],
}

export const shift: Experiment = {
  ...base,
  name: 'shift',
  title: { en: 'trained in the middle, tested anywhere', zh: '在中央训练，在任意位置测试' },
  about: {
    en: 'Trained on centred glyphs, tested at random places. Convolution with a global maximum hardly minds where a glyph stands; does attention change that?',
    zh: '用居中的字形训练，再在随机位置测试。卷积加全局最大池化本来就不太在乎位置；加上注意力会改变这一点吗？',
  },
  train: centred,
  tests: [
    same(centred),
    {
      name: 'moved',
      title: { en: 'at random places', zh: '随机位置' },
      data: oneScale,
      offset: 12,
    },
  ],
  takeaway: [
    {
      en: 'The mean over all pixels does not move with the glyph, so attention keeps what convolution gives: the same answer in another place.',
      zh: '字形移动时，全图均值不变，所以注意力保住了卷积的长处：换个位置，答案不变。',
    },
    fairness,
    tiny,
  ],
}
