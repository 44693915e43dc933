// What a trained attention looks at, and what it is good for, in Python.

export const attentionReport = `\
def run_through(network, images, temperature):
    """All images at once, as attention that is exchanged needs them, and every layer's attention."""
    with torch.no_grad():
        outputs = network(images, temperature)
    return outputs, [layer.pi for layer in network.layers if isinstance(layer, Static) and hasattr(layer, 'pi')]


def entropies(network, test, temperature):
    """The mean entropy of every layer's attention to the first images."""
    _, pis = run_through(network, test[0][:WATCHED], temperature)
    return [-(pi.clamp(min=1e-12).double() * pi.clamp(min=1e-12).double().log()).sum(1).mean().item() for pi in pis]


def explained(pi, groups):
    """The variance between the groups' means, over all variance."""
    mean = pi.mean(0)
    total = ((pi - mean) ** 2).sum().item()
    if total <= 1e-9:
        return 0
    members = [pi[groups == value] for value in groups.unique()]
    return sum(len(part) * ((part.mean(0) - mean) ** 2).sum().item() for part in members) / total


def report(network, test, temperature):
    """What the attention of the test set follows, and how well the network does with another one."""
    images, targets, known = test
    outputs, pis = run_through(network, images, temperature)
    pis = [pi.double().cpu() for pi in pis]

    def score_with(replace):
        for layer in network.layers:
            layer.replace = replace
        outputs, _ = run_through(network, images, temperature)
        for layer in network.layers:
            layer.replace = None
        return score(outputs, targets)

    order = Stream(PERMUTATION).shuffled(len(images))
    result = {
        'shuffled': score_with(lambda pi: pi[order]),
        'mean': score_with(lambda pi: pi.double().mean(0).float().expand_as(pi)),
    }
    if CUE != 'filter':
        result['byClass'] = [explained(pi, known['class']) for pi in pis]
    if CUE:
        groups = known[CUE]
        result['byCue'] = [explained(pi, groups) for pi in pis]
        result['perCue'] = []
        for value in groups.unique():
            chosen = groups == value
            part = {'images': chosen.sum().item()}
            if METRIC == 'accuracy':
                right = outputs.argmax(1).cpu()[chosen] == targets.cpu()[chosen]
                part['accuracy'] = right.sum().item() / len(right)
            result['perCue'].append({**part, 'attention': [pi[chosen].mean(0).tolist() for pi in pis]})
    return result


def filters_of(network, test, temperature):
    """The kernel that the noise is convolved with, for every cue."""
    images, _, known = test
    _, pis = run_through(network, images, temperature)
    kernels = network.layers[0].weight.detach()[:, 0, 0].flatten(1).double().cpu()
    every = torch.full((len(images), len(kernels)), 1 / len(kernels), dtype=torch.float64)
    pi = pis[0].double().cpu() if pis else every
    return [(pi[known['class'] == cue].mean(0) @ kernels).tolist() for cue in range(4)]
`
