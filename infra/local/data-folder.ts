import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';

/** A folder that only this process writes to until it is closed. */
export interface DataFolder {
  readonly path: string;
  /** The path of a file in the folder. */
  file(name: string): string;
  /** Releases the folder. Closing it twice has no effect. */
  close(): void;
}

/** Another process uses the folder. */
export class DataFolderInUseError extends Error {
  constructor(path: string, pid: number, lockFile: string) {
    super(
      `The data folder ${path} is in use by process ${pid}: stop that process or choose another folder ` +
        `(if process ${pid} is not this system, delete ${lockFile}).`,
    );
    this.name = 'DataFolderInUseError';
  }
}

/** A file in the folder is damaged. Nothing in the folder has been changed. */
export class DataFolderDamagedError extends Error {
  constructor(file: string, finding: string, options?: ErrorOptions) {
    super(
      `The data file ${file} is damaged (${finding}): restore the folder from a backup, or start with an ` +
        'empty folder; nothing has been changed.',
      options,
    );
    this.name = 'DataFolderDamagedError';
  }
}

/** The folder was written by a version of this system with another format. */
export class DataFolderVersionError extends Error {
  constructor(path: string, found: number) {
    super(
      `The data folder ${path} has format ${found}, but this version reads only format ${FORMAT}: use the version ` +
        'that wrote it, or choose another folder.',
    );
    this.name = 'DataFolderVersionError';
  }
}

/** The path cannot serve as a data folder. */
export class DataFolderUnusableError extends Error {
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path} cannot be the data folder: ${reason}.`, options);
    this.name = 'DataFolderUnusableError';
  }
}

const FORMAT = 1;
const FORMAT_FILE = 'format.json';
const LOCK_FILE = 'lock';
const TAKEOVER_FILE = 'lock.takeover';
/** A lock or take-over file still incomplete after this time was left by a process that died while writing it. */
const ABANDONED_AFTER_MS = 5_000;

const formatSchema = z.object({ format: z.int() });
const lockSchema = z.object({ pid: z.int().positive(), started: z.string().optional() });
type Holder = z.infer<typeof lockSchema>;

/** True for a folder that a version of this system has written. */
export function isDataFolder(path: string): boolean {
  return existsSync(join(path, FORMAT_FILE));
}

/** Folders open in this process: a lock with our own process id is stale unless it is one of these. */
const openHere = new Set<string>();

/**
 * Opens the folder that holds all data between two starts, creating it if needed, and locks it for this process. A lock
 * left by a dead process is taken over.
 * @throws DataFolderUnusableError the path is a file, cannot be written, or holds files of another program
 * @throws DataFolderInUseError
 * @throws DataFolderVersionError
 * @throws DataFolderDamagedError the format file cannot be read
 */
export function openDataFolder(path: string): DataFolder {
  const folder = createFolder(resolve(path));
  lock(folder);
  openHere.add(folder);
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    openHere.delete(folder);
    rmSync(join(folder, LOCK_FILE), { force: true });
  };
  try {
    checkFormat(folder);
  } catch (error) {
    close();
    throw error;
  }
  return { path: folder, file: (name) => join(folder, name), close };
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Creates parent folders first; Node's own recursion never ends in a file system without folders, such as /proc. */
function makeFolders(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  // The folder contains personal data, so only this user may read it.
  mkdirSync(path, { mode: 0o700 });
}

function createFolder(path: string): string {
  try {
    makeFolders(path);
    return realpathSync(path);
  } catch (error) {
    const reason =
      codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOTDIR'
        ? 'it is a file, or is below a file'
        : `it cannot be created (${String(codeOf(error))})`;
    throw new DataFolderUnusableError(path, reason, { cause: error });
  }
}

/** Creates a file unless it exists; returns whether it was created. */
function createExclusively(folder: string, name: string, content: string): boolean {
  try {
    const file = openSync(join(folder, name), 'wx', 0o600);
    try {
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new DataFolderUnusableError(folder, `it cannot be written (${String(codeOf(error))})`, {
      cause: error,
    });
  }
}

function lock(folder: string): void {
  const started = startOf(process.pid);
  const ours = JSON.stringify({ pid: process.pid, ...(started === undefined ? {} : { started }) });
  if (createExclusively(folder, LOCK_FILE, ours)) return;
  refuseIfHeld(folder);

  // Two processes may find the same stale lock: only the one that creates the take-over file continues, and
  // checks the lock again, because the other may have taken it over in the meantime.
  if (isAbandoned(join(folder, TAKEOVER_FILE))) rmSync(join(folder, TAKEOVER_FILE), { force: true });
  if (!createExclusively(folder, TAKEOVER_FILE, ours)) {
    const rival = readHolder(join(folder, TAKEOVER_FILE));
    throw new DataFolderInUseError(folder, rival?.pid ?? 0, join(folder, TAKEOVER_FILE));
  }
  try {
    refuseIfHeld(folder);
    writeFileSync(join(folder, `${LOCK_FILE}.new`), ours, { mode: 0o600 });
    renameSync(join(folder, `${LOCK_FILE}.new`), join(folder, LOCK_FILE));
  } finally {
    rmSync(join(folder, TAKEOVER_FILE), { force: true });
  }
}

function refuseIfHeld(folder: string): void {
  const file = join(folder, LOCK_FILE);
  const holder = readHolder(file);
  if (holder === undefined) {
    if (!isAbandoned(file)) throw new DataFolderInUseError(folder, 0, file);
    return;
  }
  if (holder.pid === process.pid ? openHere.has(folder) : isAlive(holder)) {
    throw new DataFolderInUseError(folder, holder.pid, file);
  }
}

/** The process that wrote a lock file; undefined if the file is missing or incomplete. */
function readHolder(file: string): Holder | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isAbandoned(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false });
  return written === undefined || Date.now() - written.mtimeMs > ABANDONED_AFTER_MS;
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // The process belongs to another user, but is alive.
    return codeOf(error) === 'EPERM';
  }
  // Process ids are reused, above all in containers: another start time means another process.
  const startNow = startOf(pid);
  return started === undefined || startNow === undefined || started === startNow;
}

/** Start time of a process in kernel ticks since boot; undefined without /proc. */
function startOf(pid: number): string | undefined {
  try {
    // The command name in brackets may contain spaces; the start time is the twentieth field after it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}

function checkFormat(folder: string): void {
  const file = join(folder, FORMAT_FILE);
  const text = readFormat(file);
  if (text === undefined) {
    const foreign = readdirSync(folder).filter(
      (name) => !name.startsWith('.') && !name.startsWith(LOCK_FILE),
    );
    const [first] = foreign.filter((name) => name !== `${FORMAT_FILE}.new`);
    if (first !== undefined) {
      throw new DataFolderUnusableError(folder, `it contains other files (${first}); choose an empty folder`);
    }
    writeFileSync(`${file}.new`, `${JSON.stringify({ format: FORMAT })}\n`);
    renameSync(`${file}.new`, file);
    return;
  }
  const format = parseFormat(file, text);
  if (format !== FORMAT) throw new DataFolderVersionError(folder, format);
}

function readFormat(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new DataFolderDamagedError(file, `it cannot be read, ${String(codeOf(error))}`, { cause: error });
  }
}

function parseFormat(file: string, text: string): number {
  try {
    return formatSchema.parse(JSON.parse(text)).format;
  } catch (error) {
    throw new DataFolderDamagedError(file, 'it contains no format number', { cause: error });
  }
}
