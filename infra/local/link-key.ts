import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type DataFolder, DataFolderDamagedError } from './data-folder.ts';
import { readKept, replaceFile } from './kept-file.ts';

/** As long as the output of the HMAC that derives the links; anyone could compute the links of an empty key. */
const keyBytes = 32;

/**
 * The key of the personal links; undefined for a folder without data.
 *
 * @throws DataFolderDamagedError also when it is missing although there is data: every link mailed so far would be dead.
 */
export function readLinkKey(folder: DataFolder): Uint8Array | undefined {
  const file = folder.file('link.key');
  const finding = `it does not contain the ${keyBytes} bytes of the key of the personal links`;
  const key = readKept(file, finding, (content) => {
    if (content.length !== keyBytes) throw new RangeError(`It contains ${content.length} bytes`);
    return content;
  });
  if (key === undefined && existsSync(folder.file('dynamodb.log'))) {
    throw new DataFolderDamagedError(file, 'the key of the personal links is missing');
  }
  return key;
}

/** The key of the personal links, made once and kept in the data folder. @throws DataFolderDamagedError */
export function linkKey(folder: DataFolder | undefined): Uint8Array {
  const kept = folder === undefined ? undefined : readLinkKey(folder);
  const key = kept ?? randomBytes(keyBytes);
  if (kept === undefined && folder !== undefined) replaceFile(folder.file('link.key'), key, { flush: true });
  return key;
}
