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
import { crc32 } from 'node:zlib';
import { DamagedFileError } from './faults.ts';

const NEWLINE = 10;
const CHECKSUM_LENGTH = 8;

const checksum = (json: string | Buffer): string => crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0');

/** One record as a line: the checksum of its JSON, a space, the JSON. */
const lineOf = (record: unknown): string => {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
};

/** What a file of records holds; nothing when there is no such file. */
export interface RecordFileContent {
  readonly records: readonly unknown[];
  /** The last line was cut off while it was written: its write was never answered. */
  readonly torn: boolean;
}

/**
 * Reads a file of records. A last line without its end is left out: the process died while writing it.
 * @throws DamagedFileError any other line is not what was written
 */
export function readRecordFile(file: string): RecordFileContent | undefined {
  const content = readIfPresent(file);
  if (content === undefined) return undefined;
  const records: unknown[] = [];
  let start = 0;
  for (let end = content.indexOf(NEWLINE); end >= 0; end = content.indexOf(NEWLINE, start)) {
    records.push(parseLine(file, records.length + 1, content.subarray(start, end)));
    start = end + 1;
  }
  return { records, torn: start < content.length };
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DamagedFileError(file, 'it cannot be read', { cause: error });
  }
}

function parseLine(file: string, number: number, line: Buffer): unknown {
  const json = line.subarray(CHECKSUM_LENGTH + 1);
  if (line.subarray(0, CHECKSUM_LENGTH + 1).toString('latin1') !== `${checksum(json)} `) {
    throw new DamagedFileError(file, `line ${number} does not match its checksum`);
  }
  return JSON.parse(json.toString('utf8'));
}

/**
 * A file of records open for writing at its end. A file that is started anew is written beside the one it replaces and
 * takes its place when it is published: a crash or a full disk leaves the one before.
 */
export class RecordWriter {
  readonly #path: string;
  readonly #written: string;
  readonly #file: number;
  #length: number;

  /** `a` goes on behind what the file holds, `w` starts a new one. */
  constructor(path: string, mode: 'a' | 'w') {
    this.#path = path;
    this.#written = mode === 'a' ? path : `${path}.new`;
    this.#file = openSync(this.#written, mode);
    this.#length = fstatSync(this.#file).size;
  }

  /** Hands the record to the operating system: it survives the end of this process, however it comes. */
  append(record: unknown): void {
    const line = Buffer.from(lineOf(record));
    try {
      for (let written = 0; written < line.length; ) {
        written += writeSync(this.#file, line, written);
      }
      this.#length += line.length;
    } catch (error) {
      // Half a line in the middle of the file would read as damage at the next start.
      ftruncateSync(this.#file, this.#length);
      throw error;
    }
  }

  /** Puts a new file in its place, after everything in it is on the disk, against loss of power too. */
  publish(): void {
    fsyncSync(this.#file);
    renameSync(this.#written, this.#path);
  }

  /** Gives up a new file that was not published. */
  discard(): void {
    closeSync(this.#file);
    rmSync(this.#written, { force: true });
  }

  /** Puts everything on the disk, against loss of power too. */
  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }
}
