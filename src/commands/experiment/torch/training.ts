// Training and measuring one model on one seed, in Python.
import type { TrainingNetwork } from '../../../training/training-networks.ts'

const losses: Readonly<Record<TrainingNetwork['loss'], string>> = {
  'cross-entropy': 'F.cross_entropy',
  'squared-error': 'F.mse_loss',
}

const metrics: Readonly<Record<TrainingNetwork['metric'], string>> = {
  accuracy: `\
    """The share of images that are classed right."""
    return 1 - (outputs.argmax(1) != targets).sum().item() / len(targets)
`,
  R2: `\
    """The share of the targets' variance that is explained."""
    errors = (outputs.double() - targets.double()) ** 2
    return 1 - errors.sum().item() / (targets.double() ** 2).sum().item()
`,
}

export function trainingFunctions({ loss, metric }: TrainingNetwork): string {
  return `\
def temperature_at(step, steps, temperature):
    """From 30 to 1 over the first third of the steps, where it anneals."""
    return max(1, 30 - 29 * step / (steps / 3)) if temperature == 'anneal' else temperature


def outputs_of(network, images, temperature):
    with torch.no_grad():
        return torch.cat([network(part, temperature) for part in images.split(250)])


def score(outputs, targets):
${metrics[metric]}

def measure(network, images, targets, temperature):
    return score(outputs_of(network, images, temperature), targets)


def train(name, seed, sets, options):
    """One run, as the file has it: what the model reaches on every set, and how it came there."""
    model = MODELS[name]
    values, shuffles = Stream(seed_of(seed, 3)), Stream(seed_of(seed, 4))
    layers = layers_of(model, options.wider, options.size)
    draw = lambda shape, a: ((2 * values.units(*shape) - 1) * a).float()
    network = Network(model, layers, options.size, draw).to(options.device)
    optimizer = torch.optim.Adam(network.parameters())
    images, targets, _ = sets['train']
    per_epoch = len(images) // BATCH
    losses, entropy = [], []
    for step in range(options.steps):
        if step % per_epoch == 0:
            order = torch.tensor(shuffles.shuffled(len(images)))
            losses.append([])
            entropy.append(entropies(network, sets['test'], temperature_at(step, options.steps, model['temperature'])))
        chosen = order[step % per_epoch * BATCH:][:BATCH].to(options.device)
        for group in optimizer.param_groups:
            group['lr'] = LEARNING_RATE * (1 - step / options.steps)
        temperature = temperature_at(step, options.steps, model['temperature'])
        loss = ${losses[loss]}(network(images[chosen], temperature), targets[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses[-1].append(loss.item())
    temperature = temperature_at(options.steps, options.steps, model['temperature'])
    entropy.append(entropies(network, sets['test'], temperature))
    metrics = {key: measure(network, *each[:2], temperature) for key, each in sets.items()}
    run = {'seed': seed, 'metrics': metrics, 'losses': [sum(epoch) / len(epoch) for epoch in losses]}
    if model['kind'] == 'dynamic':
        run.update(entropy=entropy, attention=report(network, sets['test'], temperature))
    if METRIC == 'R2' and len(network.layers) == 1:
        run.update(filters=filters_of(network, sets['test'], temperature))
    device = torch.device(options.device).type
    return {**run, 'engine': {'name': 'torch', 'version': torch.__version__, 'device': device}}
`
}
