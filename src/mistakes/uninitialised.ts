import { say } from '../base/text.ts'
import { ops } from '../ops/index.ts'
import { reshape, type Tensor, tensor } from '../tensor/tensor.ts'
import { convolveWith, lab, largestOf, mixKernels } from './lab.ts'
import { type Mistake, numberResult } from './mistake.ts'

export const uninitialised: Mistake = {
  name: 'uninitialised',
  title: {
    en: 'kernels that are asked for but never filled',
    zh: '卷积核只申请了内存，没有初始化',
  },
  given: {},
  ways: [
    {
      code: `\
# nn.Parameter(torch.Tensor(K, out, C, k, k)) takes memory as it is found;
# here it last held x in float64, so that everybody finds the same bytes.
memory = x.double().view(torch.float32).flatten()
weight = memory[: K * out * C * k * k].view(K, out, C, k, k)
kernel = (attention @ weight.view(K, -1)).view(B * out, C, k, k)
y = F.conv2d(x, kernel, (attention @ bias).view(-1))`,
    },
    {
      code: `\
weight = layer.weight       # filled in the constructor, expert by expert:
# for expert in weight: nn.init.kaiming_uniform_(expert, a=5 ** 0.5)
kernel = (attention @ weight.view(K, -1)).view(B * out, C, k, k)
y = F.conv2d(x, kernel, (attention @ bias).view(-1))`,
    },
  ],
  asked: [],

  demonstrate() {
    const bench = lab(uninitialised.given)
    const { x, attention, weight, bias, output, config } = bench
    const memory = new Float32Array(Float64Array.from(x.data).buffer)
    const found = tensor(memory.slice(0, weight.data.length), weight.shape)
    const kernel = (experts: Tensor) =>
      reshape(mixKernels(attention, experts), [config.out, config.in, ...config.kernelSize])
    const b = reshape(ops.matmul.forward([attention, bias], {}), [config.out])
    const wrong = convolveWith(bench, kernel(found), b)
    return {
      happens: {
        en: say`PyTorch raises nothing, and another run finds other bytes. With these, weights reach ${largestOf(found)} and outputs ${largestOf(wrong)}.`,
        zh: say`PyTorch 不报错，而且每次运行内存里的内容都可能不同。这一次，权重大到 ${largestOf(found)}，输出大到 ${largestOf(wrong)}。`,
      },
      why: [
        {
          en: say`torch.Tensor(sizes) and torch.empty(sizes) reserve memory and write nothing to it. Whatever lay there is read as weights: zeros on a lucky day, huge numbers or NaN on another. nn.Conv2d fills its own weights; an nn.Parameter that you make, you fill.`,
          zh: say`torch.Tensor(sizes) 和 torch.empty(sizes) 只占内存，不写内容，原来留下的字节就被当成权重：运气好是零，运气不好是天文数字或 NaN。nn.Conv2d 会初始化自己的权重；自己建的 nn.Parameter 要自己初始化。`,
        },
      ],
      findings: [
        {
          label: { en: 'largest |weight|', zh: '最大 |权重|' },
          python: 'weight.abs().max().item()',
          results: [numberResult(largestOf(found)), numberResult(largestOf(weight))],
        },
        {
          label: { en: 'largest |output|', zh: '最大 |输出|' },
          python: 'y.abs().max().item()',
          results: [numberResult(largestOf(wrong)), numberResult(largestOf(output))],
        },
      ],
    }
  },
}
