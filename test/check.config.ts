// npm run check: what takes long and few changes can break. The whole course and every claim, runs
// against PyTorch's on the large images, long loops of kills, and properties tried more often.
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../vitest.config.ts'

const properties = ['tensor/engine/engine', 'tensor/engine/threads', 'show/float32']

export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: {
      include: [
        'test/**/*.check.ts',
        'test/claims/*.test.ts',
        ...properties.map((file) => `test/${file}.test.ts`),
      ],
      env: { CONVLAB_THOROUGH: '1' },
    },
  }),
)
