import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../infra/local/main.ts', import.meta.url));

/** The system as `npm start` starts it, in a process of its own. */
export interface Started {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  /** The origin it is ready on. */
  ready(): Promise<string>;
  /** Its exit code. */
  ended(): Promise<unknown>;
}

export function startSystem(environment: Record<string, string>, ...options: string[]): Started {
  const child = spawn(process.execPath, [main, ...options], { env: { ...process.env, ...environment } });
  const said = { stdout: '', stderr: '' };
  const ready = Promise.withResolvers<string>();
  const ended = once(child, 'exit').then(([code]) => code);
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
    const origin = /^Ready on (\S+)\n/.exec(said.stdout)?.[1];
    if (origin !== undefined) ready.resolve(origin);
  });
  void ended.then(() => ready.reject(new Error(`It ended before it was ready: ${said.stderr}`)));
  ready.promise.catch(() => undefined);
  return {
    child,
    said,
    ready: () => ready.promise,
    ended: () => ended,
  };
}
