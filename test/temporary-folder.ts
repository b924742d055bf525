import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives all tests of a run, and the processes that they start, one folder for temporary files, and removes it with all
 * that they have left there: also what a test that failed, or a process that was killed, could not remove itself.
 */
export function setup(): () => void {
  const former = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-tests-'));
  process.env['TMPDIR'] = folder;
  return () => {
    if (former === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = former;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
