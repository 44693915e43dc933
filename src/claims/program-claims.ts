// What people write or think, against its repair: the mistakes, as claims.
import type { Text } from '../base/text.ts'
import { articleView } from '../mistakes/article-view.ts'
import { batchAveragedAttention } from '../mistakes/batch-averaged-attention.ts'
import { expertScale } from '../mistakes/expert-scale.ts'
import { groupsNotMultiplied } from '../mistakes/groups-not-multiplied.ts'
import { inputSizeView } from '../mistakes/input-size-view.ts'
import { kernelsAreNotChannels } from '../mistakes/kernels-are-not-channels.ts'
import type { Mistake, Result } from '../mistakes/mistake.ts'
import { paddingNotDynamics } from '../mistakes/padding-not-dynamics.ts'
import { sigmoidIsNotSoftmax } from '../mistakes/sigmoid-is-not-softmax.ts'
import { temperatureForgotten } from '../mistakes/temperature-forgotten.ts'
import { uniformAttention } from '../mistakes/uniform-attention.ts'
import { uninitialised } from '../mistakes/uninitialised.ts'
import { wrongBiasView } from '../mistakes/wrong-bias-view.ts'
import { articleSource, type Claim, type ClaimSource, verdictIf } from './claim.ts'

/** A claim holds if what people write gives in everything what the repair gives. */
function fromMistake(mistake: Mistake, says: Text, stands?: ClaimSource): Claim {
  const [thread] = mistake.asked
  const source = stands ?? (thread && ({ kind: 'thread', thread } as const))
  if (source === undefined) throw new TypeError(`${mistake.name} stands nowhere`)
  return {
    name: mistake.name,
    topic: 'program',
    says,
    source,
    evidence: {
      kind: 'computed',
      command: `mistakes ${mistake.name}`,
      measure() {
        const { happens, findings } = mistake.demonstrate()
        return {
          verdict: verdictIf(findings.every(({ results }) => agree(results))),
          words: happens,
        }
      },
    },
  }
}

/** Whether the way people write gives what the repair gives. */
function agree(results: readonly Result[]): boolean {
  return JSON.stringify(results[0]) === JSON.stringify(results.at(-1))
}

export const programClaims: readonly Claim[] = [
  fromMistake(
    articleView,
    {
      en: "The article's view gives every sample of a batch its own kernel.",
      zh: '文章里的 view 能让一批里的每个样本各用一个卷积核。',
    },
    articleSource('生成的是batch_size个卷积参数'),
  ),
  fromMistake(
    uninitialised,
    {
      en: "The article's layer starts with usable kernels.",
      zh: '文章里的层一开始就有可用的卷积核。',
    },
    { kind: 'code', code: 'nn.Parameter(torch.Tensor(K, ...))' },
  ),
  fromMistake(
    paddingNotDynamics,
    { en: 'Dynamic convolution makes the image smaller.', zh: '动态卷积会把图变小。' },
    articleSource('print(output.shape)'),
  ),
  fromMistake(groupsNotMultiplied, {
    en: "The folded batch is convolved in the layer's own groups.",
    zh: '折叠后的批按这一层原来的组数做卷积。',
  }),
  fromMistake(inputSizeView, {
    en: "The output can be viewed with the input's height and width.",
    zh: '输出可以按输入的高和宽来 view。',
  }),
  fromMistake(
    wrongBiasView,
    { en: 'Any view of the mixed biases will do.', zh: '聚合后的偏置怎么 view 都行。' },
    { kind: 'code', code: 'bias.view(...)' },
  ),
  fromMistake(batchAveragedAttention, {
    en: 'One may as well average the attention over the batch.',
    zh: '对整批的注意力取平均也没关系。',
  }),
  fromMistake(uniformAttention, {
    en: 'Weights that are all 0.25 mean that attention is broken.',
    zh: '权重全是 0.25，说明注意力坏了。',
  }),
  fromMistake(
    temperatureForgotten,
    { en: 'A checkpoint is all that a model needs.', zh: '有检查点就能还原模型。' },
    { kind: 'code', code: 'layer.load_state_dict(...)' },
  ),
  fromMistake(kernelsAreNotChannels, {
    en: 'K is the number of output channels.',
    zh: 'K 就是输出通道数。',
  }),
  fromMistake(sigmoidIsNotSoftmax, {
    en: 'CondConv and dynamic convolution are the same.',
    zh: 'CondConv 和动态卷积是一回事。',
  }),
  fromMistake(
    expertScale,
    {
      en: 'All experts can be initialised as one tensor.',
      zh: '所有专家可以当作一个张量来初始化。',
    },
    { kind: 'code', code: 'nn.init.kaiming_uniform_(weight)' },
  ),
]
