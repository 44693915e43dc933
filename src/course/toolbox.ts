// What the lower rooms have for lessons, which import nothing below the course.
export { decimal, grouped } from '../base/format.ts'
export type { Measurement } from '../claims/claim.ts'
export { answerOf, metricsOf } from '../claims/record.ts'
export {
  correct as strideRight,
  input as strideInput,
  kernel as strideKernel,
  shown as strideShown,
} from '../claims/stride-figure.ts'
export { layers } from '../layers/index.ts'
export { sigmoidIsNotSoftmax } from '../mistakes/sigmoid-is-not-softmax.ts'
export { uniformAttention } from '../mistakes/uniform-attention.ts'
export { ops } from '../ops/index.ts'
export { convolve, fromNested, type Nested, softmaxOf, toNested } from '../ops/nested.ts'
export { manualSeed } from '../random/generator.ts'
export { type Algorithm, planConvolution } from '../tensor/engine/convolution-plan.ts'
export { Instance } from '../tensor/engine/instance.ts'
export { conv2d } from '../tensor/engine/reference.ts'
export { type Geometry, outputSize, pointwise } from '../tensor/geometry.ts'
export { reshape, sizeOf, type Tensor, tensor } from '../tensor/tensor.ts'
export { stepOf } from '../trace/query.ts'
export { standardDeviation } from '../trace/stats.ts'
export type { Trace } from '../trace/trace.ts'
export { experimentNamed } from '../training/index.ts'
export { intervalOf } from '../training/statistics/interval.ts'
export { t975 } from '../training/statistics/student.ts'
export { compareModels, type Verdict } from '../training/statistics/verdict.ts'
