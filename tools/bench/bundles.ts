import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { stageNamed } from '../../infra/aws/config/stages.ts';
import { bundleFunctions, bundleOptions } from '../../infra/aws/function-bundles.ts';
import { deployedFolders } from '../../infra/aws/onboarding-stack.ts';

export const bundleWeight = z.object({
  function: z.string(),
  /** kB of the minified code that is loaded at the start, gzip. */
  gzipKilobytes: z.number(),
  /** Time to import it, as a multiple of importing the DynamoDB client alone: medians of fresh processes in one run. */
  importRatio: z.number(),
});
type Bundle = z.infer<typeof bundleWeight>;

const repetitions = 7;

/** The files of a function's folder that are loaded when it starts, and with further files of it. */
export function filesAtStart(folder: string, further: readonly string[] = []): ReadonlySet<string> {
  const loaded = new Set<string>();
  const toLoad = ['index.mjs', ...further];
  for (let name = toLoad.pop(); name !== undefined; name = toLoad.pop()) {
    if (loaded.has(name)) continue;
    loaded.add(name);
    const code = readFileSync(join(folder, name), 'utf8');
    for (const [, file = ''] of code.matchAll(/(?:from|import)"\.\/([\w-]+\.mjs)"/g)) toLoad.push(file);
  }
  return loaded;
}

/** kB of files, gzip. */
export function kilobytesOf(folder: string, names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0) / 1_024;
}

function importMilliseconds(file: string): number {
  const script = `const t=process.hrtime.bigint();await import(${JSON.stringify(file)});console.log(Number(process.hrtime.bigint()-t)/1e6)`;
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function importTime(file: string): number {
  return median(Array.from({ length: repetitions }, () => importMilliseconds(file)));
}

/** Bundles every function as for Lambda and weighs what it loads when it starts. */
export function weighBundles(): readonly Bundle[] {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  const bundles = bundleFunctions(deployedFolders, stageNamed('dev'));
  try {
    const clientOnly = join(folder, 'client-only.mjs');
    const entry = new URL('client-only.ts', import.meta.url).pathname;
    buildSync({ ...bundleOptions, entryPoints: [entry], outfile: clientOnly });
    const base = importTime(clientOnly);
    return deployedFolders.map((name) => ({
      function: name,
      gzipKilobytes:
        Math.round(kilobytesOf(bundles.folderOf(name), filesAtStart(bundles.folderOf(name))) * 10) / 10,
      importRatio: Math.round((importTime(join(bundles.folderOf(name), 'index.mjs')) / base) * 10) / 10,
    }));
  } finally {
    bundles.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
