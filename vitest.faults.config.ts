import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    expect: { requireAssertions: true },
    testTimeout: 1_200_000,
  },
});
