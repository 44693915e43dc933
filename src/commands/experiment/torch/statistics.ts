// Intervals, verdicts and the table of an experiment, in Python.

export const statistics = `\
def within(t, n):
    """The probability that Student's t with n degrees of freedom lies between -t and t."""
    angle = math.atan(t / math.sqrt(n))
    term, total = math.cos(angle) if n % 2 else 1, 0
    for k in range(1 + n % 2, n, 2):
        total += term
        term *= math.cos(angle) ** 2 * k / (k + 1)
    total *= math.sin(angle)
    return 2 / math.pi * (angle + total) if n % 2 else total


def interval(values):
    """The mean, and the half-width of its 95 % interval: none of a single value."""
    n = len(values)
    mean = sum(values) / n
    if n == 1:
        return {'n': n, 'mean': mean}
    low, high = 0, 1000
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, n - 1) < 0.95 else (low, middle)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    return {'n': n, 'mean': mean, 'halfWidth': low * deviation / math.sqrt(n)}


def compare(id, a, b, test, runs):
    """Differences seed by seed, and what they say: decided on unrounded numbers."""
    per_seed = [SCALE * (runs[a][s]['metrics'][test] - runs[b][s]['metrics'][test]) for s in runs[a]]
    result = {'id': id, 'a': a, 'b': b, 'test': test, 'perSeed': per_seed, **interval(per_seed)}
    mean, half = result['mean'], result.get('halfWidth', math.inf)
    margin = SCALE * MARGIN
    holds = mean - half > 0 and mean >= margin
    verdict = 'holds' if holds else 'does not hold' if mean + half < margin else 'unclear'
    return {**result, 'margin': margin, 'verdict': verdict}


def study(runs, options):
    """All that is known once every model has its runs: runs[model][seed]."""
    models = {}
    for name, by_seed in runs.items():
        each = list(by_seed.values())
        values = [run['metrics']['test'] for run in each]
        layers = layers_of(MODELS[name], options.wider, options.size)
        cost = cost_of(MODELS[name], layers, options.size)
        models[name] = {**cost, 'seeds': options.seeds, 'perSeed': values, **interval(values), 'runs': each}
    comparisons = [compare(id, a, b, test, runs) for test in TESTS
                   for id, _, a, b in QUESTIONS if a in runs and b in runs]
    return {'experiment': NAME, 'metric': METRIC, 'models': models, 'comparisons': comparisons}


def show(result):
    def figure(value, sign=''):
        half = f" ± {value['halfWidth']:.{DECIMALS}f}" if 'halfWidth' in value else ''
        return f"{value['mean']:{sign}.{DECIMALS}f}{half}"

    print(f"{'model':10}{'parameters':>12}{'multiply-adds':>15}", *(f'{test:>20}' for test in TESTS), sep='')
    for name, model in result['models'].items():
        print(f"{name:10}{model['parameters']:>12,}{model['multiplyAdds']:>15,}", end='')
        for test in TESTS:
            print(f"{figure(interval([SCALE * run['metrics'][test] for run in model['runs']])):>20}", end='')
        print()
    titles = {id: title for id, title, _, _ in QUESTIONS}
    for each in result['comparisons']:
        names = f"{each['a']} - {each['b']}"
        print(f"{each['test']:10}{titles[each['id']]:33}{names:16}{figure(each, '+'):>18}  {each['verdict']}")
`
