import { truncateSync } from 'node:fs';
import { DataFolderDamagedError } from './data-folder.ts';
import { appendWhole, readKept } from './kept-file.ts';

/** A list stored in a file, one JSON object a line. */
export interface JsonLines<T> {
  /** Content of the file when it was opened. */
  readonly kept: readonly T[];
  append(value: T): void;
}

/**
 * Opens a file of JSON lines, which need not exist yet. An incomplete last line was cut off while it was written; it is
 * removed before the next one is appended, because the writer will repeat it.
 *
 * @throws DataFolderDamagedError any other line is damaged
 */
export function openJsonLines<T>(file: string, parse: (value: unknown) => T): JsonLines<T> {
  const content = readKept(file, 'it cannot be read', (bytes) => bytes) ?? Buffer.alloc(0);
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  const lines = whole.toString('utf8').split('\n').slice(0, -1);
  const kept = lines.map((line, index) => parseLine(file, line, index + 1, parse));
  let torn = whole.length < content.length;
  return {
    kept,
    append: (value) => {
      if (torn) truncateSync(file, whole.length);
      torn = false;
      appendWhole(file, `${JSON.stringify(value)}\n`);
    },
  };
}

function parseLine<T>(file: string, line: string, number: number, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(line));
  } catch (error) {
    throw new DataFolderDamagedError(file, `line ${number} is damaged`, { cause: error });
  }
}
