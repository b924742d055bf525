import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { cacheFolder } from './cache-folder.ts';
import { type Emulator, emulatedAccount, emulatedRegion } from './ministack.ts';

/** The CDK's command line failed; the message ends with its last output. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** The outputs of the stack. */
const outputs = z.object({
  PublicUrl: z.url(),
  TableName: z.string(),
  StateMachineArn: z.string(),
  UserPoolId: z.string(),
});
export type Outputs = z.infer<typeof outputs>;

export interface Release {
  readonly name: string;
  /** Clock offset of the functions in seconds. */
  readonly clockOffset: number;
  /** Name of an additional start state in this release's workflow. */
  readonly firstState?: string;
  /** Makes the deployment fail at its outputs, so that it is rolled back. */
  readonly failsAtTheEnd?: true;
}

const repository = resolve(import.meta.dirname, '../..');
const program = join(repository, 'node_modules/aws-cdk/bin/cdk');
const stack = 'onboarding-emulator';
const run = promisify(execFile);

const assembly = join(cacheFolder, 'assembly');

/** Runs the CDK command line against the emulator. @throws DeploymentError */
async function cdk(
  { settings }: Pick<Emulator, 'settings'>,
  args: readonly string[],
  cwd = repository,
): Promise<void> {
  try {
    await run(process.execPath, [program, ...args], {
      cwd,
      maxBuffer: 64 * 1_048_576,
      env: { ...process.env, ...settings, CDK_DISABLE_CLI_TELEMETRY: '1', NO_COLOR: '1' },
    });
  } catch (cause) {
    throw new DeploymentError(`cdk ${args[0]} failed:\n${lastWords(cause)}`, { cause });
  }
}

function lastWords(error: unknown): string {
  const said = z.object({ stdout: z.string(), stderr: z.string() }).safeParse(error);
  const text = said.success ? `${said.data.stdout}\n${said.data.stderr}` : String(error);
  const lines = text.split('\n').filter((line) => !/_IN_PROGRESS|(CREATE|DELETE|UPDATE)_COMPLETE/.test(line));
  return lines.slice(-25).join('\n');
}

/** Bootstraps the account, from a folder without an app so that nothing is synthesised. */
export function bootstrap(emulator: Emulator): Promise<void> {
  return cdk(emulator, ['bootstrap', `aws://${emulatedAccount}/${emulatedRegion}`], cacheFolder);
}

/** Deploys a release over the current one. */
export async function deploy(emulator: Pick<Emulator, 'settings'>, release: Release): Promise<Outputs> {
  const file = join(cacheFolder, 'outputs.json');
  const { name, clockOffset, firstState, failsAtTheEnd } = release;
  const app = `${process.execPath} tools/emulator/app.ts`;
  await cdk(emulator, [
    ...['deploy', '--all', '--require-approval', 'never', '--outputs-file', file],
    ...['--app', app, '--output', assembly],
    ...['-c', `release=${name}`, '-c', `clockOffset=${clockOffset}`],
    ...(firstState === undefined ? [] : ['-c', `firstState=${firstState}`]),
    ...(failsAtTheEnd === undefined ? [] : ['-c', 'failsAtTheEnd=true']),
  ]);
  return z.object({ [stack]: outputs }).parse(JSON.parse(readFileSync(file, 'utf8')))[stack];
}

/** Destroys the stack as last synthesised. */
export function destroy(emulator: Emulator): Promise<void> {
  return cdk(emulator, ['destroy', '--all', '--force', '--app', assembly]);
}
