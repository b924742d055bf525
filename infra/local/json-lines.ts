import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { DataFolderDamagedError } from './data-folder.ts';

/** A list stored in a file, one JSON object a line. */
export interface JsonLines<T> {
  /** Content of the file when it was opened. */
  readonly kept: readonly T[];
  append(value: T): void;
}

/**
 * Opens a file of JSON lines, which need not exist yet. An incomplete last line was cut off while it was written; it is
 * removed, because the writer will repeat it.
 *
 * @throws DataFolderDamagedError any other line is damaged
 */
export function openJsonLines<T>(file: string, parse: (value: unknown) => T): JsonLines<T> {
  const content = readIfPresent(file);
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) truncateSync(file, whole.length);
  const lines = whole.toString('utf8').split('\n').slice(0, -1);
  const kept = lines.map((line, index) => parseLine(file, line, index + 1, parse));
  return {
    kept,
    append: (value) => appendFileSync(file, `${JSON.stringify(value)}\n`, { mode: 0o600 }),
  };
}

function readIfPresent(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw new DataFolderDamagedError(file, 'it cannot be read', { cause: error });
  }
}

function parseLine<T>(file: string, line: string, number: number, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(line));
  } catch (error) {
    throw new DataFolderDamagedError(file, `line ${number} is damaged`, { cause: error });
  }
}
