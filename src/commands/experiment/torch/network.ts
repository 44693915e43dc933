// An experiment's network in Python, and what a model of it costs.
import type { TrainingNetwork } from '../../../training/training-networks.ts'

/** A function layers_of(model, wider, size): the convolutions of a model. */
function layersOf({ classes }: TrainingNetwork): string {
  const start = `\
def layers_of(model, wider, size):
    """Output channels, kernel size and what follows, of each convolution."""
`
  if (classes === undefined)
    return `${start}\
    if 'hidden' in model['widths']:
        return [(wider * model['widths']['hidden'], 3, ['relu']), (WIDTHS[0], 1, [])]
    return [(width, 3, after) for width, after in zip(WIDTHS, AFTER)]
`
  return `${start}\
    def of(widths):
        return [(width, 3, after) for width, after in zip(widths, AFTER)]

    widths = [wider * width for width in WIDTHS]
    if 'until' in model['widths']:  # widened until it costs as much as another model
        cost, other = model['widths']['until'], MODELS[model['widths']['of']]
        least = cost_of(other, layers_of(other, wider, size), size)[cost]
        at = len(widths) - 1
        while cost_of(model, of(widths), size)[cost] < least:
            widths[at] += 1
            at = (at - 1) % len(widths)
    return of(widths)
`
}

export function networkClass(network: TrainingNetwork): string {
  const classifies = network.classes !== undefined
  const classifier = classifies
    ? `
        self.classifier = Linear(draw, channels * size * size, CLASSES)
        self.multiply_adds += self.classifier.multiply_adds()`
    : ''
  return `\
POOLING = {
    'relu': F.relu,
    'max2': lambda x: F.max_pool2d(x, 2),
    'global-max': lambda x: x.flatten(2).max(2).values[:, :, None, None],
}


class Network(nn.Module):
    """A chain of convolutions of one kind${classifies ? ', and a classifier' : ''}."""

    def __init__(self, model, layers, size, draw):
        super().__init__()
        self.layers = nn.ModuleList()
        self.after = [after for _, _, after in layers]
        self.multiply_adds = 0  # for one image
        channels = CHANNELS
        for out, kernel, after in layers:
            layer = KINDS[model['kind']](draw, channels, out, kernel, model)
            self.layers.append(layer)
            channels, size = out, size + 2 * layer.padding - kernel + 1
            self.multiply_adds += layer.multiply_adds(size * size)
            size = 1 if 'global-max' in after else size // 2 if 'max2' in after else size${classifier}

    def forward(self, x, temperature):
        for layer, after in zip(self.layers, self.after):
            x = layer(x, temperature)
            for step in after:
                x = POOLING[step](x)
        return ${classifies ? 'self.classifier(x.flatten(1))' : 'x'}


def cost_of(model, layers, size):
    network = Network(model, layers, size, lambda shape, a: torch.zeros(shape))
    parameters = sum(value.numel() for value in network.parameters())
    return {'parameters': parameters, 'multiplyAdds': network.multiply_adds}


${layersOf(network)}`
}
