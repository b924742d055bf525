import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { required } from './environment.ts';
import { pemOf, type SealKey } from './seal-key.ts';

/** The key of the seals in KMS. */
export function sealKeyFromEnvironment(): SealKey {
  return kmsSealKey(new KMSClient({}), required('SEAL_KEY_ID'));
}

/** Seals in KMS, which never releases the key. */
function kmsSealKey(client: KMSClient, keyId: string): SealKey {
  return {
    publicKey: async () => {
      const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
      if (PublicKey === undefined) throw new Error('KMS returned no public key');
      return pemOf(createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }));
    },
    sign: async (message) => {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          // A message may have 4,096 bytes at most: its hash is signed.
          MessageType: 'DIGEST',
          Message: createHash('sha256').update(message).digest(),
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (Signature === undefined) throw new Error('KMS returned no signature');
      return Signature;
    },
  };
}
