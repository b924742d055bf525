import { validate } from 'stdnum/lib/cjs/fr/siren.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldProblem, type ProblemCode } from '../../functions/domain/input/problem-texts.ts';
import { type IntakeField, intakeFields } from '../../functions/domain/intake/intake.ts';
import { typeset } from '../../functions/domain/text.ts';
import { type Answer, doors, type Written } from '../support/doors.ts';

/** Numbers of the range that no organisation has. */
function sirenOf(index: number): string {
  const body = `99970${String(index).padStart(3, '0')}`;
  const digits = [...'0123456789'].map((check) => body + check);
  return digits.find((siren) => validate(siren).isValid) ?? '';
}

const dated = { latest_date: '2028-12-01', deadline_reason: 'none' };

/** Texts that mean a value: column, text, what is stored, and what else the record needs. */
const understood: readonly (readonly [column: string, text: string, value: unknown, also?: Written])[] = [
  ['siren', '552100554.0', '552100554'],
  ['siren', '732\u00a0829\u202f320,00', '732829320'],
  ['siren', '\u200e542.051.180\ufeff', '542051180'],
  ['parent_siren', '005520135.0', '005520135'],
  ['parent_siren', '-', undefined],
  ['legal_name', 'Agence d\u0092\u008cuvre \u0096 Île', 'Agence d’Œuvre – Île'],
  ['legal_name', 'Ã\u0089cole d\u00e2\u0080\u0099art', 'École d’art'],
  ['legal_name', 'Famille 👩‍👧‍👦', 'Famille 👩‍👧‍👦'],
  ['body_type', '\u200eCOMPANY\u00a0', 'company'],
  ['contact_name', '\ufeffAda\u00ad Martin\u200b', 'Ada Martin'],
  ['contact_email', '\u200eada@société.example\u202f', 'ada@xn--socit-esab.example'],
  ['language', '\u200bEN\u200b', 'en'],
  ['services', ' Exchange\u00a0|\ufeffTEAMS', ['exchange', 'teams']],
  ['users_in_scope', '\u200e5\u202f200', 5200],
  ['users_in_scope', '250,00', 250],
  ['users_in_scope', '/', undefined],
  ['servers_in_scope', '.', undefined],
  ['earliest_date', '2027-06-01', '2027-06-01'],
  ['earliest_date', '\u200e2027\u20112\u20111\u200e', '2027-02-01'],
  ['earliest_date', '\u200f01/06/2027\ufeff', '2027-06-01'],
  ['earliest_date', '1er juin 2027', '2027-06-01'],
  ['earliest_date', '14\u00a0févr. 2027', '2027-02-14'],
  ['earliest_date', '3 AOUT 2027', '2027-08-03'],
  ['earliest_date', 'December 24, 2027', '2027-12-24'],
  ['earliest_date', '2027-06-01 00:00:00', '2027-06-01'],
  ['earliest_date', '–', undefined],
  ['latest_date', '1/12/2028', '2028-12-01', { deadline_reason: 'Contract_End' }],
  ['deadline_reason', ' NONE', 'none', dated],
  ['group', '\u2011', undefined],
  ['group', '\u200bMontorge ', 'Montorge'],
  ['scope', '\u200b Direction de l\u0092eau ', 'Direction de l’eau'],
  ['scope', '–', undefined],
];

/** Texts that are refused: column, text, the code of the problem. */
const refused: readonly (readonly [column: string, text: string, code: ProblemCode])[] = [
  ['siren', '552100554.5', 'decimals'],
  ['siren', '35600000.0', 'wrong_length'],
  ['siren', '5,52100554E+08', 'scientific_notation'],
  ['siren', '="552100554"', 'text_formula'],
  ['siren', '5520135', 'lost_zeros'],
  ['siren', '#N/A', 'spreadsheet_error'],
  ['siren', '#VALEUR!', 'spreadsheet_error'],
  ['siren', '-', 'missing'],
  ['parent_siren', '552100554.25', 'decimals'],
  ['parent_siren', '5520135', 'lost_zeros'],
  ['legal_name', '\u3164', 'shows_nothing'],
  ['legal_name', '\u2800 \u2800', 'shows_nothing'],
  ['legal_name', '\u0301\u0301', 'shows_nothing'],
  ['legal_name', '#N/A', 'spreadsheet_error'],
  ['contact_name', '/', 'missing'],
  ['contact_email', 'ada@société', 'not_a_mail_address'],
  ['contact_email', 'adà@societe.example', 'not_a_mail_address'],
  ['contact_email', '#REF!', 'spreadsheet_error'],
  ['users_in_scope', '1,5E+03', 'scientific_notation'],
  ['users_in_scope', '1.000', 'not_an_integer'],
  ['earliest_date', '31/02/2027', 'not_a_date'],
  ['earliest_date', '1 jui 2027', 'not_a_date'],
  ['earliest_date', '01/06/27', 'not_a_date'],
  ['group', '\uffa0', 'shows_nothing'],
  ['scope', 'x'.repeat(61), 'scope_too_long'],
  ['scope', '(***)', 'scope_without_letters'],
  ['scope', '@sud', 'formula'],
];

const rows = [
  ...understood.map(([column, text, , also]) => ({ column, text, also })),
  ...refused.map(([column, text]) => ({ column, text, also: {} })),
];
const records = rows.map(
  ({ column, text, also }, index): Written => ({
    siren: sirenOf(index),
    legal_name: 'Direction fictive',
    body_type: 'company',
    contact_name: 'Camille Exemple',
    contact_email: 'camille@direction.example',
    services: 'exchange',
    ...also,
    [column]: text,
  }),
);
const fieldOf = (column: string) =>
  Object.keys(intakeFields).find(
    (name): name is IntakeField => name.toLowerCase() === column.replaceAll('_', ''),
  ) ?? 'siren';

describe.each(Object.entries(doors))('a text that comes through the %s', (_, throughDoor) => {
  let answers: readonly Answer[] = [];
  beforeAll(async () => {
    answers = await throughDoor(records);
  }, 240_000);
  const answerTo = (column: string, text: string) =>
    answers[rows.findIndex((row) => row.column === column && row.text === text)];

  it.each(understood.map(([column, text, value]) => ({ column, text, value })))(
    'as the $column $text is stored as $value',
    ({ column, text, value }) => {
      const answer = answerTo(column, text);
      expect(answer).toHaveProperty('intake');
      const { intake = {} } = answer !== undefined && 'intake' in answer ? answer : {};
      expect(intake[fieldOf(column)]).toEqual(value);
    },
  );

  it.each(refused)('as the %s %j is refused as %s, in the same words', (column, text, code) => {
    const field = fieldOf(column);
    const { message } = fieldProblem(field, intakeFields[field], code);
    const answer = answerTo(column, text);
    const { language = 'fr' } = answer !== undefined && 'language' in answer ? answer : {};
    const plain = (sentence: string) => sentence.replace(/[\u00a0\u202f]/g, ' ');
    expect(answer).toHaveProperty('problems');
    const { problems = [] } = answer !== undefined && 'problems' in answer ? answer : {};
    expect(problems.map(plain)).toEqual([plain(`${field} ${typeset(message[language], language)}`)]);
  });
});
