import { parseArgs } from 'node:util';
import { eraseOnboarding, verifyErasure } from '../../functions/application/erase.ts';
import { BusinessError, OnboardingNotFoundError } from '../../functions/domain/errors.ts';
import { parseReference } from '../../functions/domain/onboarding/reference.ts';
import { erasureReasons } from '../../functions/domain/onboarding/state.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { isDataFolder, openDataFolder } from './data-folder.ts';
import { clockOf } from './kept-clock.ts';
import { startRuntime } from './runtime.ts';
import { runCommand } from './start-failure.ts';

const usage = `Usage: npm run erase -- REFERENCE --data DIR [--reason ${erasureReasons.join('|')}]\n`;

/**
 * Erases the personal data of one onboarding in a data folder and prints the proof. The system must not be running on
 * the folder. Emails already sent stay in the folder's mailbox, as they would in any recipient's mailbox.
 *
 * @returns the exit code: 0 if no personal data is left, 1 if some is or the onboarding does not exist, 2 for a wrong
 * command line.
 */
export async function erase(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, reason: { type: 'string', default: 'asked_by_person' } },
  });
  const reference = parseReference(positionals[0] ?? '');
  const reason = erasureReasons.find((each) => each === values.reason);
  if (
    reference === undefined ||
    values.data === undefined ||
    reason === undefined ||
    positionals.length > 1
  ) {
    print(usage);
    return 2;
  }
  if (!isDataFolder(values.data)) {
    print(`${values.data} is not a data folder of this system: nothing was erased.\n`);
    return 1;
  }
  const dataFolder = openDataFolder(values.data);
  try {
    const now = clockOf(dataFolder);
    if (now === undefined) throw new OnboardingNotFoundError();
    const runtime = await startRuntime({
      dataFolder,
      // The folder's own time: a demonstration may be years ahead of or behind the real date.
      from: now,
      timeScale: 0,
      platform: samplePlatform,
      calendar: [],
      registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
    });
    try {
      const proof = await eraseOnboarding(runtime, reference, reason, {
        kind: 'operator',
        id: 'command-line',
      });
      await runtime.clock.settled();
      const check = await verifyErasure(runtime, reference);
      print(
        `${JSON.stringify({ reference, ...proof, verified: check.erased, remaining: check.remaining }, null, 2)}\n`,
      );
      print(
        `Emails already sent are not part of the system: delete them from ${dataFolder.file('mailbox')}.\n`,
      );
      return check.erased ? 0 : 1;
    } finally {
      await runtime.close();
    }
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    print(`${error.text.en}\n`);
    return 1;
  } finally {
    dataFolder.close();
  }
}

if (import.meta.main) await runCommand(erase);
