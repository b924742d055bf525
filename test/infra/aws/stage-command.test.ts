import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { confirmed, readStageCommand } from '../../../infra/aws/stage-command.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** Runs a program of ours, with nobody to answer its questions and no credentials. */
function run(
  program: string,
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly said: string }> {
  const nowhere = { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' };
  const env = { PATH: process.env['PATH'], HOME: tmpdir(), AWS_EC2_METADATA_DISABLED: 'true', ...nowhere };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd: repository, env }, (error, _, stderr) =>
      done({ code: error?.code ?? 0, said: stderr }),
    );
  });
}

describe('a command on a stage', () => {
  it('reads its stage, and uses the region of the stage', () => {
    expect(readStageCommand(['--stage', 'dev'])).toEqual({
      stage: 'dev',
      region: 'eu-west-3',
      yes: false,
      keepData: false,
    });
  });

  it('accepts another allowed region, and --yes', () => {
    expect(readStageCommand(['--stage', 'prod', '--region', 'eusc-de-east-1', '--yes'])).toEqual({
      stage: 'prod',
      region: 'eusc-de-east-1',
      yes: true,
      keepData: true,
    });
  });

  it.each([
    [[], 'Name the stage: --stage dev or --stage prod'],
    [['--stage', 'test'], 'There is no stage "test". Stages: dev, prod.'],
    [['--stage', 'dev', '--region', 'us-east-1'], 'the region is not among the allowed ones'],
    [['--stage', 'dev', '--force'], 'force'],
  ])('refuses %j with a message', (args, sentence) => {
    expect(() => readStageCommand(args)).toThrow(sentence);
  });

  it('prints a wrong stage in one sentence', async () => {
    expect(await run('infra/aws/deploy.ts', '--stage', 'test')).toEqual({
      code: 2,
      said: 'There is no stage "test". Stages: dev, prod.\n',
    });
  });

  it('removes nothing without credentials, and says what to do', async () => {
    const { code, said } = await run('infra/aws/destroy.ts', '--stage', 'dev', '--yes');
    expect(code).toBe(2);
    expect(said).toContain('There are no valid AWS credentials: sign in (aws sso login)');
  });

  it('refuses to ask without a terminal', async () => {
    expect(process.stdin.isTTY).not.toBe(true);
    await expect(confirmed('Remove stage dev?', 'dev')).rejects.toThrow(
      'There is no terminal to ask on: use --yes to continue without a question',
    );
  });
});
