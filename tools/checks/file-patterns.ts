import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { deployedFolders } from '../../infra/aws/onboarding-stack.ts';

/** File patterns of a check or a test run, with the minimum number of files they must find. */
export interface FilePatterns {
  readonly what: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[] | undefined;
  readonly least: number;
}

const repository = resolve(import.meta.dirname, '../..');

const texts = z.array(z.string());
const ofVitest = z.object({
  include: texts.optional(),
  exclude: texts.optional(),
  coverage: z.object({ include: texts }).optional(),
  projects: z
    .array(z.object({ test: z.object({ name: z.string(), include: texts, exclude: texts.optional() }) }))
    .optional(),
});
const configuration = z.object({ default: z.object({ test: ofVitest }) });

/** The file patterns of a vitest configuration, by project name. */
async function vitestPatterns(
  file: string,
  least: Readonly<Record<string, number>>,
): Promise<FilePatterns[]> {
  const { test } = configuration.parse(await import(resolve(repository, file))).default;
  const { include = [], exclude = [], coverage, projects } = test;
  const found = [
    ...(projects?.map((project) => project.test) ?? [{ name: 'tests', include, exclude }]),
    ...(coverage === undefined ? [] : [{ name: 'coverage', include: coverage.include }]),
  ];
  return found.map(({ name, ...patterns }) => ({
    what: `${file}: ${name}`,
    ...patterns,
    // A project without an expected number fails, because it is expected to find an impossible number.
    least: least[name] ?? Number.POSITIVE_INFINITY,
  }));
}

const knip = z.object({
  workspaces: z.record(z.string(), z.object({ entry: texts, project: texts })),
});

function knipPatterns(least: Readonly<Record<string, number>>): FilePatterns[] {
  const { workspaces } = knip.parse(JSON.parse(readFileSync(resolve(repository, 'knip.json'), 'utf8')));
  return Object.entries(workspaces)
    .flatMap(([folder, { entry, project }]) =>
      [...entry, ...project].map((pattern) => (folder === '.' ? pattern : `${folder}/${pattern}`)),
    )
    .map((pattern) => ({ what: `knip.json: ${pattern}`, include: [pattern], least: least[pattern] ?? 1 }));
}

/** All file patterns of the repository with their minimum. Raise a number when files are added; never lower it. */
async function expectedPatterns(): Promise<FilePatterns[]> {
  return [
    ...(await vitestPatterns('vitest.config.ts', { system: 117, stack: 6, coverage: 290 })),
    ...(await vitestPatterns('vitest.browser.config.ts', { tests: 6 })),
    ...(await vitestPatterns('vitest.calendars.config.ts', { tests: 1 })),
    ...(await vitestPatterns('vitest.cloud.config.ts', { tests: 6 })),
    ...(await vitestPatterns('vitest.faults.config.ts', { tests: 1 })),
    ...(await vitestPatterns('vitest.rules.config.ts', { tests: 60, coverage: 80 })),
    ...knipPatterns({
      'functions/tasks/*/handler.ts': 13,
      'functions/jobs/*/handler.ts': 7,
      'functions/**/*.ts': 240,
      'workflows/**/*.ts': 2,
      'infra/**/*.ts': 60,
      'tools/**/*.ts': 40,
      'test/**/*.ts': 190,
      'test/**/*.test.ts': 120,
      'packages/*/src/**/*.ts': 50,
      'packages/*/test/**/*.ts': 30,
      'packages/*/test/**/*.test.ts': 10,
    }),
    {
      what: 'bundles: the code of deployed functions',
      include: deployedFolders.map(
        (name) => `functions/{tasks/${name}/handler,jobs/${name}/handler,${name}/lambda}.ts`,
      ),
      least: 21,
    },
    { what: 'templates: configurations of stages', include: ['infra/aws/config/{dev,prod}.ts'], least: 2 },
    { what: 'workflow files', include: ['workflows/*.asl.json'], least: 1 },
  ];
}

/** One sentence for each pattern that finds fewer files than expected. */
export function tooFew(patterns: readonly FilePatterns[], root = repository): readonly string[] {
  return patterns.flatMap(({ what, include, exclude = [], least }) => {
    const found = globSync([...include], { cwd: root, exclude: ['**/node_modules/**', ...exclude] }).length;
    return found < least ? [`${what} finds ${found} files, not ${least} or more`] : [];
  });
}

if (import.meta.main) {
  const patterns = await expectedPatterns();
  const problems = tooFew(patterns);
  for (const line of problems) process.stderr.write(`${line}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else process.stdout.write(`File patterns: all ${patterns.length} find the expected number of files\n`);
}
