import { expect, it } from 'vitest';
import { waveEntries } from '../../functions/domain/onboarding/wave-entries.ts';
import { languages } from '../../functions/domain/text.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { calendarText } from '../../functions/platform/icalendar.ts';
import { readBack, said } from './read-back.ts';

it('has the waves that an operator subscribes to read as they were written', async () => {
  const stamp = new Date('2027-01-04T08:00:00Z');
  const waves = sampleCalendar(samplePlatform).map((wave) => ({ ...wave, version: 3 }));
  const pageOf = ({ id }: { readonly id: string }) => `https://accueil.example/waves/${id}`;
  const all = languages.map((language) => {
    const entries = waveEntries(waves, '2027-01-04', { platform: samplePlatform, language, pageOf });
    const organiser = { name: samplePlatform.name, email: 'operations@platform.example' };
    const file = { method: 'PUBLISH', language, stamp, organiser, name: 'Vagues' } as const;
    return { entries, text: calendarText(entries, file) };
  });
  const read = await readBack(all.map(({ text }) => text));
  for (const [index, reading] of read.entries()) {
    const { entries = [] } = all[index] ?? {};
    expect(entries.length).toBeGreaterThan(100);
    expect(reading).toMatchObject({
      errors: [],
      bare_newlines: 0,
      method: 'PUBLISH',
      zones: ['Europe/Paris'],
    });
    expect(reading.longest_line).toBeLessThanOrEqual(75);
    expect(
      reading.events.map(({ uid, sequence, status, summary, description, url, start, end }) => {
        return { uid, sequence, status, summary, description, url, start, end };
      }),
    ).toEqual(
      entries.map(({ uid, sequence, status, summary, description, url, ...when }) => ({
        ...{ uid, sequence, status, summary, description, url },
        start: said({ uid, sequence, status, summary, description, url, ...when }, 'from'),
        end: said({ uid, sequence, status, summary, description, url, ...when }, 'to'),
      })),
    );
    expect(reading.events.every(({ attendees }) => attendees.length === 0)).toBe(true);
  }
});
