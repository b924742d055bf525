import type { CalendarEntry } from '../../functions/domain/calendar-entry.ts';
import { calendarText } from '../../functions/platform/icalendar.ts';

const common: Omit<CalendarEntry, 'uid' | 'day'> = {
  ...{ sequence: 1, summary: 'Bascule', description: 'Bascule', url: 'https://accueil.example/status' },
  status: 'CONFIRMED',
};

// Days on which hours are skipped somewhere, midnight among them.
process.stdout.write(
  calendarText(
    ['2027-03-14', '2027-03-28', '2027-04-04', '2027-09-26', '2027-10-31'].flatMap(
      (day): readonly CalendarEntry[] => [
        { ...common, uid: `day-${day}`, day },
        { ...common, uid: `hours-${day}`, day, hours: { from: '08:00', to: '18:00' } },
      ],
    ),
    {
      ...{ method: 'PUBLISH', language: 'fr', stamp: new Date('2026-12-01T08:30:15Z') },
      organiser: { name: 'Nuage de confiance', email: 'operations@platform.example' },
    },
  ),
);
