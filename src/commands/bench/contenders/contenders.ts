// Who is timed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { timedParts } from '../part.ts'
import type { Contender } from './contender.ts'
import { torchStart } from './torch.ts'

const peers = {
  en: 'npm install in test/bench/peers, or beside your own project',
  zh: '在 test/bench/peers 或自己的项目里 npm install',
}

/** A package of npm, found where it is installed. */
function packaged(name: string, packages: readonly string[]): Contender {
  return {
    name,
    install: {
      en: `npm install ${packages.join(' ')} (${peers.en})`,
      zh: `npm install ${packages.join(' ')}（${peers.zh}）`,
    },
    parts: ['layer'],
    async find({ runner, homes, node }) {
      const home = homes.find((folder) =>
        packages.every((each) => existsSync(join(folder, 'node_modules', each, 'package.json'))),
      )
      if (home === undefined) return undefined
      return (request) => ({
        command: [node, runner, JSON.stringify({ ...request, home })],
      })
    },
  }
}

export const contenders: readonly Contender[] = [
  {
    name: 'convlab',
    install: { en: 'you have it', zh: '已经有了' },
    parts: timedParts,
    async find({ runner, node }) {
      return (request) => ({ command: [node, runner, JSON.stringify(request)] })
    },
  },
  {
    name: 'torch',
    install: {
      en: 'pip install torch, and name that Python by --python',
      zh: 'pip install torch，并用 --python 指定这个 Python',
    },
    parts: timedParts,
    async find({ python }) {
      if (spawnSync(python, ['-c', 'import torch']).status !== 0) return undefined
      return (request) => ({ command: [python, '-'], input: torchStart(request) })
    },
  },
  packaged('onnxruntime-node', ['onnxruntime-node']),
  packaged('onnxruntime-web', ['onnxruntime-web']),
  packaged('tfjs', ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm']),
]

export const contenderNames = contenders.map(({ name }) => name)
