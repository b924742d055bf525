import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import { type DataFolder, DataFolderDamagedError } from '../data-folder.ts';

const keys = z.object({
  signing: z.looseObject({ kty: z.literal('RSA'), kid: z.string() }),
  cookies: z.array(z.string()).min(1),
});
export type ProviderKeys = z.infer<typeof keys>;

async function newKeys(): Promise<ProviderKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return keys.parse({
    signing: {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(8).toString('hex'),
      use: 'sig',
      alg: 'RS256',
    },
    cookies: [randomBytes(32).toString('base64url')],
  });
}

/**
 * The identity provider's keys: created once and kept with the data, so that tokens survive a restart.
 *
 * @throws DataFolderDamagedError
 */
export async function providerKeys(folder: DataFolder | undefined): Promise<ProviderKeys> {
  const file = folder?.file('identity-provider.json');
  if (file === undefined) return newKeys();
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, JSON.stringify(await newKeys()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  try {
    return keys.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new DataFolderDamagedError(file, 'it contains no keys', { cause });
  }
}
