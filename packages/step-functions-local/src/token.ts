import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const noiseBytes = 24;
const sealBytes = 16;
const shape = /^[A-Za-z0-9_-]{54}$/;

export const newSecret = (): string => randomBytes(32).toString('base64url');

const seal = (secret: string, noise: Buffer): Buffer =>
  createHmac('sha256', secret).update(noise).digest().subarray(0, sealBytes);

/** An unguessable task token. Its seal tells a token of ours that is closed from one never given, with no list to keep. */
export function issueToken(secret: string): string {
  const noise = randomBytes(noiseBytes);
  return Buffer.concat([noise, seal(secret, noise)]).toString('base64url');
}

export function judgeToken(secret: string, token: string): 'malformed' | 'foreign' | 'issued' {
  if (!shape.test(token)) return 'malformed';
  const bytes = Buffer.from(token, 'base64url');
  const noise = bytes.subarray(0, noiseBytes);
  return timingSafeEqual(seal(secret, noise), bytes.subarray(noiseBytes)) ? 'issued' : 'foreign';
}
