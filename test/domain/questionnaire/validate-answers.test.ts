import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMailAddress, readMailAddress } from '../../../functions/domain/input/mail-address.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { questions, questionsIn } from '../../../functions/domain/questionnaire/questionnaire.ts';
import {
  type ValidatedAnswers,
  validateAnswers,
  validateQuestions,
} from '../../../functions/domain/questionnaire/validate-answers.ts';
import { plainAnswers } from '../../support/sample-answers.ts';

const complete = { complete: true, sites: ['paris', 'sud'] };
const draft = { complete: false };

function named(result: ValidatedAnswers): readonly string[] {
  return 'problems' in result ? result.problems.map(({ field, code }) => `${field} ${code}`) : [];
}

const long = 'x'.repeat(201);
const person = { name: 'Ada', email: 'ada@client.example' };

describe('a whole form', () => {
  it('is accepted as it is', () => {
    expect(validateAnswers(plainAnswers, complete)).toEqual({ answers: plainAnswers });
  });

  it('is kept trimmed where people type', () => {
    const E5 = { ...plainAnswers.E5, cio: { name: ' C\u200by\u202e ', email: ' cy@client.example\ufeff ' } };
    expect(validateAnswers({ ...plainAnswers, E5 }, complete)).toMatchObject({
      answers: { E5: { cio: { name: 'Cy', email: 'cy@client.example' } } },
    });
  });

  const refusals: readonly (readonly [string, object])[] = [
    ['Z9 unknown_field', { Z9: 1 }],
    ['A4 unknown_option', { A4: 'maybe' }],
    ['A4 unknown_option', { A4: 7 }],
    ['A4 unknown_option', { A4: null }],
    ['A3b hidden', { A3b: 'yes' }],
    ['A3b missing', { A3: 'gip' }],
    ['A6b missing', { A6: 'yes' }],
    ['B9b missing', { B9: ['minors'] }],
    ['B9b hidden', { B9: ['ordinary'], B9b: 'unknown' }],
    ['B4 not_a_list', { B4: 'privacy' }],
    ['B4 missing', { B4: [] }],
    ['B4 too_many', { B4: Array.from({ length: 51 }, () => 'privacy') }],
    ['B4[1] unknown_option', { B4: ['privacy', 'x'] }],
    ['B4[1] duplicate', { B4: ['privacy', 'privacy'] }],
    ['B4 stands_alone', { B4: ['privacy', 'none'] }],
    ['B12 stands_alone', { B12: ['none', 'unknown'] }],
    ['C1[0] unknown_option', { C1: ['none'] }],
    ['B7.date missing', { B7: { answer: 'yes' } }],
    ['B7.date not_expected', { B7: { answer: 'no', date: '2026-01-01' } }],
    ['B7.date not_a_date', { B7: { answer: 'yes', date: '2026-02-30' } }],
    ['B7 not_an_object', { B7: 'yes' }],
    ['B7.answer missing', { B7: {} }],
    ['B7.file unknown_field', { B7: { answer: 'no', file: 'x' } }],
    ['B8.expiry missing', { B8: { answer: 'yes_with_derogation' } }],
    ['B8.expiry not_expected', { B8: { answer: 'yes_without_derogation', expiry: '2027-01-01' } }],
    ['C2.usersInScope out_of_order', { C2: { usersInScope: 121, totalStaff: 120 } }],
    ['C2.usersInScope negative', { C2: { usersInScope: -1, totalStaff: 120 } }],
    ['C2.usersInScope not_an_integer', { C2: { usersInScope: 1.5, totalStaff: 120 } }],
    ['C2.usersInScope not_an_integer', { C2: { usersInScope: '12.5', totalStaff: 120 } }],
    ['C2.totalStaff too_large', { C2: { usersInScope: 1, totalStaff: 1e15 } }],
    ['C2.totalStaff missing', { C2: { usersInScope: 1 } }],
    [
      'C2.usersInScope number_and_band',
      { C2: { usersInScope: ['12', { from: 10, to: 49 }], totalStaff: 50 } },
    ],
    ['C2.usersInScope not_a_band', { C2: { usersInScope: { from: 10, to: 50 }, totalStaff: 50 } }],
    ['C2.usersInScope not_a_band', { C2: { usersInScope: { from: 10 }, totalStaff: 50 } }],
    ['C2.usersInScope not_a_band', { C2: { usersInScope: { from: 10, to: 49, by: 1 }, totalStaff: 50 } }],
    ['C2.usersInScope not_an_integer', { C2: { usersInScope: 'many', totalStaff: 50 } }],
    ['E3 not_an_integer', { E3: 'unknown' }],
    ['B7.date not_a_date', { B7: { answer: 'yes', date: 'unknown' } }],
    [
      'B8.expiry date_and_unknown',
      { B8: { answer: 'yes_with_derogation', expiry: ['2027-01-01', 'unknown'] } },
    ],
    ['B8.expiry not_expected', { B8: { answer: 'no', expiry: 'unknown' } }],
    ['C8.site unknown_option', { C8: { site: 'lyon', twoSites: 'no' } }],
    ['D1 out_of_scale', { D1: 5 }],
    ['D1 out_of_scale', { D1: 1.5 }],
    ['D1 out_of_scale', { D1: '5' }],
    ['E1.latest missing', { E1: { earliest: '2027-03-01', reason: 'contract_end' } }],
    [
      'E1.earliest out_of_order',
      { E1: { earliest: '2027-03-02', latest: '2027-03-01', reason: 'contract_end' } },
    ],
    ['E2 not_a_list', { E2: {} }],
    ['E2 too_many', { E2: Array.from({ length: 51 }, () => ({ from: '2027-01-01', to: '2027-01-01' })) }],
    ['E2[0] not_an_object', { E2: ['2027-01-01'] }],
    ['E2[1].to missing', { E2: [{ from: '2027-01-01', to: '2027-01-01' }, { from: '2027-01-01' }] }],
    ['E2[0].from out_of_order', { E2: [{ from: '2027-01-02', to: '2027-01-01' }] }],
    ['E3 not_an_integer', { E3: null }],
    ['E5 not_an_object', { E5: [] }],
    ['E5.sponsor missing', { E5: { projectManager: person } }],
    ['E5.sponsor not_an_object', { E5: { projectManager: person, sponsor: 'Ada' } }],
    ['E5.sponsor.email missing', { E5: { projectManager: person, sponsor: { name: 'Ada' } } }],
    ['E5.sponsor.name missing', { E5: { projectManager: person, sponsor: { ...person, name: ' ' } } }],
    ['E5.sponsor.name missing', { E5: { projectManager: person, sponsor: { ...person, name: '\u200b' } } }],
    [
      'E5.sponsor.name not_text',
      { E5: { projectManager: person, sponsor: { ...person, name: 'a\u2028b' } } },
    ],
    ['E5.sponsor.name not_text', { E5: { projectManager: person, sponsor: { ...person, name: 4 } } }],
    ['E5.sponsor.name not_text', { E5: { projectManager: person, sponsor: { ...person, name: 'a\nb' } } }],
    ['E5.sponsor.name too_long', { E5: { projectManager: person, sponsor: { ...person, name: long } } }],
    [
      'E5.sponsor.email not_a_mail_address',
      { E5: { projectManager: person, sponsor: { ...person, email: 'ada' } } },
    ],
    [
      'E5.sponsor.phone unknown_field',
      { E5: { projectManager: person, sponsor: { ...person, phone: '1' } } },
    ],
    ['E5.boss unknown_field', { E5: { ...plainAnswers.E5, boss: person } }],
    ['E6 not_attested', { E6: false }],
  ];
  it.each(refusals)('is refused with %s', (problem, change) => {
    expect(named(validateAnswers({ ...plainAnswers, ...change }, complete))).toEqual([problem]);
  });

  it('names every problem at once, in both languages, without the value', () => {
    const result = validateAnswers({ ...plainAnswers, A4: 'S3CRET', E3: -1, C7: 'S3CRET' }, complete);
    expect(named(result)).toEqual(['A4 unknown_option', 'C7 unknown_option', 'E3 negative']);
    expect(JSON.stringify(result)).not.toContain('S3CRET');
    expect(result).toMatchObject({
      problems: [
        {
          message: { fr: expect.stringContaining('Statut d’opérateur'), en: expect.stringContaining('oiv') },
        },
        {},
        {},
      ],
    });
  });

  it('keeps the latest date as a wish when its reason is none', () => {
    const E1 = { earliest: '2027-03-01', latest: '2027-09-01', reason: 'none' };
    expect(named(validateAnswers({ ...plainAnswers, E1 }, complete))).toEqual([]);
  });

  it('takes the edges: equal dates, equal counts, zero, no freeze', () => {
    const edges = {
      ...plainAnswers,
      C2: { usersInScope: 0, totalStaff: 0 },
      E1: { earliest: '2027-03-01', latest: '2027-03-01', reason: 'contract_end' },
      E2: [],
      E3: 0,
      D1: 'na',
      D2: 'unknown',
      C8: { site: 'sud', twoSites: 'yes' },
    };
    expect(named(validateAnswers(edges, complete))).toEqual([]);
  });

  it('takes numbers as bands or unknown, and compares exact ones only', () => {
    const figures: Answers = {
      C2: { usersInScope: { from: 200, to: 999 }, totalStaff: 12 },
      C3: { ...plainAnswers.C3, under_1: 'unknown', over_200: { from: 20_000 } },
      C4: { tenants: 'unknown', domains: { from: 0, to: 0 }, adForests: 2 },
      C6: { servers: 'unknown', applications: { from: 1, to: 9 }, dependencies: 'unknown' },
      B8: { answer: 'yes_with_derogation', expiry: 'unknown' },
      C8: { site: 'any', twoSites: 'unknown' },
      A4: 'unknown',
      B2: 'discuss_offline',
      B3: 'unknown',
      B4: ['currency_credit', 'offence_detection', 'other_legal_secret'],
    };
    const answers = { ...plainAnswers, ...figures };
    expect(validateAnswers(answers, complete)).toEqual({ answers });
  });

  it('does not call a follow-up hidden when the answer that decides it is itself wrong', () => {
    const result = validateAnswers({ ...plainAnswers, A3: 'club', A3b: 'yes' }, complete);
    expect(named(result)).toEqual(['A3 unknown_option']);
  });
});

