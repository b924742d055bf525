import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';

/** The stack binds a function whose code is not there. */
export class MissingFunctionError extends Error {
  override readonly name = 'MissingFunctionError';
}

/** What the functions that need it read from beside their code: settings may hold 4 kB in all. */
export const platformFile = 'platform-configuration.json';

const functionsFolder = resolve(import.meta.dirname, '../../functions');
/** Where the code of a function may begin, by its name. */
const entryFiles = ['tasks/*/handler.ts', 'jobs/*/handler.ts', '*/lambda.ts'] as const;

/**
 * The file a function starts with.
 *
 * @throws MissingFunctionError naming the folder that has none.
 */
export function entryOf(name: string, root = functionsFolder): string {
  const files = entryFiles.map((file) => file.replace('*', name));
  const entry = files.map((file) => join(root, file)).find((file) => existsSync(file));
  if (entry !== undefined) return entry;
  throw new MissingFunctionError(
    `functions/ has neither ${files.join(' nor ')}, so the stack cannot be made with it`,
  );
}

/** How code becomes one file for Lambda. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts') },
  // Parts of the SDK are CommonJS and ask for Node's own modules by require.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} satisfies BuildOptions;

/** Folders of code ready for Lambda. */
export interface FunctionBundles {
  /** The folder with `index.mjs` of a function. */
  folderOf(name: string): string;
  /** Removes all folders; the CDK has its own copies by then. */
  remove(): void;
}

/**
 * Bundles functions with everything they import, SDK included, in one go: shared modules are read once.
 *
 * @throws MissingFunctionError when one of them has no entry file.
 */
export function bundleFunctions(
  names: readonly string[],
  platform: PlatformConfiguration,
  root = functionsFolder,
): FunctionBundles {
  const entryPoints = names.map((name) => ({ in: entryOf(name, root), out: `${name}/index` }));
  const outdir = mkdtempSync(join(tmpdir(), 'functions-'));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    buildSync({ ...bundleOptions, entryPoints, outdir, outExtension: { '.js': '.mjs' } });
    for (const name of names) writeFileSync(join(outdir, name, platformFile), JSON.stringify(platform));
  } catch (error) {
    remove();
    throw error;
  }
  return { folderOf: (name) => join(outdir, name), remove };
}
