import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import {
  type CustomerIdentity,
  customerIdentities,
} from '../../functions/domain/onboarding/customer-identity.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { earlyWaves, isHalfTold, prepareDemoData } from './demo-data.ts';
import { appendWhole } from './kept-file.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { failureLine } from './start-failure.ts';
import { ClockWishError, lastMoment, readMoment } from './web/clock-control.ts';
import { listenOnLoopback, type WebServer } from './web/server.ts';
import { startWeb } from './web/start-web.ts';

const usage =
  'Usage: npm start -- [--fresh] [--from DATE] [--time-scale N]; PORT, DATA_DIR and CUSTOMER_IDENTITY are environment variables.';

/** The usual ports of AWS's own local services; used if they are free. */
const customaryPorts = { dynamoDb: { preferred: 8000 }, stepFunctions: { preferred: 8083 } } as const;

/** The command line is wrong. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Command {
  readonly port: number;
  readonly dataFolder: string;
  readonly fresh: boolean;
  readonly from: Date;
  readonly timeScale: number;
  readonly customerIdentity: CustomerIdentity;
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        from: { type: 'string' },
        'time-scale': { type: 'string', default: '1' },
      },
    }).values;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UsageError(`${what} ${usage}`, { cause });
  }
}

function wholeNumber(text: string, name: string, most: number): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value <= most) return value;
  throw new UsageError(`${name} must be a whole number up to ${most}, not "${text}". ${usage}`);
}

function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const options = readOptions(args);
  return {
    port: wholeNumber(environment['PORT'] ?? '3000', 'PORT', 65_535),
    dataFolder: environment['DATA_DIR'] ?? fileURLToPath(new URL('../../.data', import.meta.url)),
    fresh: options.fresh,
    from: options.from === undefined ? instantAt('2026-11-23', '09:00') : readFrom(options.from),
    timeScale: wholeNumber(options['time-scale'], '--time-scale', 1_000_000),
    customerIdentity: readIdentity(environment['CUSTOMER_IDENTITY'] ?? 'link'),
  };
}

function readIdentity(text: string): CustomerIdentity {
  const known = customerIdentities.find((identity) => identity === text);
  if (known !== undefined) return known;
  throw new UsageError(`CUSTOMER_IDENTITY must be one of ${customerIdentities.join(', ')}. ${usage}`);
}

function readFrom(text: string): Date {
  try {
    return readMoment(text);
  } catch (cause) {
    if (!(cause instanceof ClockWishError)) throw cause;
    throw new UsageError(`--from "${text}": ${cause.message} ${usage}`, { cause });
  }
}

/** Empties the data folder, which this process has locked. */
function emptied(folder: DataFolder): DataFolder {
  for (const name of readdirSync(folder.path)) {
    if (name !== 'lock' && name !== 'format.json') rmSync(folder.file(name), { recursive: true });
  }
  return folder;
}

/** A full disk costs the lines of the log, not the work that they tell of. */
function logTo(folder: DataFolder, line: string): void {
  try {
    appendWhole(folder.file('log.jsonl'), line);
  } catch {
    // Said where it matters: by the request that could not be carried out.
  }
}

async function startSystem(command: Command, folder: DataFolder, web: WebServer): Promise<Runtime> {
  const demo = prepareDemoData(folder, command.from);
  const runtime = await startRuntime({
    dataFolder: folder,
    from: demo.startsAt,
    timeScale: command.timeScale,
    // The demonstration data is made at the pace of the machine, whatever the speed that follows.
    held: true,
    until: lastMoment,
    platform: samplePlatform,
    calendar: [...sampleCalendar(samplePlatform), ...earlyWaves(command.from)],
    registryFile: fileURLToPath(new URL('../../examples/registry.json', import.meta.url)),
    publicUrl: web.origin,
    customerIdentity: command.customerIdentity,
    ports: customaryPorts,
    // The log goes to the data folder, to keep the terminal readable.
    log: (line) => logTo(folder, line),
    onJournalFailure: (failure) => {
      process.stderr.write(`${failure.message} Free space, then start again: what was answered is kept.\n`);
      folder.close();
      process.exit(1);
    },
    hooks: demo.hooks,
  });
  try {
    await demo.play(runtime);
    web.serve(await startWeb(runtime, web.origin, folder));
    runtime.clock.run();
    return runtime;
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** Resolves once the system is ready; it runs until a signal stops it. */
async function run(command: Command): Promise<void> {
  // The files contain personal data, so only this user may read them.
  process.umask(0o077);
  const web = await listenOnLoopback(command.port);
  let folder: DataFolder | undefined;
  try {
    folder = openDataFolder(command.dataFolder);
    if (command.fresh || isHalfTold(folder)) emptied(folder);
    const runtime = await startSystem(command, folder, web);
    stopOnSignal(web, runtime, folder);
    process.stdout.write(`Ready on ${web.origin}\n`);
  } catch (error) {
    folder?.close();
    await web.close();
    throw error;
  }
}

function stopOnSignal(web: WebServer, runtime: Runtime, folder: DataFolder): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      // A second signal exits immediately; nothing is lost, because every write is logged before it is acknowledged.
      if (stopping) process.exit(130);
      stopping = true;
      await web.close();
      await runtime.close();
      folder.close();
      process.exit(0);
    });
  }
}

try {
  await run(readCommand(process.argv.slice(2), process.env));
} catch (error) {
  const line = error instanceof UsageError ? error.message : failureLine(error);
  if (line === undefined) throw error;
  process.stderr.write(`${line}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
