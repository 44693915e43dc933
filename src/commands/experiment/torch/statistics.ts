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
    """The mean, the median, and the half-width of the mean's 95 % interval: none of a single value."""
    n = len(values)
    mean = sum(values) / n
    ordered = sorted(values)
    result = {'n': n, 'mean': mean, 'median': (ordered[n // 2] + ordered[(n - 1) // 2]) / 2}
    if n == 1:
        return result
    low, high = 0, 1000
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, n - 1) < 0.95 else (low, middle)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    return {**result, 'halfWidth': low * deviation / math.sqrt(n)}


def compare(id, a, b, test, runs):
    """Differences seed by seed, and what they say: decided on unrounded numbers, as shares."""
    per_seed = [runs[a][s]['metrics'][test] - runs[b][s]['metrics'][test] for s in runs[a]]
    found = interval(per_seed)
    n, mean, half = found['n'], found['mean'], found.get('halfWidth')
    verdict = 'unclear'
    if half is not None and mean - half > 0 and mean >= MARGIN:
        verdict = 'holds'
    elif half is not None and mean + half < MARGIN:
        verdict = 'does not hold'
    return {
        'id': id, 'a': a, 'b': b, 'test': test, 'unit': 'pp' if METRIC == 'accuracy' else METRIC,
        'perSeed': [SCALE * value for value in per_seed],
        'n': n, 'mean': SCALE * mean,
        **({} if half is None else {'halfWidth': SCALE * half}),
        'median': SCALE * found['median'], 'margin': SCALE * MARGIN, 'verdict': verdict,
        **({'seedsNeeded': ceiling(n * (half / MARGIN) ** 2)} if verdict == 'unclear' and half is not None else {}),
    }


def ceiling(value):
    return math.ceil(value) if math.isfinite(value) else value


def study(runs, options):
    """All that is known once every model has its runs, runs[model][seed]: the fields of the file."""
    models = {}
    for name, by_seed in runs.items():
        each = list(by_seed.values())
        values = [run['metrics']['test'] for run in each]
        layers = layers_of(MODELS[name], options.wider, options.size)
        found = interval(values)
        theory = MODELS[name].get('theory')
        near = theory is not None and abs(found['mean'] - theory) < TOLERANCE
        further = {}
        for test in list(TESTS)[1:]:
            on_it = [run['metrics'][test] for run in each]
            further[test] = {'perSeed': on_it, **interval(on_it)}
        models[name] = {
            'widths': [out for out, _, _ in layers],
            **cost_of(MODELS[name], layers, options.size),
            'collapsed': [run['seed'] for run in each if run['metrics']['test'] < COLLAPSED],
            **({} if theory is None else {'theory': {'R2': theory, 'met': near}}),
            'seeds': list(by_seed), 'perSeed': values, **found,
            **({'tests': further} if further else {}),
            'runs': each,
        }
    own = {'wider': 1, 'size': SIZE, 'steps': STEPS}
    told = {key: getattr(options, key) for key in own}
    return {
        'schema': 1, 'convlab': CONVLAB, 'experiment': NAME, 'metric': METRIC,
        **({} if told == own else {'changed': told}),
        'seeds': options.seeds, 'partial': False, 'models': models,
        'comparisons': [compare(id, a, b, test, runs) for test in TESTS
                        for id, _, a, b in QUESTIONS if a in runs and b in runs],
    }


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
