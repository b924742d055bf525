import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf, untrustworthyRules } from '../../../tools/checks/import-rules.ts';

/** As many modules as the small tree has in each folder. */
const expected = { functions: 1, workflows: 1, infra: 1, tools: 1, test: 1 } as const;
const repository = resolve(import.meta.dirname, '../../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-test-'));
  for (const name of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json']) {
    copyFileSync(join(repository, name), join(folder, name));
  }
  for (const path of ['functions/domain', 'workflows', 'infra/local', 'tools', 'test']) {
    write(`${path}/lawful.ts`, '');
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${content}\nexport {};\n`);
}

describe('the check of import rules', () => {
  it('accepts valid imports', async () => {
    write('test/reads.ts', "import '../functions/domain/lawful.ts';");
    expect(await problemsOf(folder, expected)).toEqual([]);
  });

  it('names rule, file and import of each violation', async () => {
    write('functions/domain/rule.ts', "import 'node:fs';");
    expect(await problemsOf(folder, expected)).toEqual([
      'domain-without-node: functions/domain/rule.ts imports fs',
    ]);
  });

  it('does not accept a layer that it could not read', async () => {
    rmSync(join(folder, 'workflows/lawful.ts'));
    expect(await problemsOf(folder, expected)).toEqual(['no module of workflows/ was read']);
  });

  it('does not accept a folder that it read only in part', async () => {
    expect(await problemsOf(folder, { ...expected, functions: 2 })).toEqual([
      'only 1 modules of functions/ were read, not 2 or more',
    ]);
  });

  it('finds a planted violation of every rule, and accepts valid imports', async () => {
    expect(await untrustworthyRules()).toEqual([]);
  });

  it('removes the planted files when it is interrupted', async () => {
    const check = spawn(process.execPath, [join(repository, 'tools/checks/import-rules.ts')], {
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
