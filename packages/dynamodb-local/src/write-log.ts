import { join } from 'node:path';
import type { Item, Table } from 'dynalite/db/index.js';
import * as z from 'zod';
import { DamagedFileError } from './faults.ts';
import { RecordWriter, readRecordFile } from './record-file.ts';

// The checksum of each line says that it is what we wrote, so the shape of items is not checked again.
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const item = z.custom<Item>(isObject);

const recordSchema = z.discriminatedUnion('kind', [
  /** The items one write request put (whole) or deleted (by key); one request is one record. */
  z.object({
    kind: z.literal('items'),
    changes: z.array(
      z.union([z.object({ table: z.string(), put: item }), z.object({ table: z.string(), delete: item })]),
    ),
    /** The request's idempotency token, what it asked for, and when (milliseconds since 1970). */
    token: z.object({ token: z.string(), fingerprint: z.string(), at: z.number() }).optional(),
  }),
  z.object({
    kind: z.literal('table'),
    description: z.custom<Table>(isObject),
    timeToLiveAttribute: z.string().optional(),
  }),
  z.object({ kind: z.literal('table-deleted'), table: z.string() }),
]);

export type LogRecord = z.infer<typeof recordSchema>;

const headerSchema = z.object({ kind: z.literal('start'), generation: z.int().nonnegative() });
const footerSchema = z.object({ kind: z.literal('end'), records: z.int().nonnegative() });

const LOG = 'dynamodb.log';
const SNAPSHOT = 'dynamodb.snapshot';

export interface WriteLog {
  append(record: LogRecord): void;
  /** Writes what there is as the new snapshot and starts the log anew: overwritten and deleted items leave the disk. */
  compact(): void;
  close(): void;
}

/** A log for use without a data folder: everything ends with the process. */
export const NO_LOG: WriteLog = {
  append: () => undefined,
  compact: () => undefined,
  close: () => undefined,
};

/**
 * Opens the log of writes of a data folder. Everything in it is first given to `load`, oldest first; then, if
 * writes were logged since the last snapshot, it is compacted: `dump` is written as the new snapshot and the log starts
 * empty.
 * Snapshot and log carry a generation, and each replaces its predecessor by renaming, so that a crash at any
 * point of this leaves a pair that can be distinguished: a log older than the snapshot is already in it.
 * @throws DamagedFileError before anything is changed
 */
export function openWriteLog(
  folder: string,
  load: (record: LogRecord) => void,
  dump: () => Iterable<LogRecord>,
): WriteLog {
  const logFile = join(folder, LOG);
  const snapshotFile = join(folder, SNAPSHOT);
  const snapshot = readSnapshot(snapshotFile);
  const log = readLog(logFile, snapshot.generation);
  for (const record of snapshot.records) load(record);
  for (const record of log.records) load(record);

  let { generation } = snapshot;
  let writer: RecordWriter | undefined;
  const compact = (): void => {
    const next = prepareLog(logFile, generation + 1);
    try {
      writeSnapshot(snapshotFile, generation + 1, dump());
    } catch (error) {
      next.discard();
      throw error;
    }
    const previous = writer;
    // From here on the log before is in the snapshot: a record that went on behind it would not be read.
    writer = undefined;
    next.publish();
    generation += 1;
    writer = next;
    previous?.close();
  };
  if (log.usable && log.records.length > 0) compact();
  else if (log.usable) writer = new RecordWriter(logFile, 'a');
  else writer = startLog(logFile, generation);
  return {
    append: (record) => {
      if (writer === undefined)
        throw new Error(`${logFile} could not be started anew; start the system again`);
      writer.append(record);
    },
    compact,
    close: () => writer?.close(),
  };
}

interface Loaded {
  readonly generation: number;
  readonly records: readonly LogRecord[];
}

function readSnapshot(file: string): Loaded {
  const content = readRecordFile(file);
  if (content === undefined) return { generation: 0, records: [] };
  const { generation } = parseAs(headerSchema, content.records[0], file, 1);
  const footer = footerSchema.safeParse(content.records.at(-1)).data;
  if (content.torn || footer?.records !== content.records.length - 2) {
    throw new DamagedFileError(file, 'its end is missing');
  }
  return { generation, records: parseRecords(content.records.slice(1, -1), file) };
}

/** The log's records, and whether it is whole and belongs behind the snapshot, so that it can be written on. */
function readLog(file: string, generation: number): { records: readonly LogRecord[]; usable: boolean } {
  const content = readRecordFile(file);
  if (content === undefined) {
    if (generation > 0) throw new DamagedFileError(file, 'it is missing');
    return { records: [], usable: false };
  }
  const header = parseAs(headerSchema, content.records[0], file, 1);
  if (header.generation > generation) {
    throw new DamagedFileError(file, `the ${SNAPSHOT} it goes on from is missing`);
  }
  if (header.generation < generation) return { records: [], usable: false };
  const records = parseRecords(content.records.slice(1), file);
  return { records, usable: !content.torn || records.length > 0 };
}

const parseRecords = (records: readonly unknown[], file: string): LogRecord[] =>
  records.map((record, index) => parseAs(recordSchema, record, file, index + 2));

function parseAs<Parsed>(schema: z.ZodType<Parsed>, record: unknown, file: string, line: number): Parsed {
  const parsed = schema.safeParse(record);
  if (!parsed.success) {
    throw new DamagedFileError(file, `line ${line} is no known record`, { cause: parsed.error });
  }
  return parsed.data;
}

function writeSnapshot(file: string, generation: number, records: Iterable<LogRecord>): void {
  const writer = new RecordWriter(file, 'w');
  try {
    let count = 0;
    writer.append({ kind: 'start', generation });
    for (const record of records) {
      writer.append(record);
      count += 1;
    }
    writer.append({ kind: 'end', records: count });
    writer.publish();
  } catch (error) {
    writer.discard();
    throw error;
  }
  writer.close();
}

/** A new log beside the present one, on the disk but not in its place yet. */
function prepareLog(file: string, generation: number): RecordWriter {
  const writer = new RecordWriter(file, 'w');
  try {
    writer.append({ kind: 'start', generation });
  } catch (error) {
    writer.discard();
    throw error;
  }
  return writer;
}

function startLog(file: string, generation: number): RecordWriter {
  const writer = prepareLog(file, generation);
  writer.publish();
  return writer;
}
