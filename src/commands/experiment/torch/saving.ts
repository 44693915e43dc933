// The file of an experiment, as convlab writes it (../experiment-json.ts), in Python.

export const saving = `\
def number(value):
    """As JSON has it, in the shortest digits; what it has no form for as a string."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
    text = repr(abs(value) if value == 0 else value)
    if 1e-6 <= abs(value) < 1e21:
        text = format(Decimal(text), 'f')
    return text.removesuffix('.0').replace('e-0', 'e-')


def written(value):
    if isinstance(value, dict):
        return '{' + ','.join(f'{json.dumps(key)}:{written(each)}' for key, each in value.items()) + '}'
    if isinstance(value, (list, tuple)):
        return '[' + ','.join(map(written, value)) + ']'
    return json.dumps(value) if isinstance(value, (str, bool)) else number(value)


def block(brackets, items):
    """An object or a list with an item a line."""
    if not items:
        return brackets
    lines = ',\\n'.join(items).replace('\\n', '\\n  ')
    return f'{brackets[0]}\\n  {lines}\\n{brackets[1]}'


def document(result):
    """The text of the file: convlab experiment --resume goes on from it."""
    def fields(values):
        return [f'"{key}": {written(value)}' for key, value in values.items()]

    models = []
    for name, model in result['models'].items():
        summary = fields({key: value for key, value in model.items() if key != 'runs'})
        runs = block('[]', [written(run) for run in model['runs']])
        models.append(f'"{name}": ' + block('{}', [*summary, f'"runs": {runs}']))
    head = fields({key: value for key, value in result.items() if key not in ('models', 'comparisons')})
    comparisons = block('[]', [written(each) for each in result['comparisons']])
    return block('{}', [*head, '"models": ' + block('{}', models), f'"comparisons": {comparisons}']) + '\\n'
`
