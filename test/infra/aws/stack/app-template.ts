import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { normalised, type RecordedTemplate, type Recording } from './recorded-template.ts';

const repository = resolve(import.meta.dirname, '../../../..');
const flags = z.object({ context: z.record(z.string(), z.unknown()) });
const stackType = 'aws:cloudformation:stack';
const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.object({ templateFile: z.string().optional() }).optional() }),
  ),
});

const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

/** The template that the app itself makes, code and all, without the CDK's command line in between. */
export function templateByApp({ stage, region }: Recording): RecordedTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'app-template-'));
  const context = { ...flags.parse(read(repository, 'cdk.json')).context, stage, region };
  try {
    execFileSync(process.execPath, ['infra/aws/app.ts'], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'inherit'],
      // Of no account: a template that knows one would not fit another.
      env: {
        ...process.env,
        CDK_DEFAULT_ACCOUNT: undefined,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    const stacks = Object.entries(manifest.parse(read(outdir, 'manifest.json')).artifacts).filter(
      ([, { type }]) => type === stackType,
    );
    const [[name, stack] = ['', undefined]] = stacks;
    return normalised(name, read(outdir, stack?.properties?.templateFile ?? ''));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
