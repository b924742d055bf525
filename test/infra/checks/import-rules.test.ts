import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, untrustworthyRules } from '../../../infra/checks/import-rules.ts';

const repository = resolve(import.meta.dirname, '../../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-test-'));
  for (const name of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json']) {
    copyFileSync(join(repository, name), join(folder, name));
  }
  for (const room of ['functions/domain', 'workflows', 'infra', 'packages/one-thing/src', 'test'])
    write(`${room}/lawful.ts`, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `${content}\nexport {};\n`);
}

describe('the check of import rules', () => {
  it('lets lawful imports pass', async () => {
    write('test/reads.ts', "import '../functions/domain/lawful.ts';");
    expect(await problemsOf(folder)).toEqual([]);
  });

  it('names rule, file and import of each violation', async () => {
    write('functions/domain/rule.ts', "import 'node:fs';");
    expect(await problemsOf(folder)).toEqual(['domain-without-node: functions/domain/rule.ts imports fs']);
  });

  it('does not take a room it could not read for a room in order', async () => {
    rmSync(join(folder, 'workflows/lawful.ts'));
    expect(await problemsOf(folder)).toEqual(['no module of workflows/ was read']);
  });

  it('finds a planted violation of every rule, and no fault with lawful imports', async () => {
    expect(await untrustworthyRules()).toEqual([]);
  });

  it('removes what it planted when it is interrupted', async () => {
    const check = spawn(process.execPath, [join(repository, 'infra/checks/import-rules.ts')], {
      env: { ...process.env, TMPDIR: folder },
    });
    const planted = () => readdirSync(folder).some((name) => /^import-rules-\w{6}$/.test(name));
    while (!planted() && check.exitCode === null) await pause(5);
    expect(planted()).toBe(true);
    check.kill('SIGINT');
    expect(await once(check, 'exit')).toEqual([130, null]);
    expect(planted()).toBe(false);
  });
});
