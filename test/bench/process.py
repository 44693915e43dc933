"""An image through nn.Conv2d, and what is to be known of the result: what `convlab static --input
FILE` is timed against."""

import sys

import numpy
import torch
from PIL import Image
from torch import nn

torch.manual_seed(0)
layer = nn.Conv2d(3, 16, 3, padding=1)
image = numpy.asarray(Image.open(sys.argv[1]).convert("RGB"))
x = torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255
with torch.inference_mode():
    y = layer(x)
print(list(y.shape))
print(*(value.item() for value in (y.min(), y.max(), y.mean(), y.std())))
