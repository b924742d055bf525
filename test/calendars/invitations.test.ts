import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '../../functions/domain/calendar-entry.ts';
import { invitedEntries } from '../../functions/domain/onboarding/invitation.ts';
import type { Booking } from '../../functions/domain/onboarding/state.ts';
import { languages, typeset } from '../../functions/domain/text.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { type CalendarFile, calendarText } from '../../functions/platform/icalendar.ts';
import { stateOf } from '../store/bench.ts';
import { readBack, said } from './read-back.ts';

const stamp = new Date('2026-12-01T08:30:15Z');
const organiser = { name: 'Nuage de confiance', email: 'operations@platform.example' };
const attendee = 'ada@xn--socit-esab.example';
const statusUrl = 'https://accueil.example/status';

const names = [
  'Ville fictive de Montorge',
  'Agence ; d’essai, et \\ de "recette" : suite',
  `Direction générale de l’aménagement, du logement et de la nature ${'très longue '.repeat(20)}`,
  '🏛️ Préfecture 👩‍👧‍👦 🇫🇷'.repeat(6),
  'Une\r\nligne\tde\u0007 plus',
];
/** Winter, summer, and the Mondays and Tuesdays after each change of hour. */
const cutovers = ['2027-02-09', '2027-07-06', '2027-03-29', '2027-03-30', '2027-11-02'];
const methods = [
  { method: 'REQUEST', status: 'TENTATIVE' },
  { method: 'REQUEST', status: 'CONFIRMED' },
  { method: 'CANCEL', status: 'CANCELLED' },
  { method: 'PUBLISH', status: 'CONFIRMED' },
] as const;

function written(name: string, cutover: string, kind: (typeof methods)[number], version: number) {
  return languages.map((language) => {
    const state = { ...stateOf(1), name, version };
    const booking: Booking = {
      ...{ wave: `paris-${cutover}`, site: 'paris', cutover, points: 3, complex: 0 },
      ...{ status: 'CONFIRMED', bookedAt: stamp.toISOString() },
    };
    const wording = { platform: samplePlatform, language, statusUrl };
    const entries = invitedEntries({ state, booking }, { cutover, status: kind.status }, wording);
    const file: CalendarFile = {
      ...{ method: kind.method, language, stamp, organiser },
      ...(kind.method === 'PUBLISH' ? {} : { attendee }),
    };
    return { entries, file, text: calendarText(entries, file) };
  });
}

describe('an independent reader', () => {
  it('reads in every invitation what was written, whatever the name, the language, the kind and the season', async () => {
    const all = names.flatMap((name) =>
      cutovers.flatMap((cutover) =>
        methods.flatMap((kind, index) => written(name, cutover, kind, index + 3)),
      ),
    );
    const read = await readBack(all.map(({ text }) => text));
    expect(read).toHaveLength(names.length * cutovers.length * methods.length * languages.length);
    for (const [index, reading] of read.entries()) {
      const { entries = [], file } = all[index] ?? {};
      expect(reading).toMatchObject({
        ...{ errors: [], bare_newlines: 0, version: '2.0' },
        ...{ method: file?.method, zones: ['Europe/Paris'] },
      });
      expect(reading.longest_line).toBeLessThanOrEqual(75);
      expect(reading.events).toEqual(
        entries.map((entry) => ({
          ...{ uid: entry.uid, sequence: entry.sequence, status: entry.status },
          ...{ summary: entry.summary, description: entry.description, url: statusUrl },
          stamp: '2026-12-01T08:30:15+00:00',
          organiser: `mailto:${organiser.email}`,
          attendees: file?.attendee === undefined ? [] : [`MAILTO:${attendee}`],
          start: said(entry, 'from'),
          end: said(entry, 'to'),
        })),
      );
    }
  });

  it('finds four entries with ids of their own, which stay when the date, the name and the language change', async () => {
    const read = await readBack(
      cutovers.flatMap((cutover, index) =>
        written(names[index] ?? '', cutover, { method: 'REQUEST', status: 'CONFIRMED' }, index + 1).map(
          ({ text }) => text,
        ),
      ),
    );
    const ids = read.map(({ events }) => events.map(({ uid }) => uid).join(' '));
    expect(new Set(ids).size).toBe(1);
    expect(new Set(read[0]?.events.map(({ uid }) => uid)).size).toBe(4);
    const numbers = read.map(({ events }) => events[0]?.sequence);
    expect(numbers).toEqual(cutovers.flatMap((_, index) => languages.map(() => index + 1)));
  });

  it('makes of the hours what clocks in Paris show, on the days of the change too', async () => {
    const days = Array.from({ length: 6 }, (_, year) => 2026 + year).flatMap((year) =>
      ['03-27', '03-28', '03-29', '03-30', '06-21', '10-24', '10-25', '10-26', '10-31', '12-31'].map(
        (day) => `${year}-${day}`,
      ),
    );
    const entries = days.map(
      (day): CalendarEntry => ({
        ...{ uid: day, sequence: 0, day, hours: { from: '08:00', to: '18:00' }, status: 'CONFIRMED' },
        ...{ summary: 'Décision', description: 'Avant 18 h', url: statusUrl },
      }),
    );
    const [reading] = await readBack([
      calendarText(entries, { method: 'PUBLISH', language: 'fr', stamp, organiser }),
    ]);
    expect(reading?.events.map(({ start, end }) => [start, end])).toEqual(
      entries.map((entry) => [said(entry, 'from'), said(entry, 'to')]),
    );
  });

  it('reads French as print sets it', async () => {
    const [first] = written('Ville fictive', '2027-02-09', { method: 'REQUEST', status: 'TENTATIVE' }, 1);
    const [reading] = await readBack([first?.text ?? '']);
    expect(reading?.events.map(({ summary }) => summary)).toEqual(
      [
        'Réunion de lancement – Ville fictive – Cloud de confiance',
        'Réunion d’avancement – Ville fictive – Cloud de confiance',
        'Décision go/no-go – Ville fictive – Cloud de confiance',
        'Bascule – Ville fictive – Cloud de confiance',
      ].map((text) => text.replace('Cloud de confiance', samplePlatform.name)),
    );
    expect(reading?.events[2]?.description).toBe(
      typeset(
        [
          'Cette date n’est pas encore confirmée.',
          'La décision se prend avant 18 h (heure de Paris). Signalez-nous avant cette heure tout ce qui empêcherait la bascule.',
          'Site : Paris.',
          `Référence : ${stateOf(1).reference}.`,
          statusUrl,
        ].join('\n'),
        'fr',
      ),
    );
  });
});
