import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import * as z from 'zod';
import {
  type Frame,
  factsSchema,
  frameSchema,
  historyEventSchema,
  type StoredExecution,
  statusChangeSchema,
} from './execution.ts';

const headSchema = z.strictObject({ version: z.literal(1), secret: z.string() });
const definitionSchema = z.strictObject({ hash: z.string(), name: z.string(), definition: z.unknown() });
const changeSchema = z.strictObject({
  x: z.int(),
  facts: factsSchema.optional(),
  events: z.array(historyEventSchema).optional(),
  frames: z.array(frameSchema).optional(),
  dropped: z.array(z.int()).optional(),
  counts: z.tuple([z.int(), z.int()]).optional(),
  unsent: z.array(statusChangeSchema).optional(),
  sent: z.array(z.string()).optional(),
});

/** What changed in one execution by one step. */
export type Change = z.infer<typeof changeSchema>;
export type StoredDefinition = z.infer<typeof definitionSchema>;

export interface Stored {
  readonly secret: string;
  readonly definitions: StoredDefinition[];
  readonly executions: StoredExecution[];
}

/** The journal cannot be trusted; one line says where. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const newline = 0x0a;

function readWhole(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new JournalError(`The journal ${file} cannot be read: ${reason}.`, { cause });
  }
}

/** Whole lines only: a torn last line was never answered for, so it never happened. */
function* linesOf(file: string): Iterable<{ line: number; text: string }> {
  const bytes = readWhole(file);
  let line = 0;
  let from = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
    line += 1;
    yield { line, text: bytes.toString('utf8', from, end) };
    from = end + 1;
  }
}

function parseLine<T>(file: string, line: number, text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new JournalError(
      `The journal ${file} is damaged at line ${line}; restore it from a copy or remove it.`,
      { cause },
    );
  }
}

function emptyExecution(change: Change, file: string, line: number): StoredExecution {
  if (change.facts === undefined) {
    throw new JournalError(
      `The journal ${file} is damaged at line ${line}: it changes an unknown execution. Restore it from a copy or remove it.`,
    );
  }
  return { x: change.x, facts: change.facts, events: [], frames: [], counts: [0, 0], unsent: [] };
}

class Reader {
  readonly #executions = new Map<number, StoredExecution & { byId: Map<number, Frame> }>();
  readonly definitions: StoredDefinition[] = [];

  apply(change: Change, file: string, line: number): void {
    let execution = this.#executions.get(change.x);
    if (execution === undefined) {
      execution = { ...emptyExecution(change, file, line), byId: new Map() };
      this.#executions.set(change.x, execution);
    }
    execution.facts = change.facts ?? execution.facts;
    execution.counts = change.counts ?? execution.counts;
    for (const event of change.events ?? []) execution.events.push(event);
    for (const frame of change.frames ?? []) execution.byId.set(frame.id, frame);
    for (const id of change.dropped ?? []) execution.byId.delete(id);
    const { sent = [] } = change;
    execution.unsent = [...execution.unsent, ...(change.unsent ?? [])].filter(({ id }) => !sent.includes(id));
  }

  executions(): StoredExecution[] {
    return [...this.#executions.values()].map(({ byId, ...execution }) => ({
      ...execution,
      frames: [...byId.values()].sort((left, right) => left.id - right.id),
    }));
  }
}

function read(file: string): Stored | undefined {
  const reader = new Reader();
  let secret: string | undefined;
  const lineSchema = z.union([changeSchema, definitionSchema]);
  for (const { line, text } of linesOf(file)) {
    if (secret === undefined) {
      secret = parseLine(file, line, text, headSchema).secret;
      continue;
    }
    const record = parseLine(file, line, text, lineSchema);
    if ('x' in record) reader.apply(record, file, line);
    else reader.definitions.push(record);
  }
  if (secret === undefined) return undefined;
  return { secret, definitions: reader.definitions, executions: reader.executions() };
}

/**
 * Reads the whole journal and changes nothing, so that a damaged one is found before anything else is written.
 *
 * @throws JournalError
 */
export function checkJournal(file: string): void {
  if (existsSync(file)) read(file);
}

/**
 * The append-only memory of the executions. Each append is one synchronous write, so whatever was answered
 * survives the death of the process; opening it compacts it into a snapshot first.
 */
export class Journal {
  readonly #descriptor: number;
  readonly #file: string;
  readonly stored: Stored;

  private constructor(file: string, stored: Stored) {
    this.#file = file;
    this.#descriptor = openSync(file, 'a');
    this.stored = stored;
  }

  /** Throws `JournalError` when a line other than a torn last one cannot be read. */
  static open(file: string, newSecret: () => string): Journal {
    const found = existsSync(file) ? read(file) : undefined;
    const stored = found ?? { secret: newSecret(), definitions: [], executions: [] };
    const used = new Set(stored.executions.map(({ facts }) => facts.definition));
    const definitions = stored.definitions.filter(({ hash }) => used.has(hash));
    replaceFile(file, [{ version: 1, secret: stored.secret }, ...definitions, ...stored.executions]);
    return new Journal(file, { ...stored, definitions });
  }

  /** @throws JournalError when it cannot be written; the file is as it was before. */
  append(records: readonly (Change | StoredDefinition)[]): void {
    const before = fstatSync(this.#descriptor).size;
    try {
      writeLines(this.#descriptor, records);
    } catch (cause) {
      // Half a line in the middle of the file would read as damage at the next start.
      ftruncateSync(this.#descriptor, before);
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new JournalError(`The journal ${this.#file} cannot be written: ${reason}.`, { cause });
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Writes a new file beside the one it then replaces: a full disk or a crash leaves the one before. */
function replaceFile(file: string, records: readonly unknown[]): void {
  const temporary = `${file}.new`;
  const target = openSync(temporary, 'w');
  try {
    for (const record of records) writeLines(target, [record]);
    fsyncSync(target);
  } catch (error) {
    rmSync(temporary);
    throw error;
  } finally {
    closeSync(target);
  }
  renameSync(temporary, file);
}

function writeLines(descriptor: number, records: readonly unknown[]): void {
  const lines = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  for (let written = 0; written < lines.length; ) written += writeSync(descriptor, lines, written);
}
