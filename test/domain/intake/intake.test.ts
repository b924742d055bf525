import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestBodyType } from '../../../functions/domain/intake/body-type.ts';
import { type ParsedIntake, parseIntake } from '../../../functions/domain/intake/intake.ts';

const record = {
  siren: '999000102',
  legalName: 'Direction fictive du numérique',
  bodyType: 'state_administration',
  contactName: 'Service des projets',
  contactEmail: 'projets@dinum.example',
  services: 'exchange|teams',
};
const intake = { ...record, services: ['exchange', 'teams'], language: 'fr', deadlineReason: 'none' };

function named(result: ParsedIntake): readonly string[] {
  return 'problems' in result ? result.problems.map(({ field, code }) => `${field} ${code}`) : [];
}

describe('an intake record', () => {
  it('needs six fields and fills in the language and the reason', () => {
    expect(parseIntake(record)).toEqual({ intake });
    expect(named(parseIntake({}))).toEqual([
      'siren missing',
      'legalName missing',
      'bodyType missing',
      'contactName missing',
      'contactEmail missing',
      'services missing',
    ]);
  });

  it('is read as people and spreadsheets write it', () => {
    const written = {
      ...record,
      siren: '9990-0010 2',
      legalName: '  Direction fictive du numérique ',
      language: ' en ',
      services: ['teams', 'exchange', 'teams'],
      usersInScope: '5\u202f200',
      serversInScope: 0,
      earliestDate: ' 2027-02-01 ',
      latestDate: '2027-02-01',
      deadlineReason: 'contract_end',
      owner: 'sales@platform.example',
      team: 'state',
      group: 'montorge',
      parentSiren: '999 004 153',
      scope: ' Direction générale\u200b ',
    };
    expect(parseIntake(written)).toEqual({
      intake: {
        ...intake,
        language: 'en',
        usersInScope: 5200,
        serversInScope: 0,
        earliestDate: '2027-02-01',
        latestDate: '2027-02-01',
        deadlineReason: 'contract_end',
        owner: 'sales@platform.example',
        team: 'state',
        group: 'montorge',
        parentSiren: '999004153',
        scope: 'Direction générale',
      },
    });
  });

  it('takes a SIRET in place of the SIREN, and a SIREN as a number', () => {
    expect(parseIntake({ ...record, siren: '35600000000048' })).toMatchObject({
      intake: { siren: '356000000', siret: '35600000000048' },
    });
    expect(parseIntake({ ...record, siren: 999000102 })).toEqual({ intake });
  });

  it('takes a scope of sixty characters', () => {
    const scope = 'é'.repeat(60);
    expect(parseIntake({ ...record, scope })).toEqual({ intake: { ...intake, scope } });
  });

  it('counts empty cells and null as absent', () => {
    const empty = {
      usersInScope: '',
      earliestDate: ' ',
      group: null,
      parentSiren: '',
      scope: '-',
      team: undefined,
    };
    expect(parseIntake({ ...record, ...empty })).toEqual({ intake });
  });

  it.each([
    ['siren wrong_check_digit', { siren: '999005508' }],
    ['siren wrong_length', { siren: '99900550' }],
    ['siren not_digits', { siren: ['999000102'] }],
    ['siren missing', { siren: '' }],
    ['siret unknown_field', { siret: '35600000000048' }],
    ['legalName formula', { legalName: '=HYPERLINK("x")' }],
    ['legalName formula', { legalName: ' +33' }],
    ['legalName formula', { legalName: '@x' }],
    ['legalName formula', { legalName: '\tx' }],
    ['legalName formula', { legalName: '\u200b=1+1' }],
    ['contactName formula', { contactName: '-x' }],
    ['contactName missing', { contactName: '\u200b \u2060' }],
    ['legalName not_text', { legalName: 'a\u2028b' }],
    ['legalName not_text', { legalName: 'a\u0000b' }],
    ['legalName not_text', { legalName: 12 }],
    ['legalName too_long', { legalName: 'x'.repeat(201) }],
    ['bodyType unknown_option', { bodyType: 'club' }],
    ['language unknown_option', { language: 'de' }],
    ['contactEmail not_a_mail_address', { contactEmail: 'pas-une-adresse' }],
    ['owner not_a_mail_address', { owner: 'sales' }],
    ['services unknown_option', { services: 'sharepoint' }],
    ['services unknown_option', { services: ['exchange', 3] }],
    ['services missing', { services: [] }],
    ['services not_a_list', { services: { exchange: true } }],
    ['services too_many', { services: Array.from({ length: 51 }, () => 'teams') }],
    ['usersInScope negative', { usersInScope: '-5' }],
    ['usersInScope negative', { usersInScope: -5 }],
    ['usersInScope not_an_integer', { usersInScope: 1.5 }],
    ['usersInScope not_an_integer', { usersInScope: '12,5' }],
    ['usersInScope not_an_integer', { usersInScope: true }],
    ['serversInScope too_large', { serversInScope: '999999999' }],
    ['serversInScope not_an_integer', { serversInScope: 1e300 }],
    ['earliestDate not_a_date', { earliestDate: '31/02/2027' }],
    ['earliestDate not_a_date', { earliestDate: '2027-02-31' }],
    ['earliestDate not_a_date', { earliestDate: 20270201 }],
    ['usersInScope too_large', { usersInScope: '9'.repeat(40) }],
    ['services spreadsheet_error', { services: 'exchange|#N/A' }],
    [
      'latestDate out_of_order',
      { earliestDate: '2027-06-01', latestDate: '2027-01-01', deadlineReason: 'contract_end' },
    ],
    ['latestDate missing', { deadlineReason: 'derogation' }],
    ['latestDate not_a_date', { latestDate: '2027-13-01', deadlineReason: 'derogation' }],
    ['deadlineReason missing', { latestDate: '2027-06-01' }],
    ['deadlineReason unknown_option', { latestDate: '2027-06-01', deadlineReason: 'late' }],
    ['team not_a_slug', { team: 'équipe une' }],
    ['parentSiren wrong_check_digit', { parentSiren: '999000103' }],
    ['parentSiren same_as_siren', { parentSiren: '999 000 102' }],
    ['scope scope_too_long', { scope: 'x'.repeat(61) }],
    ['scope scope_too_long', { scope: 'x'.repeat(201) }],
    ['scope scope_without_letters', { scope: '« … »' }],
    ['scope formula', { scope: '=A1' }],
    ['scope not_text', { scope: 3 }],
    ['scope not_text', { scope: 'a\u0000b' }],
  ])('is refused with %s', (problem, change) => {
    expect(named(parseIntake({ ...record, ...change }))).toEqual([problem]);
  });

  it('takes names and addresses without the invisible characters that came along when they were pasted', () => {
    const pasted = {
      contactName: 'Ada\u00ad Martin\u200b',
      contactEmail: '\u2068ada@client.example\u2069\ufeff',
      legalName: 'Organisme\u202e',
    };
    expect(parseIntake({ ...record, ...pasted })).toMatchObject({
      intake: { contactName: 'Ada Martin', contactEmail: 'ada@client.example', legalName: 'Organisme' },
    });
  });

  it('takes a latest date as a wish when the reason says none', () => {
    expect(named(parseIntake({ ...record, latestDate: '2027-06-01', deadlineReason: 'none' }))).toEqual([]);
  });

  it('names every problem at once: field, problem and fix in both languages, without the value', () => {
    const result = parseIntake({
      ...record,
      legalName: '=HYPERLINK("x")',
      usersInScope: '6500',
      serversInScope: '-5',
      earliestDate: '31/02/2027',
    });
    expect(named(result)).toEqual([
      'legalName formula',
      'serversInScope negative',
      'earliestDate not_a_date',
    ]);
    expect(result).toMatchObject({
      problems: [
        {
          message: {
            fr: expect.stringMatching(/^Dénomination : .*formule.*retirez/),
            en: expect.stringMatching(/^Legal name: .*formula.*remove/),
          },
        },
        {},
        {},
      ],
    });
    expect(JSON.stringify(result)).not.toContain('HYPERLINK');
  });

  it('is refused when it is no object, and nothing makes it throw', () => {
    expect(named(parseIntake(null))).toEqual(['record not_an_object']);
    const records = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(record)), fc.string()),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(records, fc.jsonValue()), (anything) => {
        const result = parseIntake(anything);
        expect('intake' in result || result.problems.length > 0).toBe(true);
      }),
      { seed: 41, numRuns: 300 },
    );
  });
});

describe('the suggested kind of body', () => {
  it.each([
    ['7113', 'state_administration'],
    ['7210', 'local_authority'],
    ['7348', 'local_authority'],
    ['7364', 'health_body'],
    ['7365', 'health_body'],
    ['7366', 'local_authority'],
    ['7383', 'other_public'],
    ['7389', 'other_public'],
    ['7410', 'gip'],
    ['4110', 'other_public'],
    ['4160', 'other_public'],
    ['4170', undefined],
    ['5710', 'company'],
    ['9220', undefined],
    ['', undefined],
  ])('for legal category %s is %s', (category, bodyType) => {
    expect(suggestBodyType(category)).toBe(bodyType);
  });
});
