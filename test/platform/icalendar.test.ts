import { execFileSync } from 'node:child_process';
import { getVtimezoneComponent } from '@touch4it/ical-timezones';
import { expect, it } from 'vitest';
import type { CalendarEntry } from '../../functions/domain/calendar-entry.ts';
import { type CalendarFile, calendarText, calendarType } from '../../functions/platform/icalendar.ts';
import { parisTimezone } from '../../functions/platform/paris-timezone.ts';
import { eventsIn, propertyOf } from '../support/calendar-client.ts';

const entry: CalendarEntry = {
  uid: 'onboarding-K7F4-M3XJ-go-no-go',
  sequence: 7,
  day: '2027-03-08',
  hours: { from: '08:00', to: '18:00' },
  status: 'CONFIRMED',
  summary: 'Décision go/no-go',
  description: 'Avant 18 h.\nRéférence : K7F4-M3XJ.',
  url: 'https://accueil.example/status',
};
const wholeDay: CalendarEntry = { ...entry, uid: 'onboarding-K7F4-M3XJ-cutover', day: '2027-03-28' };
const file: CalendarFile = {
  method: 'REQUEST',
  language: 'fr',
  stamp: new Date('2026-12-01T08:30:15Z'),
  organiser: { name: 'Nuage de confiance', email: 'operations@platform.example' },
  attendee: 'ada@organisme.example',
};

it('has the rules of Europe/Paris that the library of all zones has', () => {
  expect(parisTimezone).toBe(getVtimezoneComponent('Europe/Paris')?.trim().replaceAll('\n', '\r\n'));
});

it('writes hours with their zone, whole days without, and stamps in UTC', () => {
  const { hours: _, ...day } = wholeDay;
  const [first = '', second = ''] = eventsIn(calendarText([entry, day], file));
  expect([propertyOf(first, 'DTSTART'), propertyOf(first, 'DTEND')]).toEqual([
    '20270308T080000',
    '20270308T180000',
  ]);
  expect(first).toContain('DTSTART;TZID=Europe/Paris:');
  expect([propertyOf(second, 'DTSTART'), propertyOf(second, 'DTEND')]).toEqual(['20270328', '20270329']);
  expect(second).toContain('DTSTART;VALUE=DATE:');
  expect([propertyOf(first, 'DTSTAMP'), propertyOf(second, 'DTSTAMP')]).toEqual([
    '20261201T083015Z',
    '20261201T083015Z',
  ]);
});

it('describes a zone only where an entry has hours', () => {
  const { hours: _, ...day } = wholeDay;
  expect(calendarText([day], file)).not.toContain('VTIMEZONE');
  expect(calendarText([entry, entry], file).split('BEGIN:VTIMEZONE')).toHaveLength(2);
});

it('writes the same bytes each time, on a machine of any zone', () => {
  const script = new URL('calendar-child.ts', import.meta.url).pathname;
  const written = ['UTC', 'America/New_York', 'Pacific/Auckland', 'Africa/Casablanca'].map((zone) =>
    execFileSync(process.execPath, [script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' }),
  );
  expect(new Set(written).size).toBe(1);
  expect(written[0]).toContain('20270328T080000');
});

it.each(['REQUEST', 'CANCEL', 'PUBLISH'] as const)('says %s in the file and in its media type', (method) => {
  expect(propertyOf(calendarText([entry], { ...file, method }), 'METHOD')).toBe(method);
  expect(calendarType(method)).toBe(`text/calendar; charset=utf-8; method=${method}`);
});
