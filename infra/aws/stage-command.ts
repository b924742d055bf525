import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Assembly, NoAccountError, readAssembly } from './assembly.ts';
import { StageConfigurationError } from './config/stage-configuration.ts';
import { stageNamed, stageNames } from './config/stages.ts';

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StageCommand {
  readonly stage: string;
  readonly region: string;
  /** Skips the question: for use in scripts. */
  readonly yes: boolean;
  /** The stage's data outlives its stack, and the stack is protected against deletion. */
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
  if (stage === undefined) throw new UsageError(`Name the stage: --stage ${stageNames.join(' or --stage ')}`);
  const configuration = stageNamed(stage, region);
  return { stage, region: configuration.region, yes, keepData: configuration.keepData };
}

const repository = resolve(import.meta.dirname, '../..');

/** Runs the CDK's own command line in the repository. @returns the exit code of the command */
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

/** The CDK's command line failed, after printing the reason. */
class CdkFailedError extends Error {
  override readonly name = 'CdkFailedError';
}

/** Folder that the commands on a stage synthesise into. */
export const assembly = join(repository, 'cdk.out');

/** Synthesises a stage for the account of the credentials. @throws CdkFailedError, NoAccountError */
export function synthesise({ stage, region }: StageCommand): Assembly {
  const context = ['-c', `stage=${stage}`, '-c', `region=${region}`];
  if (cdk('synth', '--quiet', '--output', assembly, ...context) !== 0) {
    throw new CdkFailedError(`Stage ${stage} cannot be synthesised; nothing was changed.`);
  }
  return readAssembly(assembly);
}

/** Asks for a word to be typed. Without a terminal, `--yes` is required instead. */
export async function confirmed(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError('There is no terminal to ask on: use --yes to continue without a question');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question(`${question} Type ${word} to continue: `)).trim() === word;
  } finally {
    asking.close();
  }
}

/** Errors that an operator can correct. */
const correctable = [UsageError, StageConfigurationError, NoAccountError, CdkFailedError] as const;

/** Runs a command and sets the exit code; an error that an operator can correct is printed as one sentence. */
export async function runStageCommand(command: (given: StageCommand) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command(readStageCommand(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof Error && correctable.some((known) => error instanceof known))) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof CdkFailedError ? 1 : 2;
  }
}
