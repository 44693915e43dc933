import { say } from '../base/text.ts'
import { geometryOf } from '../layers/geometry-options.ts'
import { ops } from '../ops/index.ts'
import { at, reshape, tensor } from '../tensor/tensor.ts'
import { convolveWith, firstSample, lab, largestDifference, mixKernels } from './lab.ts'
import { count, type Mistake, numberResult, shapeResult, values } from './mistake.ts'

export const batchAveragedAttention: Mistake = {
  name: 'batch-averaged-attention',
  title: {
    en: 'attention averaged over the batch: one kernel for all samples',
    zh: '注意力对整批求平均：所有样本共用一个卷积核',
  },
  given: { batch: 4, input: 'varied' },
  ways: [
    {
      code: `\
used = attention.mean(0, keepdim=True)
kernel = (used @ weight.view(K, -1)).view(out, C, k, k)
y = F.conv2d(x, kernel, (used @ bias).view(-1))
alone = layer(x[:1])        # the mean over one sample is that sample's`,
    },
    {
      code: `\
used = attention
kernel = (used @ weight.view(K, -1)).view(B * out, C, k, k)
y = F.conv2d(x.view(1, -1, H, W), kernel, (used @ bias).view(-1), groups=B)
y = y.view(B, out, y.size(-2), y.size(-1))
alone = layer(x[:1])`,
    },
  ],
  asked: [{ repository: 'kaijieshi7/Dynamic-convolution-Pytorch', number: 23, kind: 'issue' }],
  more: 'dynamic --batch 4 --input varied',

  demonstrate() {
    const bench = lab(batchAveragedAttention.given)
    const { x, config, attention, weight, bias, output } = bench
    const [B, K] = attention.shape as [number, number]
    const kernelOf = [config.in, ...config.kernelSize]
    const sums = Array.from({ length: K }, (_, k) =>
      Array.from({ length: B }, (_, n) => attention.data[n * K + k]!).reduce((a, b) => a + b),
    )
    const mean = tensor(
      Float32Array.from(sums, (sum) => sum / B),
      [1, K],
    )
    const shared = reshape(mixKernels(mean, weight), [config.out, ...kernelOf])
    const sharedBias = reshape(ops.matmul.forward([mean, bias], {}), [config.out])
    const how = { ...geometryOf(config), perSample: false }
    const wrong = ops.conv2d.forward([x, shared, sharedBias], how)

    const own = { ...bench, x: firstSample(x) }
    const first = tensor(at(attention, 0).data, [1, K])
    const alone = convolveWith(
      own,
      reshape(mixKernels(first, weight), [config.out, ...kernelOf]),
      reshape(ops.matmul.forward([first, bias], {}), [config.out]),
    )
    const moved = largestDifference(firstSample(wrong), alone)
    const kept = largestDifference(firstSample(output), alone)
    return {
      happens: {
        en: say`PyTorch raises nothing: the shapes are right. But the first sample gives another output than it gives alone, by up to ${moved}: what it gives depends on its companions.`,
        zh: say`PyTorch 不报错，形状也对。但第一个样本放进这一批后，输出和单独算时最多差 ${moved}：结果取决于同批的其他样本。`,
      },
      why: [
        {
          en: say`The mean makes ${1} set of weights out of ${B}. The layer is dynamic by the batch, not by the input, and at inference, where samples come one by one, it computes something else than it was trained to.`,
          zh: say`求平均把 ${B} 组权重变成了 ${1} 组。这一层随批变化，却不随输入变化；推理时样本一个一个来，算出的就和训练时不一样了。`,
        },
        {
          en: say`The repair folds the batch into groups, so that every sample meets its own kernels: the difference from alone is then ${kept}.`,
          zh: say`修正的办法是把批折叠成分组，让每个样本用自己的卷积核：这时与单独算的差是 ${kept}。`,
        },
      ],
      findings: [
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [shapeResult(wrong.shape), shapeResult(output.shape)],
        },
        {
          label: { en: 'sets of kernels', zh: '卷积核组数' },
          python: 'kernel.shape[0] // out',
          results: [count(shared.shape[0]! / config.out), count(B)],
        },
        {
          label: { en: "sample 0's weights", zh: '样本 0 的权重' },
          python: 'used[0].tolist()',
          results: [values(mean.data), values(first.data)],
        },
        {
          label: { en: 'y[0,0,0,0]', zh: 'y[0,0,0,0]' },
          python: 'y[0, 0, 0, 0].item()',
          results: [numberResult(wrong.data[0]!), numberResult(output.data[0]!)],
        },
        {
          label: { en: 'the same, alone', zh: '同上，单独算' },
          python: 'alone[0, 0, 0, 0].item()',
          results: [numberResult(alone.data[0]!), numberResult(alone.data[0]!)],
        },
        {
          label: { en: 'largest difference', zh: '最大差' },
          python: '(y[:1] - alone).abs().max().item()',
          results: [numberResult(moved), numberResult(kept)],
        },
      ],
    }
  },
}
