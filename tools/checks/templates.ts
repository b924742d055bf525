import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { stageNamed, stageNames } from '../../infra/aws/config/stages.ts';
import { pythonPrograms } from '../python/environment.ts';

const repository = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const judge = join(await pythonPrograms(), 'cfn-lint');

/** What cfn-lint says on its output when it has found something, and exits with a code other than 0. */
const findings = z.object({ stdout: z.string().min(1) });

/**
 * Holds a template against CloudFormation's own schemas, as they are in a region.
 *
 * @returns what is wrong with it, a line each; the exceptions of `.cfnlintrc.yaml` left out.
 */
async function problemsIn(template: string, region: string): Promise<readonly string[]> {
  try {
    await run(judge, ['--regions', region, '--format', 'parseable', '--', template], { cwd: repository });
    return [];
  } catch (error) {
    // A judge that could not be run at all has found nothing.
    const found = findings.safeParse(error);
    if (!found.success) throw error;
    return found.data.stdout.trim().split('\n');
  }
}

/** Synthesises a stage for a region, by the ordinary command line. @returns the template's path */
async function synthesise(stage: string, region: string, folder: string): Promise<string> {
  const output = join(folder, `${stage}-${region}`);
  const program = join(repository, 'node_modules/aws-cdk/bin/cdk');
  await run(
    process.execPath,
    [program, 'synth', '--quiet', '--output', output, '-c', `stage=${stage}`, '-c', `region=${region}`],
    { cwd: repository, env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: '1', NO_COLOR: '1' } },
  );
  return join(output, `onboarding-${stage}.template.json`);
}

/** A judge that lets this pass judges nothing: a property nobody knows, and a kind that the region does not have. */
const planted = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'blue' } },
    Distribution: { Type: 'AWS::Nowhere::Thing' },
  },
} as const;
const rulesBroken = ['E3002', 'E3006'] as const;

async function untrustworthyRules(folder: string, region: string): Promise<readonly string[]> {
  const file = join(folder, `planted-${region}.json`);
  writeFileSync(file, JSON.stringify(planted));
  const found = (await problemsIn(file, region)).join('\n');
  return rulesBroken
    .filter((rule) => !found.includes(rule))
    .map((rule) => `${rule}: missed the violation planted for it in ${region}`);
}

const folder = mkdtempSync(join(tmpdir(), 'templates-'));
try {
  const templates = stageNames.flatMap((stage) =>
    stageNamed(stage).allowedRegions.map((region) => ({ stage, region })),
  );
  const judged = templates.map(async ({ stage, region }) => {
    const found = await problemsIn(await synthesise(stage, region, folder), region);
    return found.map((line) => `${stage} in ${region}: ${line}`);
  });
  const regions = new Set(templates.map(({ region }) => region));
  const tried = [...regions].map((region) => untrustworthyRules(folder, region));
  const problems = (await Promise.all([...judged, ...tried])).flat();
  for (const line of problems) process.stderr.write(`${line}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else
    process.stdout.write(`Templates: nothing wrong with ${templates.length}; planted violations are found\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
