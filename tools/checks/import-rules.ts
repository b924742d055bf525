import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

/** One import that a rule forbids. */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

interface Findings {
  readonly violations: readonly Violation[];
  /** Number of our own files read. */
  readonly modules: readonly string[];
}

const repository = resolve(import.meta.dirname, '../..');
const configuration = '.dependency-cruiser.cjs';

/** Folders whose imports are read, with the minimum number of modules in each: an empty pattern would find no violations. */
const expectedModules = {
  functions: 220,
  workflows: 2,
  infra: 60,
  tools: 44,
  packages: 80,
  test: 180,
} as const;
type Expected = Partial<Readonly<Record<keyof typeof expectedModules, number>>>;
const folders = Object.keys(expectedModules);

type Planted = readonly [path: string, content: string];

/**
 * A small file tree with one violation of each rule; a violating file is keyed by the name of its rule. The other files
 * are valid: they are the targets of the forbidden imports.
 */
const planted: Readonly<Record<string, Planted>> = {
  'domain-imports-allowed-folders-only': [
    'functions/domain/reads-the-store.ts',
    "import '../store/lawful.ts';",
  ],
  'platform-imports-allowed-folders-only': [
    'functions/platform/reads-the-store.ts',
    "import '../store/lawful.ts';",
  ],
  'store-imports-allowed-folders-only': [
    'functions/store/runs-a-task.ts',
    "import '../tasks/do-one-thing/handler.ts';",
  ],
  'application-imports-allowed-folders-only': [
    'functions/application/runs-a-task.ts',
    "import '../tasks/do-one-thing/handler.ts';",
  ],
  'tasks-imports-allowed-folders-only': [
    'functions/tasks/do-another-thing/handler.ts',
    "import '../do-one-thing/handler.ts';",
  ],
  'jobs-imports-allowed-folders-only': [
    'functions/jobs/tidy-up/handler.ts',
    "import '../../tasks/do-one-thing/handler.ts';",
  ],
  'web-imports-allowed-folders-only': [
    'functions/web/runs-a-task.ts',
    "import '../tasks/do-one-thing/handler.ts';",
  ],
  'workflows-imports-allowed-folders-only': [
    'workflows/reads-the-store.ts',
    "import type { Lawful } from '../functions/store/lawful.ts';\nexport type Contract = Lawful;",
  ],
  'packages-imports-allowed-folders-only': [
    'packages/an-engine/src/reads-the-domain.ts',
    "import '../../../functions/domain/lawful.ts';",
  ],
  'infra-aws-imports-allowed-folders-only': [
    'infra/aws/constructs/reads-the-store.ts',
    "import '../../../functions/store/lawful.ts';",
  ],
  'infra-local-imports-allowed-folders-only': [
    'infra/local/reads-a-test.ts',
    "import '../../test/support/lawful.ts';",
  ],
  'tools-imports-allowed-folders-only': ['tools/reads-a-test.ts', "import '../test/web/lawful.ts';"],
  'no-file-outside-the-known-folders': [
    'functions/a-folder-no-one-knows/handler.ts',
    "import '../domain/lawful.ts';",
  ],
  'domain-without-node': ['functions/domain/reads-a-file.ts', "import 'node:fs';"],
  'domain-without-aws': ['functions/domain/calls-aws.ts', "import '@aws-sdk/client-dynamodb';"],
  'no-cycles': ['functions/domain/cycle.ts', "import './other-half.ts';"],
  'no-folder-cycles': ['functions/domain/waves', ''],
  'no-unresolvable': ['functions/domain/reads-nothing.ts', "import './not-there.ts';"],
  'functions-use-production-dependencies': [
    'functions/platform/uses-a-test-library.ts',
    "import 'fast-check';",
  ],
};
/** The second halves of the planted cycles. */
const halves: readonly Planted[] = [
  ['functions/domain/other-half.ts', "import './cycle.ts';"],
  ['functions/domain/intake/needs-waves.ts', "import '../waves/lawful.ts';"],
];
const lawful: readonly Planted[] = [
  ['functions/domain/lawful.ts', 'export type Lawful = string;'],
  ['functions/domain/waves/needs-intake.ts', "import '../intake/lawful.ts';"],
  ['functions/domain/waves/lawful.ts', 'export {};'],
  ['functions/domain/intake/lawful.ts', 'export {};'],
  [
    'functions/platform/lawful.ts',
    "import type { Lawful } from '../domain/lawful.ts';\nexport type P = Lawful;",
  ],
  [
    'functions/store/lawful.ts',
    "import '../platform/lawful.ts';\nimport '@aws-sdk/lib-dynamodb';\nexport type { Lawful } from '../domain/lawful.ts';",
  ],
  ['functions/application/lawful.ts', "import '../store/lawful.ts';\nimport '../domain/lawful.ts';"],
  [
    'functions/tasks/do-one-thing/handler.ts',
    "import '../../store/lawful.ts';\nimport '../../application/lawful.ts';\nimport './own.ts';",
  ],
  ['functions/tasks/do-one-thing/own.ts', 'export {};'],
  ['functions/jobs/look-around/handler.ts', "import '../../application/lawful.ts';"],
  ['functions/web/lawful.ts', "import '../application/lawful.ts';\nimport 'hono';"],
  ['packages/an-engine/src/lawful.ts', "import 'zod';"],
  ['packages/an-engine/test/lawful.ts', "import '../src/lawful.ts';\nimport 'fast-check';"],
  [
    'infra/local/lawful.ts',
    "import '../../functions/tasks/do-one-thing/handler.ts';\nimport '../../packages/an-engine/src/lawful.ts';",
  ],
  [
    'infra/aws/constructs/lawful.ts',
    "import '../../../workflows/tasks.ts';\nimport '../../../functions/store/keys.ts';",
  ],
  ['functions/store/keys.ts', "import '../domain/lawful.ts';"],
  ['workflows/tasks.ts', "import '../functions/domain/lawful.ts';"],
  [
    'tools/lawful.ts',
    "import '../infra/local/lawful.ts';\nimport '../test/support/lawful.ts';\nimport 'fast-check';",
  ],
  ['test/support/lawful.ts', "import '../../functions/web/lawful.ts';\nimport 'fast-check';"],
  ['test/web/lawful.ts', "import '../support/lawful.ts';"],
];

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })),
  }),
});

