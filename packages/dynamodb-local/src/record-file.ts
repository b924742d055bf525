import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
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

/** A file of records open for writing at its end. */
export class RecordWriter {
  readonly #file: number;
  #length: number;

  /** `a` goes on behind what the file holds, `w` starts it anew. */
  constructor(path: string, mode: 'a' | 'w') {
    this.#file = openSync(path, mode);
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

  /** Puts everything on the disk, against loss of power too. */
  flush(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}
