// PyTorch's side: the layer's own PyTorch program, then the same measuring as in JavaScript.
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import { renderTorch } from '../../render/torch.ts'
import { planRun } from '../../trace/plan.ts'
import type { Request } from './contender.ts'

/** A program that times the layer and prints the answer as its last line. */
export function torchStart({ layer: name, given, threads, output }: Request): string {
  const layer = layers[name] as Layer
  const plan = planRun(layer, given)
  return `${renderTorch(plan, layer.torch(plan.config))}

import ctypes
import json
import math
import statistics
import time

torch.set_num_threads(${threads})
show = lambda name, value: value
clock = lambda: time.perf_counter() * 1e3
with torch.inference_mode():
    result = layer(x).contiguous()
    runs, start = 0, clock()
    while runs == 0 or clock() - start < 150:
        layer(x)
        runs += 1
    at_once = max(1, math.ceil(2 * runs / (clock() - start)))
    samples, begin = [], clock()
    while len(samples) < 5 or (len(samples) < 51 and clock() - begin < 400):
        before = clock()
        for _ in range(at_once):
            layer(x)
        samples.append((clock() - before) / at_once)
with open(${JSON.stringify(output)}, 'wb') as file:
    file.write(ctypes.string_at(result.data_ptr(), 4 * result.numel()))
print(json.dumps({'time': statistics.median(samples)}))
`
}
