import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts', 'test/browser/require-chromium.ts'],
    expect: { requireAssertions: true },
    // A journey is some fifty pages; each file has a browser and a system of its own.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Modules are read once for all files of a worker.
    isolate: false,
  },
});
