import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { DataFolder } from './data-folder.ts';
import { readKept, replaceFile } from './kept-file.ts';

/** P-256 by its name in OpenSSL. */
const curve = 'prime256v1';

/** The private key of the seals (PKCS #8, PEM); undefined if there is none yet. @throws DataFolderDamagedError */
export function readSealKey(folder: DataFolder): string | undefined {
  return readKept(folder.file('seal.key'), 'it does not contain the key of the seals', (content) => {
    const { asymmetricKeyDetails } = createPrivateKey(content);
    if (asymmetricKeyDetails?.namedCurve !== curve) throw new RangeError('It is no key of the curve P-256');
    return content.toString('utf8');
  });
}

/**
 * The private key of the seals, made once and kept in the data folder. Who takes the file away gets a new key at the next
 * start: the public half of the former one stays in the table, and its seals stay valid.
 *
 * @throws DataFolderDamagedError
 */
export function privateSealKey(folder: DataFolder | undefined): string {
  const kept = folder === undefined ? undefined : readSealKey(folder);
  if (kept !== undefined) return kept;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const made = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  if (folder !== undefined) replaceFile(folder.file('seal.key'), made, { flush: true });
  return made;
}
