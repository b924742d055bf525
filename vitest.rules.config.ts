import { defineConfig } from 'vitest/config';

/** The lines that tests reach cost half of a run again: counted where each rule has tests of its own. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    maxWorkers: 2,
    isolate: false,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['functions/domain/{classification,questionnaire,waves}/**/*.ts', 'packages/*/src/**/*.ts'],
      reporter: ['text-summary'],
      reportsDirectory: 'coverage/rules',
      thresholds: { lines: 93, statements: 91, functions: 90, branches: 84 },
    },
  },
});
