import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as z from 'zod';
import { bundleOptions } from '../../infra/aws/function-bundles.ts';

export const bundleWeight = z.object({
  function: z.string(),
  /** kB of the minified bundle, gzip. */
  gzipKilobytes: z.number(),
  /** Time to import it, as a multiple of importing the DynamoDB client alone: medians of fresh processes in one run. */
  importRatio: z.number(),
});
type Bundle = z.infer<typeof bundleWeight>;

const root = new URL('../../', import.meta.url).pathname;
const repetitions = 7;

/** Every function that is deployed: a folder of `functions/` with a handler, and the web. */
export function deployedFunctions(): readonly { readonly name: string; readonly entry: string }[] {
  return readdirSync(join(root, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      ['handler.ts', 'lambda.ts']
        .map((file) => join(root, 'functions', name, file))
        .filter((entry) => existsSync(entry))
        .map((entry) => ({ name, entry })),
    );
}

/** As the functions are bundled for Lambda. */
async function bundle(entry: string, outfile: string): Promise<Uint8Array> {
  const result = await build({ ...bundleOptions, entryPoints: [entry], outfile });
  if (result.errors.length > 0) throw new Error(`${entry} cannot be bundled`);
  return readFileSync(outfile);
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

/** Bundles every function and weighs it. */
export async function weighBundles(): Promise<readonly Bundle[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  try {
    const clientOnly = join(folder, 'client-only.mjs');
    await bundle(join(root, 'tools/bench/client-only.ts'), clientOnly);
    const base = importTime(clientOnly);
    const bundles: Bundle[] = [];
    for (const { name, entry } of deployedFunctions()) {
      const outfile = join(folder, `${name}.mjs`);
      const bytes = await bundle(entry, outfile);
      bundles.push({
        function: name,
        gzipKilobytes: Math.round(gzipSync(bytes).length / 102.4) / 10,
        importRatio: Math.round((importTime(outfile) / base) * 10) / 10,
      });
    }
    return bundles;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
