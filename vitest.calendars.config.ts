import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/calendars/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    // The first run installs the reader.
    hookTimeout: 180_000,
  },
});
