// What a model costs: parameters, and multiply-adds for one image. Pooling's additions and biases'
// are not counted; mixing experts, their biases too, is.

import type { Architecture, ConvolutionLayer } from './architecture.ts'
import { hiddenSize, type Model } from './models.ts'

export interface ModelCost {
  readonly parameters: number
  readonly multiplyAdds: number
}

export function modelCostOf({ layers, classifier }: Architecture, model: Model): ModelCost {
  const costs = layers.map((layer) => layerCost(layer, model))
  if (classifier) {
    const multiplyAdds = classifier.features * classifier.classes
    costs.push({ parameters: multiplyAdds + classifier.classes, multiplyAdds })
  }
  return {
    parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
    multiplyAdds: costs.reduce((sum, cost) => sum + cost.multiplyAdds, 0),
  }
}

function layerCost(layer: ConvolutionLayer, { kind, kernels: K }: Model): ModelCost {
  const { in: C, out: O, kernel, outputSize } = layer
  const h = hiddenSize
  const weights = O * C * kernel * kernel
  const experts = K * (weights + O)
  const pixels = outputSize * outputSize
  const convolution = weights * pixels
  switch (kind) {
    case 'static':
    case 'uniform': // folds into one kernel once it is trained
      return { parameters: experts, multiplyAdds: convolution }
    case 'dynamic':
      return {
        parameters: experts + C * h + h + K * h + K,
        multiplyAdds: convolution + experts + C * h + h * K,
      }
    case 'condconv':
      return {
        parameters: experts + C * K + K,
        multiplyAdds: convolution + experts + C * K,
      }
    case 'se':
      return {
        parameters: experts + C * h + h + O * h + O,
        multiplyAdds: convolution + C * h + h * O + O * pixels,
      }
    default:
      return kind satisfies never
  }
}
