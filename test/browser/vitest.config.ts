// npm run test:browser: the page in a real browser, apart from the tests that need none.
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ['test/browser/*.test.ts'], testTimeout: 120_000 } }),
)
