import { describe, expect, it } from 'vitest';
import { overseasCode } from '../../functions/domain/overseas.ts';
import { formatInstant, formatLimit } from '../../functions/domain/paris-time.ts';

describe('a limit by the clock of Paris', () => {
  it.each([
    [
      '2026-12-03T17:00:00Z',
      'au plus tard le 3 décembre 2026 à 18 h (heure de Paris)',
      'by 3 December 2026 at 18:00 (Paris time)',
    ],
    [
      '2026-07-01T07:13:00Z',
      'au plus tard le 1er juillet 2026 à 9 h 13 (heure de Paris)',
      'by 1 July 2026 at 09:13 (Paris time)',
    ],
    [
      '2026-07-01T22:05:00Z',
      'au plus tard le 2 juillet 2026 à 0 h 05 (heure de Paris)',
      'by 2 July 2026 at 00:05 (Paris time)',
    ],
    ['2027-03-01', 'au plus tard le 1er mars 2027', 'by 1 March 2027'],
  ])('is said to be so: %s', (moment, fr, en) => {
    expect([formatLimit(moment, 'fr', undefined), formatLimit(moment, 'en', undefined)]).toEqual([fr, en]);
  });

  it('says no other hour for a code of another release', () => {
    expect(formatLimit('2026-12-03T17:00:00Z', 'fr', '999')).toBe(
      formatLimit('2026-12-03T17:00:00Z', 'fr', undefined),
    );
  });
});

/** 18:00 in Paris in winter, and in summer, as clocks overseas show it. */
describe.each([
  ['971', '13 h en Guadeloupe', '12 h en Guadeloupe'],
  ['972', '13 h en Martinique', '12 h en Martinique'],
  ['973', '14 h en Guyane', '13 h en Guyane'],
  ['974', '21 h à La Réunion', '20 h à La Réunion'],
  // Their clocks change on other days than those of Paris, and as many times.
  ['975', '14 h à Saint-Pierre-et-Miquelon', '14 h à Saint-Pierre-et-Miquelon'],
  ['976', '20 h à Mayotte', '19 h à Mayotte'],
  ['977', '13 h à Saint-Barthélemy', '12 h à Saint-Barthélemy'],
  ['978', '13 h à Saint-Martin', '12 h à Saint-Martin'],
  ['986', '5 h le 4 décembre 2026 à Wallis-et-Futuna', '4 h le 2 juillet 2027 à Wallis-et-Futuna'],
  ['987', '7 h à Tahiti', '6 h à Tahiti'],
  ['988', '4 h le 4 décembre 2026 en Nouvelle-Calédonie', '3 h le 2 juillet 2027 en Nouvelle-Calédonie'],
])('an hour for an organisation in %s', (code, winter, summer) => {
  it('is said by both clocks, in winter and in summer', () => {
    const [inWinter, inSummer] = [new Date('2026-12-03T17:00:00Z'), new Date('2027-07-01T16:00:00Z')];
    expect(formatInstant(inWinter, 'fr', code)).toBe(`3 décembre 2026 à 18 h (heure de Paris ; ${winter})`);
    expect(formatInstant(inSummer, 'fr', code)).toBe(`1er juillet 2027 à 18 h (heure de Paris ; ${summer})`);
  });
});

describe('between the changes of the clocks', () => {
  it.each([
    ['Paris has changed and Miquelon not, in autumn', '2026-10-28T17:00:00Z', '15 h'],
    ['Miquelon has changed and Paris not, in spring', '2027-03-20T17:00:00Z', '15 h'],
  ])('the difference is another one: %s', (_when, at, local) => {
    expect(formatInstant(new Date(at), 'fr', '975')).toContain(`; ${local} à Saint-Pierre-et-Miquelon)`);
  });

  it('each of the two hours that come twice is said by its own instant', () => {
    const hours = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) =>
      formatInstant(new Date(at), 'en', '974'),
    );
    expect(hours).toEqual([
      '25 October 2026 at 02:30 (Paris time; 04:30 in Réunion)',
      '25 October 2026 at 02:30 (Paris time; 05:30 in Réunion)',
    ]);
  });
});

describe('the territory of an organisation', () => {
  it.each([
    [{ department: '974', postalCode: '97400' }, '974'],
    [{ department: '988' }, '988'],
    [{ postalCode: '97300' }, '973'],
    [{ department: '75', postalCode: '75007' }, undefined],
    [{ department: '2A' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('is that of its head office in the register: %j', (facts, code) => {
    expect(overseasCode(facts)).toBe(code);
  });
});
