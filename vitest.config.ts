import { defineConfig } from 'vitest/config';

/** What is waited for comes late on a busy machine. */
const PATIENCE = { expect: { poll: { timeout: 15_000 } } };

/** One project for each tier that needs neither VS Code nor Python; `npm run test:unit` runs one alone. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...PATIENCE, name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          ...PATIENCE,
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000 } },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: { name: 'webviews', include: ['test/webviews/**/*.test.tsx'], environment: 'happy-dom' },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...PATIENCE,
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
      { test: { name: 'soak', include: ['test/soak/**/*.test.ts'], testTimeout: 5_400_000 } },
    ],
  },
});
