import { formatNumber, type Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';

/** Longest text a person may enter in one field, in characters. */
export const longestText = 200;
/** Longest reason or evidence, in characters: a paragraph. */
export const longestReason = 1_000;
/** Largest count accepted: larger than any organisation, below any overflow. */
export const largestCount = 100_000_000;

/** The error and its fix, by kind of problem. The detail is the list of accepted codes, or the field it contradicts. */
const texts = {
  not_an_object: () => ({
    fr: 'la forme attendue est un objet JSON avec des champs nommés ; envoyez un objet.',
    en: 'a JSON object with named fields is expected; send an object.',
  }),
  not_a_list: () => ({
    fr: 'une liste est attendue ; envoyez une liste, même pour une seule valeur.',
    en: 'a list is expected; send a list, even for a single value.',
  }),
  not_text: () => ({
    fr: 'un texte sur une seule ligne est attendu ; retirez les caractères spéciaux invisibles.',
    en: 'a single line of text is expected; remove special invisible characters.',
  }),
  not_plain_text: () => ({
    fr: 'le texte contient des caractères invisibles ou incomplets ; retirez-les, les retours à la ligne sont admis.',
    en: 'the text holds invisible or incomplete characters; remove them, line breaks are allowed.',
  }),
  not_a_string: () => ({
    fr: 'un texte est attendu ; envoyez-le entre guillemets.',
    en: 'a text is expected; send it in quotes.',
  }),
  unknown_field: () => ({
    fr: 'ce champ n’existe pas ici ; retirez-le ou corrigez son nom.',
    en: 'this field does not exist here; remove it or correct its name.',
  }),
  hidden: () => ({
    fr: 'cette question ne se pose pas au vu des autres réponses ; retirez la réponse.',
    en: 'this question does not arise given the other answers; remove the answer.',
  }),
  not_expected: () => ({
    fr: 'cette précision ne va pas avec la réponse donnée ; retirez-la ou changez la réponse.',
    en: 'this detail does not go with the answer given; remove it or change the answer.',
  }),
  missing: () => ({
    fr: 'ce champ est obligatoire et n’est pas renseigné ; complétez-le.',
    en: 'this field is required and was left empty; fill it in.',
  }),
  empty: () => ({
    fr: 'cette valeur est vide ; donnez-en une, ou omettez ce champ s’il est facultatif.',
    en: 'this value is empty; give one, or leave this field out if it is optional.',
  }),
  unknown_option: (accepted) => ({
    fr: `ce choix n’existe pas ; choisissez parmi : ${accepted.fr}.`,
    en: `this choice does not exist; choose among: ${accepted.en}.`,
  }),
  duplicate: () => ({
    fr: 'le même choix est donné deux fois ; gardez-le une seule fois.',
    en: 'the same choice is given twice; keep it once.',
  }),
  stands_alone: () => ({
    fr: '« aucun » ou « je ne sais pas » exclut les autres choix ; gardez l’un ou les autres.',
    en: '“none” or “I don’t know” excludes the other choices; keep the one or the others.',
  }),
  not_an_integer: () => ({
    fr: 'un nombre entier est attendu ; écrivez-le en chiffres, sans décimale.',
    en: 'a whole number is expected; write it in digits, without decimals.',
  }),
  negative: () => ({
    fr: 'un nombre négatif n’a pas de sens ici ; indiquez zéro ou plus.',
    en: 'a negative number makes no sense here; give zero or more.',
  }),
  too_large: () => ({
    fr: `le nombre dépasse ${formatNumber(largestCount, 'fr')} ; vérifiez l’unité et corrigez-le.`,
    en: `the number exceeds ${formatNumber(largestCount, 'en')}; check the unit and correct it.`,
  }),
  out_of_scale: () => ({
    fr: 'la valeur sort de l’échelle ; donnez un entier de 0 à 4, "na" ou "unknown".',
    en: 'the value is off the scale; give a whole number from 0 to 4, "na" or "unknown".',
  }),
  not_a_date: () => ({
    fr: 'cette date n’existe pas ou n’est pas au format AAAA-MM-JJ (de 1900 à 2199) ; corrigez-la.',
    en: 'this date does not exist or is not in the form YYYY-MM-DD (of 1900 to 2199); correct it.',
  }),
  past: () => ({
    fr: 'cette date est passée ; donnez-en une à venir, ou omettez-la.',
    en: 'this date is past; give one to come, or leave it out.',
  }),
  out_of_order: (other) => ({
    fr: `la valeur est en contradiction avec « ${other.fr} » ; corrigez l’une des deux.`,
    en: `the value contradicts “${other.en}”; correct one of the two.`,
  }),
  too_long: () => ({
    fr: `le texte dépasse ${longestText} caractères ; raccourcissez-le.`,
    en: `the text is over ${longestText} characters; shorten it.`,
  }),
  too_many: () => ({
    fr: 'la liste est trop longue ; gardez 50 éléments au plus.',
    en: 'the list is too long; keep 50 items at most.',
  }),
  not_a_mail_address: () => ({
    fr: 'ce n’est pas une adresse électronique ; écrivez-la comme nom@organisme.fr.',
    en: 'this is not a mail address; write it like name@organisation.fr.',
  }),
  not_attested: () => ({
    fr: 'l’attestation doit être acceptée ; cochez-la pour envoyer le questionnaire.',
    en: 'the attestation must be accepted; tick it to send the questionnaire.',
  }),
  formula: () => ({
    fr: 'le texte commence comme une formule de tableur ; retirez le signe =, +, - ou @ du début.',
    en: 'the text starts like a spreadsheet formula; remove the leading =, +, - or @ sign.',
  }),
  not_a_slug: () => ({
    fr: 'un code court est attendu ; utilisez 1 à 40 lettres sans accent, chiffres, tirets ou soulignés.',
    en: 'a short code is expected; use 1 to 40 unaccented letters, digits, hyphens or underscores.',
  }),
  not_digits: () => ({
    fr: 'un SIREN ne contient que des chiffres ; retirez les lettres et autres signes.',
    en: 'a SIREN holds digits only; remove letters and other signs.',
  }),
  wrong_length: () => ({
    fr: 'un SIREN compte 9 chiffres et un SIRET 14 ; complétez ou corrigez le numéro.',
    en: 'a SIREN has 9 digits and a SIRET 14; complete or correct the number.',
  }),
  wrong_check_digit: () => ({
    fr: 'la clé de contrôle est fausse ; recopiez le numéro depuis un document officiel.',
    en: 'the check digit is wrong; copy the number again from an official document.',
  }),
  unassigned: () => ({
    fr: 'ce numéro n’est celui d’aucun organisme ; recopiez le numéro depuis un document officiel.',
    en: 'this is the number of no organisation; copy the number again from an official document.',
  }),
  same_as_siren: () => ({
    fr: 'une entité ne peut pas être sa propre entité de tête ; indiquez un autre SIREN ou laissez vide.',
    en: 'an entity cannot be its own parent; give another SIREN or leave it empty.',
  }),
} satisfies Record<string, (detail: Text) => Text>;

export type ProblemCode = keyof typeof texts;

/**
 * Builds the problem of one field: its name, the error and the fix, in both languages, without the value.
 * `detail` is the list of codes that the field takes, or the name of the field it contradicts.
 */
export function fieldProblem(
  field: string,
  name: Text,
  code: ProblemCode,
  detail: string | Text = '',
): FieldProblem {
  const sentence = texts[code](typeof detail === 'string' ? { fr: detail, en: detail } : detail);
  return { field, code, message: { fr: `${name.fr} : ${sentence.fr}`, en: `${name.en}: ${sentence.en}` } };
}

/** A field name from outside, reduced to characters that are safe to show. */
export function shownFieldName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_.[\]-]/gu, '?').slice(0, 60);
}
