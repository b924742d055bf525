import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { addDays, instantAt } from '../../functions/domain/calendar-date.ts';
import type { CalendarEntry } from '../../functions/domain/calendar-entry.ts';
import { pythonPrograms } from '../../tools/python/environment.ts';

const moment = z.union([
  z.object({ day: z.string() }).strict(),
  z.object({ wall: z.string(), zone: z.string(), utc: z.string(), by_rules: z.string() }),
]);
const readings = z.array(
  z.object({
    longest_line: z.number(),
    bare_newlines: z.number(),
    errors: z.array(z.string()),
    version: z.string(),
    method: z.string(),
    zones: z.array(z.string()),
    events: z.array(
      z.object({
        uid: z.string(),
        sequence: z.number(),
        stamp: z.string(),
        status: z.string(),
        summary: z.string(),
        description: z.string(),
        url: z.string(),
        organiser: z.string(),
        attendees: z.array(z.string()),
        start: moment,
        end: moment,
      }),
    ),
  }),
);
type Reading = z.infer<typeof readings>[number];

/** What a program that is not ours reads in calendar files. */
export async function readBack(texts: readonly string[]): Promise<readonly Reading[]> {
  const programs = await pythonPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'calendars-'));
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.ics`);
    writeFileSync(file, text);
    return file;
  });
  const script = join(import.meta.dirname, 'read_calendars.py');
  const { stdout } = await promisify(execFile)(join(programs, 'python'), [script, ...files]);
  rmSync(folder, { recursive: true });
  return readings.parse(JSON.parse(stdout));
}

/** A moment as the reader tells it: hours are the same by the zone's name and by the rules in the file. */
export function said({ day, hours }: CalendarEntry, which: 'from' | 'to') {
  if (hours === undefined) return { day: which === 'from' ? day : addDays(day, 1) };
  const utc = instantAt(day, hours[which]).toISOString().replace('.000Z', '+00:00');
  return { wall: `${day}T${hours[which]}:00`, zone: 'Europe/Paris', utc, by_rules: utc };
}
