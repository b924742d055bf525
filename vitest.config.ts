import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const elsewhere = ['test/browser/**', 'test/calendars/**', 'test/cloud/**', 'test/faults/**'];
/** These files share a project because they all read the CDK, which takes seconds: each of its workers reads it once. */
const stack = 'test/infra/aws/stack/**/*.test.ts';

// For the workers, and for the processes that tests start: half the time of a short one goes into compiling its modules.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  test: {
    globalSetup: ['test/temporary-folder.ts'],
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Modules are read once for all files of a worker: a third of the time went into reading them again.
        test: {
          name: 'system',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: [...elsewhere, stack],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: [stack],
          setupFiles: ['test/infra/aws/stack/remove-assemblies.ts'],
          isolate: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts', 'workflows/**/*.ts', 'infra/local/**/*.ts', 'packages/*/src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 92, statements: 90, functions: 93, branches: 83 },
    },
  },
});
