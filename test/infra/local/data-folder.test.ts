import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderUnusableError,
  DataFolderVersionError,
  openDataFolder,
} from '../../../infra/local/data-folder.ts';

let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'data-folder-'));
  path = join(parent, 'deep', 'data');
});
afterEach(() => rmSync(parent, { recursive: true }));

function refusal(at = path): Error {
  try {
    openDataFolder(at).close();
  } catch (error) {
    if (error instanceof Error) {
      expect(error.message.split('\n')).toHaveLength(1);
      return error;
    }
  }
  throw new Error('The folder was opened');
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('creates the folder, names its files, and releases it', () => {
  const folder = openDataFolder(path);
  expect(folder.file('dynamodb.log')).toBe(join(folder.path, 'dynamodb.log'));
  expect(JSON.parse(readFileSync(folder.file('format.json'), 'utf8'))).toEqual({ format: 1 });
  folder.close();
  folder.close();
  expect(readdirSync(path)).toEqual(['format.json']);
  openDataFolder(path).close();
});

it('refuses a second opening in this process until it is closed', () => {
  const folder = openDataFolder(path);
  const error = refusal();
  expect(error).toBeInstanceOf(DataFolderInUseError);
  expect(error.message).toContain(`in use by process ${process.pid}: stop that process`);
  folder.close();
  openDataFolder(path).close();
});

it('is refused while another live process holds it', async () => {
  mkdirSync(path, { recursive: true });
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  writeFileSync(join(path, 'lock'), JSON.stringify({ pid: child.pid }));
  const error = refusal();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(error).toBeInstanceOf(DataFolderInUseError);
  expect(error.message).toContain(`process ${child.pid}`);
  openDataFolder(path).close();
});

it('takes over the lock of a dead process, and of an earlier process with a reused id', async () => {
  openDataFolder(path).close();
  const stale = [
    { pid: await deadPid() },
    { pid: process.pid, started: '1' },
    { pid: process.ppid, started: '1' },
  ];
  for (const lock of stale) {
    writeFileSync(join(path, 'lock'), JSON.stringify(lock));
    const folder = openDataFolder(path);
    expect(JSON.parse(readFileSync(folder.file('lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    folder.close();
  }
  expect(readdirSync(path)).toEqual(['format.json']);
});

it('leaves a half-written lock alone for five seconds, then takes it over', () => {
  openDataFolder(path).close();
  writeFileSync(join(path, 'lock'), '');
  expect(refusal()).toBeInstanceOf(DataFolderInUseError);
  const old = new Date(Date.now() - 6_000);
  utimesSync(join(path, 'lock'), old, old);
  openDataFolder(path).close();
});

it('gives a stale lock to only one of two processes', async () => {
  openDataFolder(path).close();
  writeFileSync(join(path, 'lock'), JSON.stringify({ pid: await deadPid() }));
  writeFileSync(join(path, 'lock.takeover'), JSON.stringify({ pid: process.ppid }));
  expect(refusal().message).toContain(`process ${process.ppid}`);
  const old = new Date(Date.now() - 6_000);
  utimesSync(join(path, 'lock.takeover'), old, old);
  openDataFolder(path).close();
  expect(existsSync(join(path, 'lock.takeover'))).toBe(false);
});

it('refuses another format, and an empty format file', () => {
  openDataFolder(path).close();
  writeFileSync(join(path, 'format.json'), '{"format":2}');
  expect(refusal()).toBeInstanceOf(DataFolderVersionError);
  writeFileSync(join(path, 'format.json'), '{"for');
  expect(refusal()).toBeInstanceOf(DataFolderDamagedError);
  expect(readdirSync(path)).toEqual(['format.json']);
});

it('refuses a file, a path below a file, and a folder of other files', () => {
  writeFileSync(join(parent, 'file'), '');
  expect(refusal(join(parent, 'file'))).toBeInstanceOf(DataFolderUnusableError);
  expect(refusal(join(parent, 'file', 'below'))).toBeInstanceOf(DataFolderUnusableError);
  const error = refusal(parent);
  expect(error).toBeInstanceOf(DataFolderUnusableError);
  expect(error.message).toContain('it contains other files (file)');
  expect(readdirSync(parent)).toEqual(['file']);
});

it('refuses a folder that cannot be created', () => {
  expect(refusal(join(parent, 'x'.repeat(300))).message).toContain('it cannot be created (ENAMETOOLONG)');
  // A file system that takes no folders: the kernel says that there is no such path, however often it is asked.
  expect(refusal('/proc/nope/data').message).toContain('it cannot be created (ENOENT)');
});
