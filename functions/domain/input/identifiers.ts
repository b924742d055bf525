// Deep imports: the library's root brings in every country (51 kB gzip against 5 kB for these three).
import { validate as validateSiren } from 'stdnum/lib/cjs/fr/siren.js';
import { validate as validateSiret } from 'stdnum/lib/cjs/fr/siret.js';
import { validate as validateVat } from 'stdnum/lib/cjs/fr/tva.js';
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';
import { isBlank, withoutInvisible } from './plain-text.ts';
import {
  isSpreadsheetError,
  type SpreadsheetProblem,
  spreadsheetProblemOf,
  withoutDecimalZeros,
} from './spreadsheet.ts';

/** Identity of an organisation in the register: always a SIREN, and the SIRET when one was given. */
export interface Identifier {
  readonly siren: string;
  readonly siret?: string;
}

/** Why a text is no SIREN; each is the code of a field problem. */
export type IdentifierProblem =
  | SpreadsheetProblem
  | 'missing'
  | 'not_digits'
  | 'decimals'
  | 'lost_zeros'
  | 'wrong_length'
  | 'wrong_check_digit'
  | 'unassigned';

const laPoste = '356000000';
/** What word processors, spreadsheets and web pages put between digits; dots and commas depend on their place. */
const decoration = /[\s\p{Pd}\p{Cf}\u2212/_']+/gu;
/** Groups of three digits, or three such groups and the five digits of an establishment. */
const grouped = /^(?:\d{1,3}([.,])\d{3}(?:\1\d{3})*|\d{3}([.,])\d{3}\2\d{3}\2?\d{5})$/;
/** Fewest digits of a number whose leading zeros may have been lost: no organisation has four zeros in front. */
const fewestLeft = { siren: 6, siret: 11 };

/**
 * Reads a SIREN, or a SIRET reduced to its SIREN, as people paste it: spaces of any kind, dashes and invisible
 * characters are dropped, and so are dots and commas between groups of three digits. Decimal zeros are cut. Nothing else
 * is guessed, so that no number becomes that of another organisation.
 * Source of the rule: INSEE, numbers of the Sirene register (Luhn over 9 and over 14 digits; La Poste's
 * establishments may instead have a digit sum that is a multiple of 5).
 */
export function parseSiren(text: string): Identifier | IdentifierProblem {
  if (isBlank(text)) return 'missing';
  if (isSpreadsheetError(withoutInvisible(text))) return 'spreadsheet_error';
  const compact = text.replace(decoration, '');
  if (/^[.,]*$/.test(compact)) return 'missing';
  const damage = spreadsheetProblemOf(compact);
  if (damage !== undefined) return damage;
  const digits = digitsOf(compact);
  if (!/^[0-9]+$/.test(digits)) return /^[0-9.,]+$/.test(digits) ? 'decimals' : 'not_digits';
  // Zeros alone have the right check digit; they are what fills a field that must not be empty.
  if (/^0+$/.test(digits)) return 'unassigned';
  if (digits.length === 9) return validateSiren(digits).isValid ? { siren: digits } : 'wrong_check_digit';
  if (digits.length !== 14) return hasLostZeros(digits) ? 'lost_zeros' : 'wrong_length';
  // Establishments are numbered from 1.
  if (digits.endsWith('00000')) return 'unassigned';
  const siren = digits.slice(0, 9);
  return validateSiren(siren).isValid && isSiret(digits) ? { siren, siret: digits } : 'wrong_check_digit';
}

/** The digits of a number without decoration; dots and commas that do not separate groups remain, to be refused. */
function digitsOf(compact: string): string {
  if (grouped.test(compact)) return compact.replace(/[.,]/g, '');
  const whole = withoutDecimalZeros(compact);
  return grouped.test(whole) ? whole.replace(/[.,]/g, '') : whole;
}

/** True when zeros in front make the number valid: spreadsheets drop them from what they take for a quantity. */
function hasLostZeros(digits: string): boolean {
  if (digits.length < 9) {
    return digits.length >= fewestLeft.siren && validateSiren(digits.padStart(9, '0')).isValid;
  }
  const siret = digits.padStart(14, '0');
  const fits = digits.length >= fewestLeft.siret && digits.length < 14;
  return fits && validateSiren(siret.slice(0, 9)).isValid && isSiret(siret);
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
  const [, key = '', number = ''] = /^FR([0-9A-HJ-NP-Z]{2})([0-9.,]+)$/.exec(compact) ?? [];
  const siren = digitsOf(number);
  if (!validateSiren(siren).isValid) return false;
  return /[A-Z]/.test(key) || validateVat(`FR${key}${siren}`).isValid;
}
