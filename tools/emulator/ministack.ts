import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from './cache-folder.ts';

/** The emulator has ended or does not respond. */
export class EmulatorError extends Error {
  override readonly name = 'EmulatorError';
}

export const emulatedRegion = 'eu-west-3';
export const emulatedAccount = '000000000000';

/** MiniStack, an open-source AWS emulator, running on the loopback address. */
export interface Emulator {
  readonly endpoint: string;
  /** Environment variables that direct command lines and SDKs to it. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const patience = 60_000;
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } as const;

/** A free port on the loopback address. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new EmulatorError('No port is free')),
      );
    });
  });
}

export interface EmulatorOptions {
  /** Folder of the Python environment's programs. */
  readonly programs: string;
  readonly port: number;
  /** Additional environment variables of deployed functions. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts the emulator and waits until it responds. Its data is kept in memory only.
 *
 * @throws EmulatorError
 */
export async function startMinistack(options: EmulatorOptions): Promise<Emulator> {
  const { programs, port } = options;
  const folder = join(cacheFolder, 'run');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The emulator unpacks functions here, beside a CommonJS script, so the repository's package type must not apply.
  writeFileSync(join(folder, 'package.json'), '{}\n');
  const log = openSync(join(folder, 'emulator.log'), 'w');
  // Deployed functions run with the same pinned Node.js as this process.
  const path = [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(':');
  const child = spawn(join(programs, 'ministack'), [], {
    cwd: folder,
    stdio: ['ignore', log, log],
    // A separate process group, because functions are processes of the emulator and end with it.
    detached: true,
    env: {
      ...options.environment,
      ...credentials,
      PATH: path,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: emulatedRegion,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endWithUs = () => endGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  const stop = async () => {
    endGroup(child, 'SIGTERM');
    await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
    endGroup(child, 'SIGKILL');
    await ended;
    process.off('exit', endWithUs);
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(endpoint, child, join(folder, 'emulator.log'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    settings: {
      ...credentials,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: emulatedRegion,
      AWS_DEFAULT_REGION: emulatedRegion,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stop,
  };
}

/** Stops the emulator and its functions, unless they have ended already. */
function endGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function untilHealthy(endpoint: string, child: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new EmulatorError(`The emulator has ended; see ${log}`);
    const healthy = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await pause(100);
  }
  throw new EmulatorError(`The emulator does not respond; see ${log}`);
}
