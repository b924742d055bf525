import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import type { DataFolder } from '../data-folder.ts';
import { readKept, replaceFile } from '../kept-file.ts';

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

/** The keys in the data folder; undefined if there are none yet. @throws DataFolderDamagedError */
export function readProviderKeys(folder: DataFolder): ProviderKeys | undefined {
  return readKept(folder.file('identity-provider.json'), 'it contains no keys', (content) =>
    keys.parse(JSON.parse(content.toString('utf8'))),
  );
}

/**
 * The identity provider's keys: created once and kept with the data, so that tokens survive a restart.
 *
 * @throws DataFolderDamagedError
 */
export async function providerKeys(folder: DataFolder | undefined): Promise<ProviderKeys> {
  const kept = folder === undefined ? undefined : readProviderKeys(folder);
  const present = kept ?? (await newKeys());
  if (kept === undefined && folder !== undefined) {
    replaceFile(folder.file('identity-provider.json'), JSON.stringify(present), { flush: true });
  }
  return present;
}