describe('a form that ends early', () => {
  it('may leave everything else out when classified information is in scope', () => {
    expect(validateAnswers({ B1: 'yes' }, complete)).toEqual({ answers: { B1: 'yes' } });
  });

  it('is still read where it is present', () => {
    expect(named(validateAnswers({ B1: 'yes', A4: 'x' }, complete))).toEqual(['A4 unknown_option']);
  });

  it('misses every visible question otherwise', () => {
    expect(named(validateAnswers({}, complete))).toHaveLength(40);
    expect(named(validateAnswers({}, draft))).toEqual([]);
  });
});

describe('a page of the form', () => {
  const saved: Answers = { A3: 'gip', A3b: 'yes', B1: 'no' };

  it('is laid over what was saved, and drops follow-ups that no longer show', () => {
    expect(validateQuestions(questionsIn('A'), { A3: 'company', A4: 'none' }, saved, draft)).toEqual({
      answers: { A3: 'company', A4: 'none', B1: 'no' },
    });
  });

  it('takes only its own questions', () => {
    expect(named(validateQuestions(questionsIn('A'), { B2: 'no' }, saved, draft))).toEqual([
      'B2 unknown_field',
    ]);
  });

  it('lets saved answers decide what shows', () => {
    expect(named(validateQuestions(['A3b'], { A3b: 'no' }, saved, complete))).toEqual([]);
    expect(named(validateQuestions(['A3b'], { A3b: 'no' }, { A3: 'company' }, complete))).toEqual([
      'A3b hidden',
    ]);
  });

  it('asks for each of its visible questions when it has to be complete', () => {
    expect(named(validateQuestions(['A3', 'A3b'], { A3: 'gip' }, {}, complete))).toEqual(['A3b missing']);
    expect(named(validateQuestions(questionsIn('D'), {}, {}, complete))).toHaveLength(9);
    expect(named(validateQuestions(questionsIn('C'), {}, { B1: 'yes' }, complete))).toEqual([]);
  });

  it('takes any short site code when the sites are not given', () => {
    const C8 = { site: 'lyon', twoSites: 'no' };
    expect(named(validateQuestions(['C8'], { C8 }, {}, draft))).toEqual([]);
    expect(named(validateQuestions(['C8'], { C8: { ...C8, site: 'Ly on' } }, {}, draft))).toEqual([
      'C8.site unknown_option',
    ]);
  });
});

