// An experiment as a PyTorch program that stands alone: the same images, initial values and batches,
// from the same tables. Where torchrun starts it, its processes share the runs.
import { pythonLiteral } from '../../../layers/python-literal.ts'
import {
  type Experiment,
  modelsOf,
  permutationSeed,
  seedOf,
  watchedImages,
} from '../../../training/experiment.ts'
import { hiddenSize, type Model, modelNamed } from '../../../training/models.ts'
import {
  COLLAPSED,
  type Design,
  theoreticalR2,
  theoryTolerance,
} from '../../../training/statistics/experiment-study.ts'
import { type TrainingNetwork, trainingNetworks } from '../../../training/training-networks.ts'
import { attentionReport } from './attention.ts'
import { drawing, stream } from './data.ts'
import { layerClasses } from './layers.ts'
import { networkClass } from './network.ts'
import { running } from './running.ts'
import { saving } from './saving.ts'
import { statistics } from './statistics.ts'
import { trainingFunctions } from './training.ts'

/**
 * @param design the models and seeds that the program trains unless it is told others
 * @param version of convlab, which the file that the program saves names
 * @param digits the gzipped table of digits, where the experiment needs it
 */
export function renderExperimentTorch(
  design: Design,
  version: string,
  digits?: Uint8Array,
): string {
  const { experiment } = design
  const network = trainingNetworks[experiment.network]
  const kinds = new Set(modelsOf(experiment).map((name) => modelNamed(name).kind))
  return [
    opening(experiment),
    tables(design, network, version),
    stream,
    drawing[experiment.train.kind],
    layerClasses(kinds),
    networkClass(network),
    attentionReport,
    trainingFunctions(network),
    statistics,
    saving,
    ...(digits ? [vendored(digits)] : []),
    running,
  ].join('\n\n')
}

function opening({ name, title, network }: Experiment): string {
  const file = `${name}.py`
  const used = network === 'digits' ? 'import base64\nimport gzip\n' : ''
  return `\
# What "convlab experiment ${name}" trains, in PyTorch: ${title.en}.
# The images, initial values and batches are the same; so are the results, up to rounding.
#
#   python ${file}                                  one run after another
#   torchrun --nproc-per-node 4 ${file}             runs spread over processes, and over machines
#   python ${file} --seeds 20 --wider 2 --size ${2 * size(trainingNetworks[network])}   more seeds, wider networks, larger images
#
# What --save FILE wrote, "convlab experiment ${name} --resume FILE" shows.
import argparse
${used}import json
import math
import os
import sys
from datetime import timedelta
from decimal import Decimal

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
`
}

function size({ input: [, rows] }: TrainingNetwork): number {
  return rows
}

/** The experiment's tables, and its network's. */
function tables(design: Design, network: TrainingNetwork, version: string): string {
  const { experiment, models, seeds } = design
  const { input, widths, after, padding, classes, metric, margin, images, training } = network
  const percent = metric === 'accuracy'
  const constants = {
    CONVLAB: version,
    NAME: experiment.name,
    METRIC: metric,
    SCALE: percent ? 100 : 1, // shown in percent
    DECIMALS: percent ? 2 : 4,
    MARGIN: margin,
    COLLAPSED: classes === undefined ? 0 : COLLAPSED / classes, // accuracy below that is none
    CUE: experiment.cue ?? false,
    PERMUTATION: permutationSeed,
    WATCHED: watchedImages,
    TOLERANCE: theoryTolerance,
    COUNTS: images,
    CHANNELS: input[0],
    SIZE: size(network),
    WIDTHS: widths,
    AFTER: after.map(({ relu, pooling }) => [
      ...(relu ? ['relu'] : []),
      ...(pooling === 'none' ? [] : [pooling]),
    ]),
    PADDING: padding,
    ...(classes !== undefined && { CLASSES: classes }),
    HIDDEN: hiddenSize,
    BATCH: training.batch,
    STEPS: training.steps,
    LEARNING_RATE: training.learningRate,
    SEEDS: seeds,
    TRAINED: models,
  }
  const known = modelsOf(experiment).map(modelNamed)
  return `\
${Object.entries(constants)
  .map(([name, value]) => `${name} = ${pythonLiteral(value)}`)
  .join('\n')}
MODELS = {
${known.map((model) => modelLine(model, experiment, network)).join('\n')}
}
TRAIN = ${pythonLiteral(options(experiment.train))}
TESTS = {  # what is drawn, and the stream that it is drawn from
${experiment.tests.map(({ name, data, offset }) => `    ${pythonLiteral(name)}: ('test', ${pythonLiteral(options(data))}, ${offset}),`).join('\n')}
}
QUESTIONS = [
${experiment.questions.map(({ id, title, a, b }) => `    ${pythonLiteral([id, title.en, a, b])},`).join('\n')}
]


def seed_of(seed, offset):
    """The generator seed of a stream: 1 images, 3 initial values, 4 shuffles."""
    return ${seedOf(0, 0)} * (seed + 1) + offset
`
}

function modelLine(model: Model, experiment: Experiment, { halving }: TrainingNetwork): string {
  const { name, title, kind, kernels, widths, halved, temperature, data = {} } = model
  const theory = theoreticalR2(experiment, model)
  const fields = {
    kind,
    kernels,
    widths: widths === 'base' ? {} : widths,
    start: halving && halved ? 0.5 : 1,
    temperature,
    data,
    ...(theory !== undefined && { theory }),
  }
  return `    # ${title.en}\n    ${pythonLiteral(name)}: ${pythonLiteral(fields)},`
}

/** What draw() is told of the data. */
function options({ kind: _, ...rest }: Experiment['train']): Readonly<Record<string, unknown>> {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [snake(name), value]))
}

const LINE = 100

function vendored(digits: Uint8Array): string {
  const lines = Buffer.from(digits)
    .toString('base64')
    .match(new RegExp(`.{1,${LINE}}`, 'g')) as string[]
  return `\
# E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
# Repository, https://doi.org/10.24432/C50P49, CC BY 4.0: 64 pixels and the digit, a line each.
DIGITS = '''
${lines.join('\n')}
'''
`
}
