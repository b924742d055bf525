import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { type Published, publicationFile } from '../../functions/domain/trust/publication.ts';
import type { StageConfiguration } from './config/stage-configuration.ts';

/** The stack contains a function whose code does not exist. */
export class MissingFunctionError extends Error {
  override readonly name = 'MissingFunctionError';
}

/** Bundled with the code of the functions that need it, because environment variables are limited to 4 kB in all. */
export const platformFile = 'platform-configuration.json';

const functionsFolder = resolve(import.meta.dirname, '../../functions');
/** Possible entry files of a function, by its name. */
const entryFiles = ['tasks/*/handler.ts', 'jobs/*/handler.ts', '*/lambda.ts'] as const;

/**
 * The entry file of a function.
 *
 * @throws MissingFunctionError listing the files it looked for.
 */
export function entryOf(name: string, root = functionsFolder): string {
  const files = entryFiles.map((file) => file.replace('*', name));
  const entry = files.map((file) => join(root, file)).find((file) => existsSync(file));
  if (entry !== undefined) return entry;
  throw new MissingFunctionError(
    `functions/ has neither ${files.join(' nor ')}, so the stack cannot be synthesised`,
  );
}

/** How esbuild bundles a function into one file for Lambda. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
    '@aws-sdk/middleware-endpoint-discovery': join(import.meta.dirname, 'lambda-endpoint-discovery.ts'),
    // Only fonts in WOFF2 are read with it; ours are not, and its dictionary would be a quarter of the code.
    'brotli/decompress.js': 'node:zlib',
    // The same modules in a form of which only what is used is bundled; Node itself cannot load them.
    'stdnum/lib/cjs': 'stdnum/lib/esm',
  },
  // Imported by the SDK only in browsers and for operations that stream events, of which no function has one.
  external: ['bowser', '@smithy/core/event-streams'],
  // The SDK reads nothing but its version there, for a header that names it: up to 3 kB a function.
  loader: { '.json': 'empty' },
  // Parts of the SDK are CommonJS and load Node's own modules with require.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} satisfies BuildOptions;

/** What these functions import when it is needed stays out of their cold start, in files beside the first one. */
const loadsLater: ReadonlySet<string> = new Set(['web', 'send-mail', 'dispatch-outbox', 'run-gates']);

/** Folders with the bundled code of each function. */
export interface FunctionBundles {
  /** The folder that contains the function's `index.mjs`. */
  folderOf(name: string): string;
  /** Removes all folders, once the CDK has made its own copies. */
  remove(): void;
}

/**
 * Bundles functions with everything they import, SDK included, in one pass, so that shared modules are read once.
 *
 * @throws MissingFunctionError when one of them has no entry file.
 */
export function bundleFunctions(
  names: readonly string[],
  { platform, publication, retention }: Pick<StageConfiguration, 'platform' | 'publication' | 'retention'>,
  root = functionsFolder,
): FunctionBundles {
  const entries = names.map((name) => ({ name, in: entryOf(name, root), out: `${name}/index` }));
  const outdir = mkdtempSync(join(tmpdir(), 'functions-'));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  const isSplit = ({ name }: { readonly name: string }) => loadsLater.has(name);
  const options = { ...bundleOptions, outdir, outExtension: { '.js': '.mjs' } };
  const points = (some: typeof entries) => some.map(({ in: file, out }) => ({ in: file, out }));
  try {
    buildSync({ ...options, entryPoints: points(entries.filter((entry) => !isSplit(entry))) });
    for (const entry of entries.filter(isSplit)) {
      const chunkNames = `${entry.name}/[name]-[hash]`;
      buildSync({ ...options, entryPoints: points([entry]), splitting: true, chunkNames });
    }
    for (const name of names) writeFileSync(join(outdir, name, platformFile), JSON.stringify(platform));
    // A function finds its fonts beside its code.
    for (const name of names) {
      const fonts = join(root, 'jobs', name, 'fonts');
      if (existsSync(fonts)) cpSync(fonts, join(outdir, name, 'fonts'), { recursive: true });
    }
    const published: Published = { ...publication, retention };
    if (names.includes('web')) writeFileSync(join(outdir, 'web', publicationFile), JSON.stringify(published));
  } catch (error) {
    remove();
    throw error;
  }
  return { folderOf: (name) => join(outdir, name), remove };
}
