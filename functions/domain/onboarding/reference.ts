/**
 * Onboarding references: seven random characters and a check character, always written like `K7F4-M3XJ`, with
 * one hyphen. This is the one canonical form: shown, spoken, stored and put in addresses alike.
 *
 * The alphabet has 23 characters (a prime, so that the check below works) and no two that look alike; without
 * vowels, and with a digit at every second place, a reference does not spell words.
 */
const digits = '23456789';
const alphabet = `${digits}CDFHJKMNPRTVWXY`;
const modulus = alphabet.length;

/** Which characters each of the seven random places may hold. */
const places = [alphabet, digits, alphabet, digits, alphabet, digits, alphabet] as const;

/** Characters outside the alphabet that readers confuse with one of its characters. */
const lookAlikes: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2', G: '6', U: 'V' };

/** Random bytes to draw for one reference: seven would do but for the rejected ones. */
export const referenceByteCount = 24;

/** The random bytes given ran out before the reference was complete; draw again. */
export class TooFewRandomBytesError extends Error {
  override readonly name = 'TooFewRandomBytesError';

  constructor() {
    super('The random bytes ran out before the reference was complete');
  }
}

/**
 * Sum of value x weight modulo 23, weights 8 down to 2, leaving weight 1 to the check character. All weights
 * differ and none is 0 modulo a prime, so every single substitution and every transposition of two different
 * characters changes the sum (the reasoning of ISBN-10, which uses 11).
 */
function weightedSum(characters: string): number {
  let sum = 0;
  for (const [index, character] of [...characters].entries()) {
    sum += alphabet.indexOf(character) * (places.length + 1 - index);
  }
  return sum % modulus;
}

function checkCharacterOf(body: string): string {
  return alphabet.charAt((modulus - weightedSum(body)) % modulus);
}

/** The most parts that an onboarding is split into (domain rule: 2 to 20). */
export const mostParts = 20;

/**
 * The reference of a part of a split onboarding: the whole's, with the part's number, from 1. So the whole is found from
 * each of its parts without a read.
 */
export function partReference(whole: string, part: number): string {
  return `${whole}-P${String(part).padStart(2, '0')}`;
}

/** The reference under which the answers, the result, the contacts and the links of an onboarding are kept: a part's are the whole's. */
export function wholeOf(reference: string): string {
  return reference.replace(/-P\d{2}$/, '');
}

function withHyphen(characters: string): string {
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/**
 * A reference from random bytes, every reference equally likely: a byte above the last full multiple of the
 * characters allowed at a place is passed over rather than wrapped around. There are 143 million of them, so
 * the store still writes a new one on condition that it is not taken.
 * @throws TooFewRandomBytesError when the bytes run out; practically never with `referenceByteCount` of them.
 */
export function formatReference(bytes: Uint8Array): string {
  const source = bytes.values();
  const body = places.map((allowed) => {
    const limit = 256 - (256 % allowed.length);
    for (let next = source.next(); !next.done; next = source.next()) {
      if (next.value < limit) return allowed.charAt(next.value % allowed.length);
    }
    throw new TooFewRandomBytesError();
  });
  const characters = body.join('');
  return withHyphen(characters + checkCharacterOf(characters));
}

/** The part that a typed reference ends with, without dashes. */
const partSuffix = /^(.{8})P(\d{1,2})$/;

/**
 * The canonical form of a reference that a person typed or pasted, of a whole onboarding or of a part; undefined when it
 * is none.
 * Case, spaces and dashes of any kind do not matter; B, S, Z, G and U are read as the 8, 5, 2, 6 and V they are
 * mistaken for. 0, O, Q, 1, I and L are not in the alphabet and are refused.
 */
export function parseReference(text: string): string | undefined {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}\u2212_.]/gu, '');
  const [, whole = typed, part] = partSuffix.exec(typed) ?? [];
  const reference = parseWhole(whole);
  if (reference === undefined || part === undefined) return reference;
  const number = Number(part);
  return number >= 1 && number <= mostParts ? partReference(reference, number) : undefined;
}

function parseWhole(typed: string): string | undefined {
  const characters = typed.replace(/[BSZGU]/g, (character) => lookAlikes[character] ?? character);
  if (characters.length !== places.length + 1) return undefined;
  if (![...characters].every((character, index) => (places[index] ?? alphabet).includes(character))) {
    return undefined;
  }
  return weightedSum(characters.slice(0, -1)) === (modulus - alphabet.indexOf(characters.slice(-1))) % modulus
    ? withHyphen(characters)
    : undefined;
}
