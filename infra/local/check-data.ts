import { checkJournal } from '@onboarding/step-functions-local';
import type { DataFolder } from './data-folder.ts';
import { clockOf } from './kept-clock.ts';
import { readLinkKey } from './link-key.ts';
import { readSealKey } from './seal-key.ts';
import { readProviderKeys } from './web/provider-keys.ts';

/**
 * Reads what is not read in one go with the tables, which are rewritten when they are opened: damage is found before
 * anything has changed.
 *
 * @throws DataFolderDamagedError, JournalError
 */
export function checkData(folder: DataFolder): void {
  clockOf(folder);
  readLinkKey(folder);
  readSealKey(folder);
  readProviderKeys(folder);
  checkJournal(folder.file('step-functions.journal'));
}
