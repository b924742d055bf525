import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/cloud/**', 'test/faults/**'],
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts', 'workflows/**/*.ts', 'infra/local/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
