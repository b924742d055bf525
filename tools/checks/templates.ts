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

/** The output of cfn-lint when it finds problems and exits with a code other than 0. */
const findings = z.object({ stdout: z.string().min(1) });

/**
 * Validates a template against CloudFormation's schemas of a region.
 *
 * @returns the problems, one line each, without the exceptions in `.cfnlintrc.yaml`.
 */
async function problemsIn(template: string, region: string): Promise<readonly string[]> {
  try {
    await run(judge, ['--regions', region, '--format', 'parseable', '--', template], { cwd: repository });
    return [];
  } catch (error) {
    // cfn-lint could not be run at all, so it has found nothing.
    const found = findings.safeParse(error);
    if (!found.success) throw error;
    return found.data.stdout.trim().split('\n');
  }
}

/** Synthesises a stage for a region with the CDK command line. @returns the path of the template */
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

/** A template with an unknown property and a resource type that the region lacks; cfn-lint must reject it. */
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
  else process.stdout.write(`Templates: no problems in ${templates.length}; planted violations are found\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
