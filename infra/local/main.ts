import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DamagedFileError } from '@onboarding/dynamodb-local';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import {
  type DataFolder,
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderUnusableError,
  DataFolderVersionError,
  openDataFolder,
} from './data-folder.ts';
import { earlyWaves, isHalfTold, prepareDemoData } from './demo-data.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { ClockWishError, lastMoment, readMoment } from './web/clock-control.ts';
import { listenOnLoopback, PortInUseError, type WebServer } from './web/server.ts';
import { startWeb } from './web/start-web.ts';

const usage =
  'Usage: npm start -- [--fresh] [--from DATE] [--time-scale N]; PORT and DATA_DIR stand in the environment.';

/** Where AWS's own local services listen by custom; any other port will do. */
const customaryPorts = { dynamoDb: 8000, stepFunctions: 8083 } as const;

/** The command cannot be carried out as it was given. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Command {
  readonly port: number;
  readonly dataFolder: string;
  readonly fresh: boolean;
  readonly from: Date;
  readonly timeScale: number;
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
  throw new UsageError(`${name} is a whole number up to ${most}, not "${text}". ${usage}`);
}

function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const options = readOptions(args);
  return {
    port: wholeNumber(environment['PORT'] ?? '3000', 'PORT', 65_535),
    dataFolder: environment['DATA_DIR'] ?? fileURLToPath(new URL('../../.data', import.meta.url)),
    fresh: options.fresh,
    from: options.from === undefined ? instantAt('2026-11-23', '09:00') : readFrom(options.from),
    timeScale: wholeNumber(options['time-scale'], '--time-scale', 1_000_000),
  };
}

function readFrom(text: string): Date {
  try {
    return readMoment(text);
  } catch (cause) {
    if (!(cause instanceof ClockWishError)) throw cause;
    throw new UsageError(`--from "${text}": ${cause.message} ${usage}`, { cause });
  }
}

/** Empties a folder that is ours: whoever holds its lock may. */
function emptied(folder: DataFolder): DataFolder {
  for (const name of readdirSync(folder.path)) {
    if (name !== 'lock' && name !== 'format.json') rmSync(folder.file(name), { recursive: true });
  }
  return folder;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function freePorts() {
  const [dynamoDb, stepFunctions] = await Promise.all([
    isFree(customaryPorts.dynamoDb),
    isFree(customaryPorts.stepFunctions),
  ]);
  return {
    ...(dynamoDb ? { dynamoDb: customaryPorts.dynamoDb } : {}),
    ...(stepFunctions ? { stepFunctions: customaryPorts.stepFunctions } : {}),
  };
}

async function startSystem(command: Command, folder: DataFolder, web: WebServer): Promise<Runtime> {
  const demo = prepareDemoData(folder, command.from);
  const runtime = await startRuntime({
    dataFolder: folder,
    from: demo.startsAt,
    timeScale: command.timeScale,
    // The story is told at the pace of the machine, whatever the speed that follows.
    held: true,
    until: lastMoment,
    platform: samplePlatform,
    calendar: [...sampleCalendar(samplePlatform), ...earlyWaves(command.from)],
    registryFile: fileURLToPath(new URL('../../examples/registry.json', import.meta.url)),
    publicUrl: web.origin,
    ports: await freePorts(),
    // In the folder, so that the terminal shows what matters to whoever started it.
    log: (line) => appendFileSync(folder.file('log.jsonl'), line),
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

/** Resolves once the system stands; it runs until a signal ends it. */
async function run(command: Command): Promise<void> {
  // What it writes is personal data: nobody else's.
  process.umask(0o077);
  const web = await listenOnLoopback(command.port);
  let folder: DataFolder | undefined;
  try {
    folder = openDataFolder(command.dataFolder);
    if (command.fresh || isHalfTold(folder)) emptied(folder);
    const runtime = await startSystem(command, folder, web);
    process.stdout.write(`Ready on ${web.origin}\n`);
    stopOnSignal(web, runtime, folder);
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
      // A second signal ends it at once; nothing is lost, as every write was logged before it was answered.
      if (stopping) process.exit(130);
      stopping = true;
      await web.close();
      await runtime.close();
      folder.close();
      process.exit(0);
    });
  }
}

/** Mistakes and circumstances that a person can mend: one line says which. */
const expected = [
  UsageError,
  PortInUseError,
  DataFolderInUseError,
  DataFolderDamagedError,
  DamagedFileError,
  DataFolderUnusableError,
  DataFolderVersionError,
];

try {
  await run(readCommand(process.argv.slice(2), process.env));
} catch (error) {
  if (!expected.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
