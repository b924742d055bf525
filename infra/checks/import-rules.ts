import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  /** Files of ours that were read. */
  readonly modules: readonly string[];
}

const repository = resolve(import.meta.dirname, '../..');
const configuration = '.dependency-cruiser.cjs';
const rooms = ['functions', 'workflows', 'infra', 'packages', 'test'] as const;

/**
 * A small tree, by path, with one violation of each rule; the key of each file that breaks a rule is the rule's name.
 * The other files are lawful: they are what the violations reach for.
 */
const planted: Readonly<Record<string, readonly [path: string, content: string]>> = {
  'domain-is-pure': ['functions/domain/reads-the-store.ts', "import '../store/lawful.ts';"],
  'domain-without-node': ['functions/domain/reads-a-file.ts', "import 'node:fs';"],
  'domain-without-aws': ['functions/domain/calls-aws.ts', "import '@aws-sdk/client-dynamodb';"],
  'platform-imports-libraries-only': [
    'functions/platform/reads-the-store.ts',
    "import '../store/lawful.ts';",
  ],
  'store-imports-domain-and-platform': [
    'functions/store/runs-a-task.ts',
    "import '../do-one-thing/handler.ts';",
  ],
  'commands-import-domain-store-platform': [
    'functions/commands/runs-a-task.ts',
    "import '../do-one-thing/handler.ts';",
  ],
  'contracts-import-domain-types': [
    'workflows/tasks.ts',
    "import type { Lawful } from '../functions/store/lawful.ts';\nexport type Contract = Lawful;",
  ],
  'task-imports-no-other-task': [
    'functions/do-another-thing/handler.ts',
    "import '../do-one-thing/handler.ts';",
  ],
  'task-imports-shared-rooms-and-its-contract': [
    'functions/do-a-third-thing/handler.ts',
    "import '../../infra/local/lawful.ts';",
  ],
  'web-imports-no-task': ['functions/web/runs-a-task.ts', "import '../do-one-thing/handler.ts';"],
  'constructs-know-contracts-only': [
    'infra/constructs/reads-the-store.ts',
    "import '../../functions/store/lawful.ts';",
  ],
  'product-never-imports-tests': ['infra/local/reads-a-test.ts', "import '../../test/lawful.ts';"],
  'packages-import-nothing-of-ours': [
    'packages/one-thing/src/reads-the-runtime.ts',
    "import '../../../infra/local/lawful.ts';",
  ],
  'no-cycles': ['functions/domain/cycle.ts', "import './other-half.ts';"],
  'no-unresolvable': ['functions/domain/reads-nothing.ts', "import './not-there.ts';"],
  'functions-use-production-dependencies': [
    'functions/platform/uses-a-test-library.ts',
    "import 'fast-check';",
  ],
};
const lawful: readonly (readonly [path: string, content: string])[] = [
  ['functions/domain/lawful.ts', 'export type Lawful = string;'],
  ['functions/domain/other-half.ts', "import './cycle.ts';"],
  [
    'functions/platform/lawful.ts',
    "import type { Lawful } from '../domain/lawful.ts';\nexport type P = Lawful;",
  ],
  [
    'functions/store/lawful.ts',
    "import '../platform/lawful.ts';\nimport '@aws-sdk/lib-dynamodb';\nexport type { Lawful } from '../domain/lawful.ts';",
  ],
  ['functions/commands/lawful.ts', "import '../store/lawful.ts';\nimport '../domain/lawful.ts';"],
  ['functions/do-one-thing/handler.ts', "import '../store/lawful.ts';\nimport '../commands/lawful.ts';"],
  ['functions/web/lawful.ts', "import '../commands/lawful.ts';\nimport 'hono';"],
  ['packages/one-thing/src/lawful.ts', "import 'node:fs';\nimport 'zod';"],
  ['packages/one-thing/test/lawful.ts', "import '../src/lawful.ts';\nimport 'fast-check';"],
  [
    'infra/local/lawful.ts',
    "import '../../functions/do-one-thing/handler.ts';\nimport '../../packages/one-thing/src/lawful.ts';",
  ],
  [
    'infra/constructs/lawful.ts',
    "import '../../workflows/tasks.ts';\nimport '../../functions/store/keys.ts';",
  ],
  ['functions/store/keys.ts', "import '../domain/lawful.ts';"],
  ['test/lawful.ts', "import '../functions/web/lawful.ts';\nimport 'fast-check';"],
];

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })),
  }),
});

/** Reads every import of the rooms below a folder and holds it against the rules of that folder. */
async function cruise(folder: string): Promise<Findings> {
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '--config', configuration, '--output-type', 'json', ...rooms],
    { cwd: folder, maxBuffer: 2 ** 28 },
  );
  const { modules, summary } = report.parse(JSON.parse(stdout));
  return {
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    modules: modules
      .map(({ source }) => source)
      .filter((source) => rooms.some((room) => source.startsWith(`${room}/`))),
  };
}

/** What is wrong with the imports of the repository; nothing when all is well. */
export async function problemsOf(folder: string = repository): Promise<readonly string[]> {
  const { violations, modules } = await cruise(folder);
  // A tool that cannot read our files finds nothing wrong with them.
  const unread = rooms.filter((room) => !modules.some((module) => module.startsWith(`${room}/`)));
  return [
    ...unread.map((room) => `no module of ${room}/ was read`),
    ...violations.map(({ rule, from, to }) => `${rule}: ${from} imports ${to}`),
  ];
}

const rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

function ruleNames(): readonly string[] {
  const read: unknown = createRequire(import.meta.url)(join(repository, configuration));
  return rules.parse(read).forbidden.map(({ name }) => name);
}

/**
 * Tries every rule on a small tree of its own, outside the repository, that is removed again: says which rules miss
 * the violation planted for them, which have none planted, and which find fault with lawful imports.
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
    plant(folder);
    const { violations } = await cruise(folder);
    return [...missed(violations), ...falseAlarms(violations)];
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    remove();
  }
}

function plant(folder: string): void {
  for (const name of [configuration, 'package.json', 'tsconfig.json']) {
    copyFileSync(join(repository, name), join(folder, name));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, content] of [...Object.values(planted), ...lawful]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), `${content}\n`);
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
  const guilty = new Set([...Object.values(planted).map(([path]) => path), 'functions/domain/other-half.ts']);
  return violations
    .filter(({ from }) => !guilty.has(from))
    .map(({ rule, from, to }) => `${rule}: finds fault with ${from}, which may import ${to}`);
}

if (import.meta.main) {
  const [problems, untrustworthy] = [await problemsOf(), await untrustworthyRules()];
  for (const line of [...problems, ...untrustworthy]) process.stderr.write(`${line}\n`);
  if (problems.length + untrustworthy.length > 0) process.exitCode = 1;
  else
    process.stdout.write(`Import rules: no violation; all ${ruleNames().length} rules find a planted one\n`);
}
