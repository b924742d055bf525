import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Assembly, NoAccountError, readAssembly } from './assembly.ts';
import { StageConfigurationError } from './config/stage-configuration.ts';
import { stageNamed, stageNames } from './config/stages.ts';

/** The command was called in a way it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StageCommand {
  readonly stage: string;
  readonly region: string;
  /** Nobody is asked: for machines. */
  readonly yes: boolean;
  /** The stack outlives a mistaken `destroy`. */
  readonly keepData: boolean;
}

/**
 * Reads `--stage NAME [--region REGION] [--yes]`.
 *
 * @throws UsageError, StageConfigurationError
 */
export function readStageCommand(args: readonly string[]): StageCommand {
  const options = {
    stage: { type: 'string' },
    region: { type: 'string' },
    yes: { type: 'boolean', default: false },
  } as const;
  let values: { stage?: string | undefined; region?: string | undefined; yes: boolean };
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const { stage, region, yes } = values;
  if (stage === undefined)
    throw new UsageError(`Say which stage: --stage ${stageNames.join(' or --stage ')}`);
  const configuration = stageNamed(stage, region);
  return { stage, region: configuration.region, yes, keepData: configuration.keepData };
}

const repository = resolve(import.meta.dirname, '../..');

/** Runs the CDK's own command line in the repository. @returns its exit code */
export function cdk(...args: readonly string[]): number {
  const program = join(repository, 'node_modules/aws-cdk/bin/cdk');
  const { status, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: '1' },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}

/** The CDK's command line has failed, and has said why. */
class CdkFailedError extends Error {
  override readonly name = 'CdkFailedError';
}

/** Where commands on a stage put what they synthesise. */
export const assembly = join(repository, 'cdk.out');

/** Synthesises a stage for the account of the credentials. @throws CdkFailedError, NoAccountError */
export function synthesise({ stage, region }: StageCommand): Assembly {
  const context = ['-c', `stage=${stage}`, '-c', `region=${region}`];
  if (cdk('synth', '--quiet', '--output', assembly, ...context) !== 0) {
    throw new CdkFailedError(`Stage ${stage} cannot be synthesised; nothing was changed.`);
  }
  return readAssembly(assembly);
}

/** Asks a person to type a word. A program that has nobody to ask must say `--yes`. */
export async function confirmed(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError('There is nobody to ask: say --yes to go on without a question');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question(`${question} Type ${word} to go on: `)).trim() === word;
  } finally {
    asking.close();
  }
}

/** What an operator can put right. */
const said = [UsageError, StageConfigurationError, NoAccountError, CdkFailedError] as const;

/** Runs a command to its exit code; what an operator can put right is said in one sentence. */
export async function runStageCommand(command: (given: StageCommand) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command(readStageCommand(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof Error && said.some((known) => error instanceof known))) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof CdkFailedError ? 1 : 2;
  }
}