/** Checks every import below a folder against the rules. */
async function cruise(folder: string): Promise<Findings> {
  const read = folders.filter((name) => existsSync(join(folder, name)));
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '--config', configuration, '--output-type', 'json', ...read],
    { cwd: folder, maxBuffer: 2 ** 28 },
  );
  const { modules, summary } = report.parse(JSON.parse(stdout));
  return {
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    modules: modules
      .map(({ source }) => source)
      .filter((source) => read.some((name) => source.startsWith(`${name}/`))),
  };
}

/**
 * The import violations of the repository or of another folder. Each folder must have the expected number of modules,
 * because a tool that cannot read our files would report no violations.
 */
export async function problemsOf(
  folder: string = repository,
  expected: Expected = expectedModules,
): Promise<readonly string[]> {
  const { violations, modules } = await cruise(folder);
  const unread = Object.entries(expected).flatMap(([name, least]) => {
    const count = modules.filter((module) => module.startsWith(`${name}/`)).length;
    if (count === 0) return [`no module of ${name}/ was read`];
    return count < least ? [`only ${count} modules of ${name}/ were read, not ${least} or more`] : [];
  });
  return [...unread, ...violations.map(({ rule, from, to }) => `${rule}: ${from} imports ${to}`)];
}

const rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

function ruleNames(): readonly string[] {
  const read: unknown = createRequire(import.meta.url)(join(repository, configuration));
  return rules.parse(read).forbidden.map(({ name }) => name);
}

/**
 * Tests every rule on a temporary file tree outside the repository: reports rules that miss their planted violation, rules
 * without one, and rules that reject valid imports.
 */
export async function untrustworthyRules(): Promise<readonly string[]> {
  let folder: string | undefined;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const leave = () => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  // Only now: an interruption in between would leave the folder behind.
  try {
    folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
    prepare(folder);
    plant(folder, lawful);
    const alarms = falseAlarms((await cruise(folder)).violations);
    plant(folder, [...Object.values(planted), ...halves]);
    return [...alarms, ...missed((await cruise(folder)).violations)];
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    remove();
  }
}

function prepare(folder: string): void {
  for (const name of [configuration, 'package.json', 'tsconfig.json']) {
    copyFileSync(join(repository, name), join(folder, name));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
}

function plant(folder: string, files: readonly Planted[]): void {
  for (const [path, content] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    if (path.endsWith('.ts')) writeFileSync(join(folder, path), `${content}\n`);
  }
}

function missed(violations: readonly Violation[]): readonly string[] {
  return ruleNames().flatMap((rule) => {
    const path = planted[rule]?.[0];
    if (path === undefined) return [`${rule}: no violation is planted for this rule; add one`];
    const found = violations.some((violation) => violation.rule === rule && violation.from === path);
    return found ? [] : [`${rule}: missed the violation planted in ${path}`];
  });
}

function falseAlarms(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ rule, from, to }) => `${rule}: finds fault with ${from}, which may import ${to}`);
}

if (import.meta.main) {
  const [problems, untrustworthy] = [await problemsOf(), await untrustworthyRules()];
  for (const line of [...problems, ...untrustworthy]) process.stderr.write(`${line}\n`);
  if (problems.length + untrustworthy.length > 0) process.exitCode = 1;
  else
    process.stdout.write(`Import rules: no violation; all ${ruleNames().length} rules find a planted one\n`);
}
