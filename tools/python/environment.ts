import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** No suitable Python is installed. */
export class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError';
}

const run = promisify(execFile);
const requirements = new URL('requirements.txt', import.meta.url).pathname;

const cacheFolder = resolve(import.meta.dirname, '../../.cache');

/**
 * The folder of programs of a Python environment with our pinned Python tools: the emulator and cfn-lint. It is created at
 * the first use and whenever the versions change.
 *
 * @throws PythonMissingError with a message that says what to install.
 */
export async function pythonPrograms(): Promise<string> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const environment = join(cacheFolder, `python-${pins}`);
  const programs = join(environment, 'bin');
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return programs;
  try {
    await run('python3', ['-m', 'venv', '--clear', environment]);
  } catch (cause) {
    throw new PythonMissingError('This needs python3 (3.10 or newer, with its venv module) on the PATH.', {
      cause,
    });
  }
  await run(join(programs, 'python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
    ...['--requirement', requirements],
  ]);
  writeFileSync(complete, '');
  return programs;
}

/** Runs a module of the environment. */
export async function python(programs: string, ...args: readonly string[]): Promise<void> {
  await run(join(programs, 'python'), ['-m', ...args]);
}
