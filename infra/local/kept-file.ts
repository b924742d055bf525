import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { DataFolderDamagedError } from './data-folder.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Reads a file of the data folder; undefined if it does not exist.
 *
 * @throws DataFolderDamagedError with `finding` when it cannot be read or `parse` throws.
 */
export function readKept<T>(file: string, finding: string, parse: (content: Buffer) => T): T | undefined {
  try {
    return parse(readFileSync(file));
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new DataFolderDamagedError(file, finding, { cause });
  }
}

function writeWhole(descriptor: number, content: Uint8Array): void {
  for (let written = 0; written < content.length; ) written += writeSync(descriptor, content, written);
}

/** Puts a file in place of the one before: a crash or a full disk leaves that one, or none. */
export function replaceFile(
  file: string,
  content: string | Uint8Array,
  /** Also against loss of power, which costs a wait for the disk. */
  { flush = false }: { readonly flush?: boolean } = {},
): void {
  const temporary = `${file}.new`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeWhole(descriptor, Buffer.from(content));
    if (flush) fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

/** Appends all of a text to a file, or, on a full disk, nothing. */
export function appendWhole(file: string, text: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    const before = fstatSync(descriptor).size;
    try {
      writeWhole(descriptor, Buffer.from(text));
    } catch (error) {
      ftruncateSync(descriptor, before);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}
