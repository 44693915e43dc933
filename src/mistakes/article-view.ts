import { say } from '../base/text.ts'
import { conv2dError } from '../layers/torch-errors.ts'
import { sizeOf } from '../tensor/tensor.ts'
import { lab, mixKernels } from './lab.ts'
import { type Mistake, raised, shapeResult } from './mistake.ts'

export const articleView: Mistake = {
  name: 'article-view',
  title: {
    en: "the article's view of the mixed kernels fits one sample only",
    zh: '文章里聚合卷积核的 view 只适用于一个样本',
  },
  given: { batch: 2 },
  ways: [
    {
      code: `\
kernel = (attention @ weight.view(K, -1)).view(out, -1, k, k)
b = (attention @ bias).view(-1)
y = F.conv2d(x.view(1, -1, H, W), kernel, b, groups=B)
y = y.view(B, out, y.size(-2), y.size(-1))`,
    },
    {
      code: `\
kernel = (attention @ weight.view(K, -1)).view(B * out, -1, k, k)
b = (attention @ bias).view(-1)
y = F.conv2d(x.view(1, -1, H, W), kernel, b, groups=B)
y = y.view(B, out, y.size(-2), y.size(-1))`,
    },
  ],
  asked: [],
  more: 'dynamic --batch 2 --article',

  demonstrate() {
    const { x, config, attention, weight, output } = lab(articleView.given)
    const [B, C, H, W] = x.shape as [number, number, number, number]
    const { out, kernelSize } = config
    const mixed = sizeOf(mixKernels(attention, weight).shape)
    const viewed = [out, mixed / (out * sizeOf(kernelSize)), ...kernelSize]
    const right = [B * out, C, ...kernelSize]
    const channels = viewed[1] as number
    const folded = { ...config, groups: B }
    return {
      happens: {
        en: say`With ${B} samples PyTorch refuses; with one, the same line works, so nobody notices until the first batch.`,
        zh: say`有 ${B} 个样本时 PyTorch 报错；只有一个样本时同一行能跑，所以要到第一次用批才发现。`,
      },
      why: [
        {
          en: say`Every sample gets kernels of its own, so ${B} samples have ${B} x ${out} = ${B * out} of them, each reading ${C} channels. The view asks for ${out}; the -1 then takes up the rest, and each of the ${out} seems to read ${channels} channels.`,
          zh: say`每个样本都有自己的一组卷积核，${B} 个样本共有 ${B} x ${out} = ${B * out} 个，各读 ${C} 个通道。这个 view 却只要 ${out} 个，多出来的都被 -1 吞掉，于是每个卷积核看上去要读 ${channels} 个通道。`,
        },
        {
          en: say`In ${B} groups that would need ${channels * B} input channels; the folded batch has ${B * C}.`,
          zh: say`分成 ${B} 组，就需要 ${channels * B} 个输入通道；而折叠后的批只有 ${B * C} 个。`,
        },
      ],
      findings: [
        {
          label: { en: 'kernels', zh: '卷积核' },
          python: 'list(kernel.shape)',
          results: [shapeResult(viewed), shapeResult(right)],
        },
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [
            raised(conv2dError([1, B * C, H, W], viewed, folded)),
            shapeResult(output.shape),
          ],
        },
      ],
    }
  },
}
