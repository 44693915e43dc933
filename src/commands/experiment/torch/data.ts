// An experiment's images in Python: drawn from torch's own stream, so they are the same bits.
import type { Data } from '../../../training/experiment.ts'

/** What every kind of image is drawn with. */
export const stream = `\
class Stream:
    """torch.rand's float32 numbers as float64: sums and products round only where they are stored."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def units(self, *shape):
        return torch.rand(shape, generator=self.generator, dtype=torch.float32).double()

    def shuffled(self, n):
        """The numbers 0 to n - 1 in random order: Fisher-Yates from the end."""
        order = list(range(n))
        for i, u in zip(range(n - 1, 0, -1), self.units(n - 1).tolist()):
            j = int(u * (i + 1))
            order[i], order[j] = order[j], order[i]
        return order
`

const glyphs = `\
BITMAPS = torch.tensor([[[int(bit) for bit in row] for row in rows.split('/')] for rows in [
    '11111/00100/00100/00100/00100',  # T
    '10000/10000/10000/10000/11111',  # L
    '00100/00100/11111/00100/00100',  # +
    '10001/01010/00100/01010/10001',  # X
    '11111/00010/00100/01000/10000',  # 7
    '00000/10001/10001/10001/01110',  # U
    '10001/10001/01010/01010/00100',  # V
    '00000/01110/01110/01110/00000',  # B
]])


def draw(part, seed, size, scales, rotated=False, inverted=False, centred=False, zero_mean=False):
    """Glyphs on noise, (count, 1, size, size), their classes (count), and what else varies."""
    count = COUNTS[part]
    u = Stream(seed).units(count, 6 + size * size)
    images = (0.5 * (2 * u[:, 6:] - 1)).view(count, 1, size, size)
    labels = (8 * u[:, 0]).long()
    for n, (_, which, turns, polarity, top, left) in enumerate(u[:, :6].tolist()):
        glyph = torch.rot90(BITMAPS[labels[n]], int(4 * turns) if rotated else 0)
        block = scales[int(len(scales) * which)] * (size // SIZE)
        ink = -1 if inverted and polarity >= 0.5 else 1
        side = 5 * block
        room = size - side
        y, x = [room // 2 if centred else int(place * (room + 1)) for place in (top, left)]
        stamp = glyph.repeat_interleave(block, 0).repeat_interleave(block, 1)
        images[n, 0, y:y + side, x:x + side] += ink * stamp
    if zero_mean:
        images -= images.mean((1, 2, 3), keepdim=True)
    known = {'scale': (len(scales) * u[:, 1]).long(), 'turns': (4 * u[:, 2]).long(), 'polarity': (u[:, 3] >= 0.5).long()}
    return images.float(), labels, {'class': labels, **known}
`

const digits = `\
def draw(part, seed, size, rotated=False, inverted=False):
    """Digits, (count, 1, size, size), their classes (count), and what else varies."""
    lines = gzip.decompress(base64.b64decode(DIGITS)).decode().split()
    table = torch.tensor([[int(value) for value in line.split(',')] for line in lines])
    stream = Stream(seed)
    table = table[stream.shuffled(len(table))]
    images = (table[:, :64] / 16).view(-1, 8, 8)
    units = stream.units(len(table), 2)
    for n, (polarity, turns) in enumerate(units.tolist()):
        image = 1 - images[n] if inverted and polarity >= 0.5 else images[n]
        images[n] = torch.rot90(image, int(4 * turns) if rotated else 0)
    images = images.repeat_interleave(size // SIZE, 1).repeat_interleave(size // SIZE, 2)
    count = COUNTS['train']
    chosen = slice(count) if part == 'train' else slice(count, None)
    known = {'turns': (4 * units[chosen, 1]).long(), 'polarity': (units[chosen, 0] >= 0.5).long()}
    return images[chosen, None].float(), table[chosen, 64], {'class': table[chosen, 64], **known}
`

const filter = `\
FILTERS = torch.tensor([
    [-1, 0, 1, -2, 0, 2, -1, 0, 1],    # Sobel x
    [-1, -2, -1, 0, 0, 0, 1, 2, 1],    # Sobel y
    [0, -1, 0, -1, 4, -1, 0, -1, 0],   # Laplacian
    [1, 1, 1, 1, 1, 1, 1, 1, 1],       # box
], dtype=torch.float64)
FILTERS = (FILTERS / (FILTERS ** 2).sum(1, keepdim=True).sqrt()).float().double()


def draw(part, seed, size, cue):
    """Noise beside the cue, (count, 2, size, size), the noise filtered as the cue says, and the cue."""
    count = COUNTS[part]
    u = Stream(seed).units(count, 1 + size * size)
    which = (4 * u[:, 0]).long()
    noise = (2 * u[:, 1:] - 1).view(count, size, size)
    told = (which - 1.5) / 1.5 if cue else torch.zeros(count, dtype=torch.float64)
    plane = told.view(-1, 1, 1).expand_as(noise)
    targets = torch.zeros(count, size - 2, size - 2, dtype=torch.float64)
    for tap in range(9):  # in this order: a convolution would round otherwise
        i, j = divmod(tap, 3)
        window = noise[:, i:i + size - 2, j:j + size - 2]
        targets += FILTERS[which, tap].view(-1, 1, 1) * window
    return torch.stack([noise, plane], 1).float(), targets[:, None].float(), {'class': which, 'filter': which}
`

/** A function draw(part, seed, size, ...) for each kind: inputs, targets, and what is known of each image. */
export const drawing: Readonly<Record<Data['kind'], string>> = { glyphs, digits, filter }
