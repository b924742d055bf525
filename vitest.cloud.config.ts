import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/cloud/**/*.test.ts', 'test/store/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts', 'test/cloud/setup.ts'],
    setupFiles: ['test/cloud/settings.ts'],
    expect: { requireAssertions: true },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
