import { formatNumber, type Text } from '../text.ts';
import type { FieldProblem } from './field-problem.ts';
import { bandLabel, bands } from './figure.ts';

/** Longest text a person may enter in one field, in characters. */
export const longestText = 200;
/** Longest reason or evidence, in characters: a paragraph. */
export const longestReason = 1_000;
/** Longest scope of an onboarding, in characters. */
export const longestScope = 60;
/** Longest line that says where a proof is kept, in characters. */
export const longestEvidence = 300;
/** Longest note on a task of a wave, in characters. */
export const longestNote = 500;
/** Longest lesson of a wave, in characters. */
export const longestLesson = 2_000;
/** Largest count accepted: larger than any organisation, below any overflow. */
export const largestCount = 100_000_000;

function tooLong(most: number): Text {
  return {
    fr: `le texte dépasse ${most} caractères ; raccourcissez-le.`,
    en: `the text exceeds ${most} characters; shorten it.`,
  };
}

/** The error and its fix, by kind of problem. The detail is the list of accepted codes, or the field it contradicts. */
const texts = {
  not_an_object: () => ({
    fr: 'un objet JSON avec des champs nommés est attendu ; envoyez un objet.',
    en: 'a JSON object with named fields is expected; send an object.',
  }),
  not_a_list: () => ({
    fr: 'une liste est attendue ; envoyez une liste, même pour une seule valeur.',
    en: 'a list is expected; send a list, even for a single value.',
  }),
  not_text: () => ({
    fr: 'un texte sur une seule ligne est attendu ; retirez les caractères invisibles.',
    en: 'a single line of text is expected; remove invisible characters.',
  }),
  shows_nothing: () => ({
    fr: 'ce texte n’affiche rien ; saisissez-le en caractères visibles.',
    en: 'this text shows nothing; enter it in visible characters.',
  }),
  spreadsheet_error: () => ({
    fr: 'la cellule contient une erreur de tableur, comme #N/A ; mettez la colonne au format texte et saisissez la valeur.',
    en: 'the cell holds a spreadsheet error, such as #N/A; format the column as text and enter the value.',
  }),
  text_formula: () => ({
    fr: 'le nombre est écrit comme une formule, ="…" ; mettez la colonne au format texte et ne gardez que les chiffres.',
    en: 'the number is written as a formula, ="…"; format the column as text and keep the digits only.',
  }),
  scientific_notation: () => ({
    fr: 'le nombre est en notation scientifique, comme 5,52E+08, et des chiffres ont disparu ; mettez la colonne au format texte et saisissez tous les chiffres.',
    en: 'the number is in scientific notation, such as 5.52E+08, and digits are lost; format the column as text and enter all the digits.',
  }),
  not_plain_text: () => ({
    fr: 'le texte contient des caractères invisibles ou incomplets ; retirez-les. Les retours à la ligne sont admis.',
    en: 'the text contains invisible or incomplete characters; remove them. Line breaks are allowed.',
  }),
  not_a_string: () => ({
    fr: 'une chaîne de caractères est attendue ; envoyez-la entre guillemets.',
    en: 'a string is expected; send it in quotes.',
  }),
  unknown_field: () => ({
    fr: 'ce champ n’existe pas ici ; retirez-le ou corrigez son nom.',
    en: 'this field does not exist here; remove it or correct its name.',
  }),
  hidden: () => ({
    fr: 'cette question est sans objet au vu des autres réponses ; retirez la réponse.',
    en: 'this question does not apply given the other answers; remove the answer.',
  }),
  replaced_by: (name: Text) => ({
    fr: `cette décision n’existe plus ; utilisez « ${name.fr} ».`,
    en: `this decision no longer exists; use "${name.en}".`,
  }),
  does_not_add_up: (found: Text) => ({
    fr: `la somme des parties ne correspond pas à l’ensemble (${found.fr}) ; corrigez les parties.`,
    en: `the parts do not add up to the whole (${found.en}); correct the parts.`,
  }),
  larger_than_every_wave: (found: Text) => ({
    fr: `cette partie dépasse la capacité de toutes les vagues (${found.fr}) ; réduisez-la, ou faites une partie de plus.`,
    en: `this part is larger than every wave (${found.en}); make it smaller, or make one more part.`,
  }),
  part_is_empty: () => ({
    fr: 'cette partie ne contient ni utilisateur, ni boîte, ni serveur ; répartissez-y un nombre, ou retirez-la.',
    en: 'this part has no user, mailbox or server; give it a number, or remove it.',
  }),
  scope_used_twice: () => ({
    fr: 'ce périmètre est déjà celui d’une autre partie ; donnez-en un autre.',
    en: 'this scope is already that of another part; give another one.',
  }),
  scope_active: (reference: Text) => ({
    fr: `ce périmètre a déjà un dossier ouvert (${reference.fr}) ; donnez-en un autre.`,
    en: `this scope already has an open onboarding (${reference.en}); give another one.`,
  }),
  not_expected: () => ({
    fr: 'cette précision ne correspond pas à la réponse donnée ; retirez-la ou modifiez la réponse.',
    en: 'this detail does not match the answer given; remove it or change the answer.',
  }),
  missing: () => ({
    fr: 'ce champ est obligatoire ; renseignez-le.',
    en: 'this field is required but empty; fill it in.',
  }),
  empty: () => ({
    fr: 'cette valeur est vide ; indiquez-en une, ou omettez ce champ s’il est facultatif.',
    en: 'this value is empty; enter one, or leave this field out if it is optional.',
  }),
  unknown_option: (accepted) => ({
    fr: `ce choix n’existe pas ; choisissez parmi : ${accepted.fr}.`,
    en: `this option does not exist; choose one of: ${accepted.en}.`,
  }),
  duplicate: () => ({
    fr: 'le même choix figure deux fois ; ne le gardez qu’une fois.',
    en: 'the same option appears twice; keep it only once.',
  }),
  stands_alone: () => ({
    fr: '« aucun » ou « je ne sais pas » exclut les autres choix ; gardez l’un ou les autres.',
    en: '“none” or “I don’t know” excludes the other options; keep one or the others.',
  }),
  not_an_integer: () => ({
    fr: 'un nombre entier est attendu ; écrivez-le en chiffres, sans décimale.',
    en: 'a whole number is expected; enter it in digits, without decimals.',
  }),
  not_a_band: () => ({
    fr: `cet ordre de grandeur n’existe pas ; indiquez un nombre exact, ou l’un de ceux-ci : ${bands.map((band) => bandLabel(band).fr).join(', ')}.`,
    en: `this order of magnitude does not exist; enter an exact number, or one of these: ${bands.map((band) => bandLabel(band).en).join(', ')}.`,
  }),
  number_and_band: () => ({
    fr: 'un nombre exact est saisi, et le choix « ou environ » est rempli aussi ; ne gardez que l’un des deux.',
    en: 'an exact number is entered, and “or about” is filled in too; keep only one of the two.',
  }),
  date_and_unknown: () => ({
    fr: 'une date est saisie, et « Je ne sais pas » est coché aussi ; ne gardez que l’un des deux.',
    en: 'a date is entered, and “I don’t know” is ticked too; keep only one of the two.',
  }),
  negative: () => ({
    fr: 'un nombre négatif n’est pas possible ici ; indiquez zéro ou plus.',
    en: 'a negative number is not possible here; enter zero or more.',
  }),
  too_large: () => ({
    fr: `le nombre dépasse ${formatNumber(largestCount, 'fr')} ; vérifiez l’unité et corrigez-le.`,
    en: `the number exceeds ${formatNumber(largestCount, 'en')}; check the unit and correct it.`,
  }),
  out_of_scale: () => ({
    fr: 'la valeur est hors de l’échelle ; indiquez un entier de 0 à 4, « na » ou « unknown ».',
    en: 'the value is off the scale; enter a whole number from 0 to 4, "na" or "unknown".',
  }),
  not_a_date: () => ({
    fr: 'cette date n’existe pas ou ne se lit pas ; indiquez le jour, le mois et l’année, comme JJ/MM/AAAA ou AAAA-MM-JJ (de 1900 à 2199).',
    en: 'this date does not exist or cannot be read; give day, month and year, as DD/MM/YYYY or YYYY-MM-DD (from 1900 to 2199).',
  }),
  past: () => ({
    fr: 'cette date est passée ; indiquez une date à venir, ou omettez-la.',
    en: 'this date has passed; enter a future date, or leave it out.',
  }),
  out_of_order: (other) => ({
    fr: `la valeur est en contradiction avec « ${other.fr} » ; corrigez l’une des deux.`,
    en: `the value contradicts “${other.en}”; correct one of the two.`,
  }),
  too_long: () => tooLong(longestText),
  scope_too_long: () => tooLong(longestScope),
  scope_without_letters: () => ({
    fr: 'un périmètre se distingue par ses lettres (de A à Z) et ses chiffres ; donnez-lui un nom qui en contienne.',
    en: 'a scope is distinguished by its letters (A to Z) and digits; give it a name that has some.',
  }),
  too_many_scopes: () => ({
    fr: 'cet organisme a déjà 50 dossiers en cours ; reprenez-en un, ou attendez que l’un soit clos.',
    en: 'this organisation already has 50 onboardings in progress; continue one, or wait until one is closed.',
  }),
  too_many: () => ({
    fr: 'la liste est trop longue ; gardez 50 éléments au plus.',
    en: 'the list is too long; keep at most 50 items.',
  }),
  not_a_mail_address: () => ({
    fr: 'ce n’est pas une adresse électronique ; saisissez-la sous la forme nom@organisme.fr.',
    en: 'this is not an email address; enter it in the form name@organisation.fr.',
  }),
  not_attested: () => ({
    fr: 'l’attestation est obligatoire ; cochez-la pour envoyer le questionnaire.',
    en: 'the attestation is required; tick it to submit the questionnaire.',
  }),
  not_revisited: () => ({
    fr: 'nous vous avons demandé de revoir cette réponse ; modifiez-la ou confirmez-la.',
    en: 'we have asked you to look at this answer again; change it or confirm it.',
  }),
  formula: () => ({
    fr: 'le texte commence comme une formule de tableur ; retirez le signe =, +, - ou @ placé au début.',
    en: 'the text starts like a spreadsheet formula; remove the leading =, +, - or @ sign.',
  }),
  not_a_slug: () => ({
    fr: 'un code court est attendu ; utilisez 1 à 40 lettres sans accent, chiffres, tirets ou soulignés.',
    en: 'a short code is expected; use 1 to 40 unaccented letters, digits, hyphens or underscores.',
  }),
  not_digits: () => ({
    fr: 'un SIREN ne contient que des chiffres ; retirez les lettres et les autres signes.',
    en: 'a SIREN contains digits only; remove letters and other characters.',
  }),
  decimals: () => ({
    fr: 'ce numéro a des décimales, ou un point mal placé ; mettez la colonne au format texte et saisissez les 9 chiffres du SIREN ou les 14 du SIRET.',
    en: 'this number has decimals, or a misplaced dot; format the column as text and enter the 9 digits of the SIREN or the 14 of the SIRET.',
  }),
  lost_zeros: () => ({
    fr: 'les zéros du début ont disparu ; mettez la colonne au format texte et saisissez les 9 chiffres du SIREN ou les 14 du SIRET.',
    en: 'the leading zeros are lost; format the column as text and enter the 9 digits of the SIREN or the 14 of the SIRET.',
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
    fr: 'ce numéro n’est attribué à aucun organisme ; recopiez le numéro depuis un document officiel.',
    en: 'this number is not assigned to any organisation; copy the number again from an official document.',
  }),
  same_as_siren: () => ({
    fr: 'un organisme ne peut pas être sa propre entité de tête ; indiquez un autre SIREN ou laissez ce champ vide.',
    en: 'an organisation cannot be its own parent; enter another SIREN or leave this field empty.',
  }),
  closes_a_ring: () => ({
    fr: 'de parent en parent, cet organisme serait sa propre entité de tête ; corrigez l’une des entités de tête du groupe, ou laissez ce champ vide.',
    en: 'from parent to parent, this organisation would be its own parent; correct one of the parents in the group, or leave this field empty.',
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
