import { describe, expect, it } from 'vitest';
import { findQuestion } from '../../../functions/domain/questionnaire/questionnaire.ts';
import {
  type ValidatedAnswers,
  validateAnswers,
  validateQuestions,
} from '../../../functions/domain/questionnaire/validate-answers.ts';
import { readForm } from '../../../functions/web/customer/read-form.ts';
import { formFields } from '../../../functions/web/shared/http/form-fields.ts';

type Fields = Readonly<Record<string, string>>;
const sites = ['paris', 'sud'];
const person = { name: 'Ada', email: 'ada@client.example' };

/** The page of the questionnaire and a request of the API, with the same texts. */
function throughBoth(id: string, fields: Fields, json: unknown) {
  const question = findQuestion(id);
  if (question === undefined) throw new Error(`There is no question ${id}`);
  const data = new FormData();
  for (const [name, text] of Object.entries(fields)) data.append(name, text);
  const { given } = readForm([question], formFields(data), false);
  return [
    validateQuestions([question.id], given, {}, { complete: false, sites }),
    validateAnswers({ [id]: json }, { complete: false, sites }),
  ];
}

function outcome(result: ValidatedAnswers | undefined, id: string): unknown {
  if (result === undefined) return undefined;
  return 'answers' in result
    ? Object.entries(result.answers).find(([name]) => name === id)?.[1]
    : result.problems.map(({ field, code }) => `${field} ${code}`);
}

const cases: readonly (readonly [id: string, fields: Fields, json: unknown, expected: unknown])[] = [
  ['A4', { A4: ' \u200eNONE\u00a0' }, ' \u200eNONE\u00a0', 'none'],
  ['A4', { A4: '-' }, '-', undefined],
  ['B4', { B4: 'Privacy\u200b' }, ['Privacy\u200b'], ['privacy']],
  ['D1', { D1: ' 3\u200b' }, ' 3\u200b', 3],
  ['D1', { D1: 'NA' }, 'NA', 'na'],
  ['D1', { D1: '5' }, '5', ['D1 out_of_scale']],
  ['E3', { E3: '1\u202f200' }, '1\u202f200', 1200],
  ['E3', { E3: '12.0' }, '12.0', 12],
  ['E3', { E3: '12,5' }, '12,5', ['E3 not_an_integer']],
  ['E3', { E3: '/' }, '/', undefined],
  ['E3', { E3: '#N/A' }, '#N/A', ['E3 spreadsheet_error']],
  [
    'C8',
    { 'C8.site': 'PARIS', 'C8.twoSites': 'No' },
    { site: 'PARIS', twoSites: 'No' },
    { site: 'paris', twoSites: 'no' },
  ],
  [
    'B7',
    {
      'B7.answer': 'YES',
      'B7.date.day': '1er\u200b',
      'B7.date.month': 'févr.',
      'B7.date.year': '2026\ufeff',
    },
    { answer: 'YES', date: '1er\u200b févr. 2026\ufeff' },
    { answer: 'yes', date: '2026-02-01' },
  ],
  [
    'B7',
    { 'B7.answer': 'no', 'B7.date.day': '-', 'B7.date.month': '-', 'B7.date.year': '-' },
    { answer: 'no', date: '-' },
    { answer: 'no' },
  ],
  [
    'B7',
    { 'B7.answer': 'yes', 'B7.date.day': '30', 'B7.date.month': '2', 'B7.date.year': '2026' },
    { answer: 'yes', date: '30/2/2026' },
    ['B7.date not_a_date'],
  ],
  [
    'E2',
    {
      'E2[0].from.day': '1er',
      'E2[0].from.month': 'août',
      'E2[0].from.year': '2027',
      'E2[0].to.day': '31',
      'E2[0].to.month': '08',
      'E2[0].to.year': '2027',
      'E2[1].from.day': '-',
    },
    [
      { from: '1er août 2027', to: '31/08/2027' },
      { from: '-', to: '' },
    ],
    [{ from: '2027-08-01', to: '2027-08-31' }],
  ],
  [
    'E5',
    {
      'E5.sponsor.name': 'M\u0092Ba \u200b',
      'E5.sponsor.email': '\u200eada@société.example',
      'E5.projectManager.name': 'Ada',
      'E5.projectManager.email': 'ada@client.example',
      'E5.cio.name': '-',
      'E5.cio.email': '-',
    },
    {
      sponsor: { name: 'M\u0092Ba \u200b', email: '\u200eada@société.example' },
      projectManager: person,
      cio: { name: '-', email: '-' },
    },
    { sponsor: { name: 'M’Ba', email: 'ada@xn--socit-esab.example' }, projectManager: person },
  ],
  [
    'E5',
    {
      'E5.sponsor.name': '\u3164',
      'E5.sponsor.email': 'ada@client.example',
      'E5.projectManager.name': '=cmd',
      'E5.projectManager.email': '-',
    },
    {
      sponsor: { name: '\u3164', email: person.email },
      projectManager: { name: '=cmd', email: '-' },
    },
    ['E5.sponsor.name shows_nothing', 'E5.projectManager.name formula', 'E5.projectManager.email missing'],
  ],
];

describe('the same answer', () => {
  it.each(cases)('to %s means the same on its page and over the API: %j', (id, fields, json, expected) => {
    expect(findQuestion(id)).toBeDefined();
    const [page, api] = throughBoth(id, fields, json);
    expect([outcome(page, id), outcome(api, id)]).toEqual([expected, expected]);
  });
});
