// Reading options, and spreading runs over processes, in Python.

export const running = `\
def seeds_of(text):
    """10 is the first ten; 0,3,7 a list; 10-19 a range."""
    if '-' in text:
        first, last = text.split('-')
        return list(range(int(first), int(last) + 1))
    seeds = [int(seed) for seed in text.split(',') if seed] if ',' in text else range(int(text))
    return list(dict.fromkeys(seeds))  # each once


def read_options():
    parser = argparse.ArgumentParser(description=f'convlab experiment {NAME}, in PyTorch')
    parser.add_argument('--seeds', type=seeds_of, default=SEEDS, help='10, or 0,3,7, or 10-19')
    parser.add_argument('--models', nargs='+', choices=MODELS, default=TRAINED, metavar='MODEL',
                        help=' '.join(MODELS))
    parser.add_argument('--wider', type=int, default=1, help='times as many channels everywhere')
    parser.add_argument('--size', type=int, default=SIZE, help=f'rows and columns of an image: a multiple of {SIZE}')
    parser.add_argument('--steps', type=int, default=STEPS, help='batches to train on')
    parser.add_argument('--threads', type=int, default=1, help='of every process')
    parser.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
    parser.add_argument('--save', metavar='FILE', help='write all figures as JSON, which convlab experiment --resume reads')
    options = parser.parse_args()
    options.models = [name for name in MODELS if name in options.models]
    if options.size < SIZE or options.size % SIZE:
        parser.error(f'--size {options.size}: expected a multiple of {SIZE}')
    if options.wider < 1 or options.steps < 1 or not options.seeds:
        parser.error('--wider, --steps and --seeds: expected at least 1')
    return options


def join(options):
    """This process's number, how many there are, and its device."""
    world = int(os.environ.get('WORLD_SIZE', 1))
    here, local = int(os.environ.get('LOCAL_WORLD_SIZE', 1)), int(os.environ.get('LOCAL_RANK', 0))
    gpus = torch.cuda.device_count() if options.device == 'cuda' else 0
    if gpus:
        options.device = f'cuda:{local % gpus}'
        torch.cuda.set_device(options.device)
    if world > 1:  # the first to finish waits for the last
        dist.init_process_group('nccl' if gpus >= here else 'gloo', timeout=timedelta(days=30))
    return int(os.environ.get('RANK', 0)), world


def share_out(options, world):
    """Runs for every process: the most work first, each to whoever has the least."""
    layers = {name: layers_of(MODELS[name], options.wider, options.size) for name in options.models}
    work = {name: cost_of(MODELS[name], layers[name], options.size)['multiplyAdds'] for name in layers}
    shares = [[] for _ in range(world)]
    for seed in options.seeds:
        for name in sorted(work, key=work.get, reverse=True):
            min(shares, key=lambda share: sum(work[name] for _, name in share)).append((seed, name))
    return shares


def placed(images, options):
    """Inputs and targets where the network is; what is known of each image stays here."""
    x, targets, known = images
    return x.to(options.device), targets.to(options.device), known


def main():
    options = read_options()
    torch.set_num_threads(options.threads)
    rank, world = join(options)
    results, kept = {}, (None, None)
    for seed, name in share_out(options, world)[rank]:
        change = MODELS[name]['data']
        if kept[0] != (seed, change):  # models of a seed share their images
            sets = {**TESTS, 'train': ('train', TRAIN, 1)}  # in this order they are measured
            kept = (seed, change), {
                key: placed(draw(part, seed_of(seed, offset), options.size, **{**data, **change}), options)
                for key, (part, data, offset) in sets.items()
            }
        results[name, seed] = train(name, seed, kept[1], options)
        print(f"{name} seed {seed}: {results[name, seed]['metrics']['test']:.4f}", file=sys.stderr)
    if world > 1:
        parts = [None] * world
        dist.all_gather_object(parts, results)
        dist.destroy_process_group()
        results = {job: run for part in parts for job, run in part.items()}
    if rank == 0:
        runs = {name: {seed: results[name, seed] for seed in options.seeds} for name in options.models}
        result = study(runs, options)
        show(result)
        if options.save:
            with open(options.save, 'w', encoding='utf-8', newline='\\n') as file:
                file.write(document(result))


if __name__ == '__main__':
    main()
`