describe('anything at all', () => {
  it.each([null, 3, 'text', []])('that is no object is refused: %j', (input) => {
    expect(named(validateAnswers(input, draft))).toEqual(['answers not_an_object']);
    expect(named(validateAnswers(input, complete))).toEqual(['answers not_an_object']);
  });

  it('never throws, and never takes what is not in the contract', () => {
    const ids = questions.map(({ id }) => id);
    const forms = fc.dictionary(fc.oneof(fc.constantFrom(...ids), fc.string()), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(forms, fc.jsonValue()), fc.boolean(), (input, whole) => {
        const result = validateAnswers(input, { complete: whole });
        const fine = 'answers' in result ? Object.keys(result.answers) : [];
        expect(fine.filter((id) => !ids.some((known) => known === id))).toEqual([]);
        expect('answers' in result || result.problems.length > 0).toBe(true);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('names hostile fields safely', () => {
    const result = validateAnswers(JSON.parse('{"__proto__":{"A3":"gip"},"<script>":1}'), draft);
    expect(named(result)).toEqual(['__proto__ unknown_field', '?script? unknown_field']);
  });
});

describe('a mail address', () => {
  it.each([
    ['ada.martin+x@sous.domaine.example', true],
    ['a@xn--bcher-kva.example', true],
    ['a@bücher.example', false],
    ['pas-une-adresse', false],
    ['@client.example', false],
    ['ada@localhost', false],
    ['ada..m@client.example', false],
    ['.ada@client.example', false],
    ['ada@-client.example', false],
    ['ada@client.example\nbcc:x@y.example', false],
    ['ada@client.1', false],
    ['a b@client.example', false],
    ['ada@@client.example', false],
    [`${'a'.repeat(65)}@client.example`, false],
    [`a@${'a'.repeat(64)}.example`, false],
    [`a@${'a.'.repeat(130)}example`, false],
  ])('%j is one: %s', (address, is) => {
    expect(isMailAddress(address)).toBe(is);
  });
});

describe('a mail address with an accented domain', () => {
  it.each([
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    [' Ada.Martin@Société.Example\u200b', 'Ada.Martin@xn--socit-esab.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ada@société。example', 'ada@xn--socit-esab.example'],
    ['ada@client.example', 'ada@client.example'],
  ])('%j is kept as %s', (written, kept) => {
    expect(readMailAddress(written)).toBe(kept);
  });

  it.each([
    'adà@société.example',
    'ada@société',
    'ada@société.example/x',
    'ada@société.example:25',
    'ada@１２７.0.0.1',
    'ada@é..example',
  ])('%j is none', (written) => {
    expect(readMailAddress(written)).toBeUndefined();
  });
});
