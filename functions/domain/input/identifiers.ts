// Deep imports: the library's root brings in every country (51 kB gzip against 5 kB for these three).
import { validate as validateSiren } from 'stdnum/lib/cjs/fr/siren.js';
import { validate as validateSiret } from 'stdnum/lib/cjs/fr/siret.js';
import { validate as validateVat } from 'stdnum/lib/cjs/fr/tva.js';
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';

/** Identity of an organisation in the register: always a SIREN, and the SIRET when one was given. */
export interface Identifier {
  readonly siren: string;
  readonly siret?: string;
}

/** Why a text is no SIREN; each is the code of a field problem. */
export type IdentifierProblem =
  | 'missing'
  | 'not_digits'
  | 'wrong_length'
  | 'wrong_check_digit'
  | 'unassigned';

const laPoste = '356000000';
/** Everything that word processors, spreadsheets and web pages put between digits. */
const decoration = /[\s.\p{Pd}\p{Cf}\u2212/_']+/gu;

/**
 * Reads a SIREN, or a SIRET reduced to its SIREN, as people paste it: spaces of any kind, dots, dashes and
 * invisible characters are dropped; nothing else is guessed.
 * Source of the rule: INSEE, numbers of the Sirene register (Luhn over 9 and over 14 digits; La Poste's
 * establishments may instead have a digit sum that is a multiple of 5).
 */
export function parseSiren(text: string): Identifier | IdentifierProblem {
  const digits = text.replace(decoration, '');
  if (digits === '') return 'missing';
  if (!/^[0-9]+$/.test(digits)) return 'not_digits';
  // Zeros alone have the right check digit; they are what fills a field that must not be empty.
  if (/^0{9}(?:\d{5})?$/.test(digits)) return 'unassigned';
  if (digits.length === 9) return validateSiren(digits).isValid ? { siren: digits } : 'wrong_check_digit';
  if (digits.length !== 14) return 'wrong_length';
  const siren = digits.slice(0, 9);
  return validateSiren(siren).isValid && isSiret(digits) ? { siren, siret: digits } : 'wrong_check_digit';
}

/** A SIREN as people read it, in groups of three that do not break: `999 000 102`. Inputs and the API keep nine digits. */
export function formatSiren(siren: string): string {
  return siren.replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
}

/** The library holds La Poste to the digit sum alone; establishments that follow Luhn exist as well. */
function isSiret(digits: string): boolean {
  return validateSiret(digits).isValid || (digits.startsWith(laPoste) && luhnChecksumValidate(digits));
}

/**
 * True for a French VAT number: `FR`, a two-character key and a SIREN. A numeric key is
 * (12 + 3 x (SIREN mod 97)) mod 97. Keys with letters are in use and have no rule to hold them to in public:
 * they are accepted when the SIREN is right.
 */
export function isFrenchVatNumber(text: string): boolean {
  const compact = text.replace(decoration, '').toUpperCase();
  const match = /^FR([0-9A-HJ-NP-Z]{2})([0-9]{9})$/.exec(compact);
  const [, key = '', siren = ''] = match ?? [];
  if (!validateSiren(siren).isValid) return false;
  return /[A-Z]/.test(key) || validateVat(compact).isValid;
}
