import { say } from '../base/text.ts'
import { fanIn } from '../layers/geometry-options.ts'
import { ops } from '../ops/index.ts'
import { manualSeed } from '../random/generator.ts'
import { kaimingUniform, perSlice } from '../random/initialisers.ts'
import { reshape, tensor } from '../tensor/tensor.ts'
import { mixedScale } from '../trace/attention-summary.ts'
import { standardDeviation } from '../trace/stats.ts'
import { convolveWith, lab, mixKernels } from './lab.ts'
import { count, type Mistake, numberResult } from './mistake.ts'

const fans = 'nn.init._calculate_fan_in_and_fan_out'
const behind = `
kernel = (attention @ weight.view(K, -1)).view(out, C, k, k)
y = F.conv2d(x, kernel, (attention @ bias).view(-1))`

export const expertScale: Mistake = {
  name: 'expert-scale',
  title: {
    en: 'experts that start too small, all initialised as one tensor',
    zh: '把所有专家当成一个张量来初始化，起点太小',
  },
  given: {},
  ways: [
    {
      code: `\
torch.manual_seed(0)
weight = torch.empty(K, out, C, k, k)
nn.init.kaiming_uniform_(weight, a=5 ** 0.5)
fan_in = ${fans}(weight)[0]${behind}`,
    },
    {
      code: `\
torch.manual_seed(0)
weight = torch.empty(K, out, C, k, k)
for expert in weight:
    nn.init.kaiming_uniform_(expert, a=5 ** 0.5)
fan_in = ${fans}(expert)[0]${behind}`,
    },
  ],
  asked: [],
  more: 'sweep kernels',

  demonstrate() {
    const bench = lab(expertScale.given)
    const { attention, bias, config } = bench
    const { shape } = bench.weight
    const b = reshape(ops.matmul.forward([attention, bias], {}), [config.out])
    const right = fanIn(config)
    const wrong = right * config.out
    const start = (init: ReturnType<typeof kaimingUniform>) => {
      const weight = tensor(init(manualSeed(0), shape), shape)
      const kernel = reshape(mixKernels(attention, weight), shape.slice(1))
      return [weight, kernel, convolveWith(bench, kernel, b)].map(({ data }) =>
        standardDeviation(data),
      )
    }
    const [whole, each] = [
      start(kaimingUniform(wrong)),
      start(perSlice(kaimingUniform(right))),
    ] as [number[], number[]]
    const part = whole[0]! / each[0]!
    const shrink = mixedScale([...attention.data])
    return {
      happens: {
        en: say`PyTorch raises nothing. It takes ${wrong} for the fan-in instead of ${right}, so the experts start with ${part} of the spread they should have.`,
        zh: say`PyTorch 不报错。它把 fan-in 当成 ${wrong} 而不是 ${right}，于是专家初始值的标准差只有应有的 ${part}。`,
      },
      why: [
        {
          en: say`The initialisers read the fan-in off the shape: the second size times all behind it. In (K, out, in, k, k) that is out x in x k x k, too large by the ${config.out} of out, and the spread too small by its root. Expert by expert the shape is that of nn.Conv2d.`,
          zh: say`初始化函数从形状里读 fan-in：第二维乘以后面各维。形状是 (K, out, in, k, k) 时，得到 out x in x k x k，多乘了 out = ${config.out}，标准差就小到它的平方根分之一。逐个专家来做，形状才和 nn.Conv2d 一样。`,
        },
        {
          en: say`Even repaired, the mixed kernel starts smaller than one expert: independent experts mixed by attention keep √Σπk² = ${shrink} of their spread (measured here: ${each[1]! / each[0]!}). A normalisation behind the layer takes that up; without one, start the experts larger by as much.`,
          zh: say`就算改对了，聚合卷积核的起点也比单个专家小：独立的专家按注意力聚合后，标准差只剩 √Σπk² = ${shrink} 倍（这里实测 ${each[1]! / each[0]!}）。后面若有归一化层，会补回来；若没有，就让专家的初始值相应大一些。`,
        },
      ],
      findings: [
        {
          label: { en: 'fan-in', zh: 'fan-in' },
          python: 'fan_in',
          results: [count(wrong), count(right)],
        },
        {
          label: { en: 'experts, std', zh: '专家标准差' },
          python: 'weight.std().item()',
          results: [numberResult(whole[0]!), numberResult(each[0]!)],
        },
        {
          label: { en: 'mixed kernel, std', zh: '聚合卷积核标准差' },
          python: 'kernel.std().item()',
          results: [numberResult(whole[1]!), numberResult(each[1]!)],
        },
        {
          label: { en: 'output, std', zh: '输出标准差' },
          python: 'y.std().item()',
          results: [numberResult(whole[2]!), numberResult(each[2]!)],
        },
      ],
    }
  },
}
