import { createHash, createHmac } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

/**
 * Personal links. The secret part is a keyed hash (HMAC-SHA-256, 32 bytes) of the onboarding and the generation of its
 * link. It is as unguessable as random bytes but can be computed again for a reminder, so that no message, log or item
 * has to contain it. The table stores only its hash.
 */
export interface Links {
  /**
   * The secret part of a link, base64url. A new generation replaces the previous one.
   *
   * @param person id of the person whose link it is; the contact's without
   */
  token(reference: string, generation: number, person?: string): Promise<string>;
  /** Six digits, derived from the id of a code that someone is sent: the same ones each time. */
  code(reference: string, id: string): Promise<string>;
  /** The secret part of the address under which a member of staff subscribes to the waves, base64url. */
  calendar(subject: string, generation: number): Promise<string>;
  /** What a device is known by: a keyed digest of what it is known for, base64url. */
  device(known: string): Promise<string>;
  /** A keyed digest of a text: no one without the key can find out the text by guessing. */
  digest(text: string): Promise<string>;
}

/** KMS takes 4 kB at most, so the text is hashed before. */
function digestSubject(text: string): string {
  return `request:${createHash('sha256').update(text).digest('base64url')}`;
}

function subjectOf(reference: string, generation: number, person: string | undefined): string {
  return person === undefined
    ? `onboarding-link:${reference}:${generation}`
    : `person-link:${reference}:${person}:${generation}`;
}

/** The links of a key. Each kind has a beginning of its own, so that none can pass for another. */
function linksOver(mac: (subject: string) => Promise<string>): Links {
  return {
    token: (reference, generation, person) => mac(subjectOf(reference, generation, person)),
    code: async (reference, id) => sixDigits(await mac(`code:${reference}:${id}`)),
    calendar: (subject, generation) => mac(`calendar:${generation}:${subject}`),
    device: (known) => mac(`device:${known}`),
    digest: (text) => mac(digestSubject(text)),
  };
}

/** 48 bits, so that each code is as likely as any other but for one part in 281 million. */
function sixDigits(mac: string): string {
  const number = Buffer.from(mac, 'base64url').readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** Computes links in KMS, which never releases the key. */
export function kmsLinks(client: KMSClient, keyId: string): Links {
  async function mac(subject: string): Promise<string> {
    const { Mac } = await client.send(
      new GenerateMacCommand({
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(subject),
      }),
    );
    if (Mac === undefined) throw new Error('KMS returned no MAC');
    return Buffer.from(Mac).toString('base64url');
  }
  return linksOver(mac);
}

/** Computes links with a key of the local machine; only for the local system. */
export function keyedLinks(key: Uint8Array): Links {
  return linksOver(async (subject) => createHmac('sha256', key).update(subject).digest('base64url'));
}
