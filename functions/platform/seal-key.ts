import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/**
 * The key that seals records: ECDSA on the curve P-256 with SHA-256. Its public half is published, so that anyone can
 * verify a record without us.
 */
export interface SealKey {
  /** SubjectPublicKeyInfo, PEM. */
  publicKey(): Promise<string>;
  /** The signature of a message, DER. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** SHA-256 in hexadecimal, as `sha256sum` prints it. */
export function sealDigest(message: string | Uint8Array): string {
  return createHash('sha256').update(message).digest('hex');
}

/** The id of a key follows from the key itself: the first 32 hexadecimal digits of SHA-256 of its public half (DER). */
export function sealKeyId(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return sealDigest(der).slice(0, 32);
}

/** A public key as it is published. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** Seals with a key of the local machine; only for the local system. */
export function localSealKey(privateKey: string | KeyObject): SealKey {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const publicKey = pemOf(createPublicKey(key));
  return {
    publicKey: async () => publicKey,
    sign: async (message) => sign('sha256', message, key),
  };
}
