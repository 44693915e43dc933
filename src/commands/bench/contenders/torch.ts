// PyTorch's side: the layer's own PyTorch program, then the same measuring as in JavaScript.
import { layers } from '../../../layers/index.ts'
import { planRun } from '../../../run/plan.ts'
import { renderTorch } from '../../../show/torch.ts'
import { sampling } from '../measure.ts'
import type { TimedPart } from '../part.ts'
import type { Request } from './contender.ts'

/** Defines `run` in Python; the output's convolution is the last that a layer calls. */
const preparations: Readonly<Record<TimedPart, string>> = {
  layer: `\
def run():
    return layer(x)
`,
  convolution: `\
conv2d = F.conv2d
def run():
    return conv2d(*arguments, **named)
def keep(*given, **by_name):
    global arguments, named
    arguments, named = given, by_name
    return run()
F.conv2d = keep
with torch.inference_mode():
    layer(x)
`,
}

/** A program that times the layer or its convolution and prints the answer as its last line. */
export function torchStart({ part, layer: name, given, threads, output }: Request): string {
  const layer = layers[name]
  const plan = planRun(layer, given)
  const { warmUp, sample, time, fewest, most } = sampling
  return `${renderTorch(plan, layer.torch(plan.config))}

import ctypes
import json
import math
import statistics
import time

torch.set_num_threads(${threads})
show = lambda name, value: value
clock = lambda: time.perf_counter() * 1e3
${preparations[part]}
with torch.inference_mode():
    result = run().contiguous()
    runs, start = 0, clock()
    while runs == 0 or clock() - start < ${warmUp}:
        run()
        runs += 1
    at_once = max(1, math.ceil(${sample} * runs / (clock() - start)))
    samples, begin = [], clock()
    while len(samples) < ${fewest} or (len(samples) < ${most} and clock() - begin < ${time}):
        before = clock()
        for _ in range(at_once):
            run()
        samples.append((clock() - before) / at_once)
with open(${JSON.stringify(output)}, 'wb') as file:
    file.write(ctypes.string_at(result.data_ptr(), 4 * result.numel()))
print(json.dumps({'time': statistics.median(samples)}))
`
}
