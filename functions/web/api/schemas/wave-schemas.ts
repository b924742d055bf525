import * as z from 'zod/mini';
import { actorKinds } from '../../../domain/onboarding/actor.ts';
import { waveKinds, waveStates, waveTransitionNames } from '../../../domain/waves/wave.ts';
import { count, day, instant, reason, reference } from './plain-values.ts';
import { described, named } from './registry.ts';
import { taskSchema } from './task-schemas.ts';

const text = z.string();
/** Longest code of a site, in characters. */
const longestCode = 40;
const vector = z.strictObject({
  customers: described('Number of customers.', count),
  points: described('Effort points.', count),
  complex: described('Number of complex customers.', count),
});
const site = described('Code of the site.', text);
const kind = described('PREPARATION has no cutover; PILOT is the first of a site.', z.enum(waveKinds));
const cutover = described('Day of the cutover; for a preparation wave, the day it starts.', day);
export const capacity = described('Capacity of the wave.', vector);

/** The rule is in functions/domain/waves/growth.ts. */
export const growthReason = z.optional(
  described(
    'Why the wave may have over 50 % more effort points than the one before it at its site. Required then, unless that wave has met its exit criteria; kept in the history.',
    reason,
  ),
);

const wave = {
  id: described('Id of the wave, from its kind, site and date.', text),
  site,
  kind,
  state: described('A wave takes bookings while it is OPEN.', z.enum(waveStates)),
  cutover,
  bookableUntil: described(
    'Last day on which a customer can be placed in the wave: 35 days before the cutover.',
    day,
  ),
  capacity,
  booked: described('Capacity already booked.', vector),
  keptForLarge: described(
    'Effort points that customers above 20 points alone may take; null for none.',
    z.nullable(
      z.strictObject({
        points: described('Points that are kept.', count),
        left: described('Points that are left for all others.', count),
        until: described('First day on which none are kept.', day),
      }),
    ),
  ),
  version: described(
    'Grows with every change but bookings; the content of the ETag. Send it in If-Match with a change.',
    count,
  ),
};

export const waveSchema = named('Wave', 'A dated cohort of customers at one site.', z.strictObject(wave));

const facts = z.strictObject({
  state: described('State of the wave.', z.enum(waveStates)),
  cutover,
  capacity,
});

const waveEvent = named(
  'WaveEvent',
  'A change of a wave.',
  z.strictObject({
    version: described('Version of the wave after it.', count),
    at: described('Instant of the change.', instant),
    actor: described(
      'Who changed it.',
      z.strictObject({
        kind: described('Kind of actor.', z.enum(actorKinds)),
        id: described('Its id.', text),
      }),
    ),
    reason: described('The reason given; null when there is none.', z.nullable(text)),
    growthReason: described(
      'The reason given for growing more than the rule admits; null when it does not.',
      z.nullable(text),
    ),
    before: described('The wave before it; null when it was added.', z.nullable(facts)),
    after: described('The wave after it.', facts),
  }),
);

export const waveDetailSchema = named(
  'WaveDetail',
  'A wave with its gates and its booked onboardings.',
  z.strictObject({
    ...wave,
    gates: described(
      'The gates before and after the cutover, by date.',
      z.array(
        z.strictObject({
          code: described('Code of the gate.', text),
          date: described('Day of the gate.', day),
          label: described('Name of the gate in the language of the response.', text),
        }),
      ),
    ),
    tasks: described(
      'The tasks of the gates, by date, without those that another release has saved.',
      z.array(taskSchema),
    ),
    exitCriteria: described(
      'The exit criteria of a wave that is running or done, from its first 50 customers; null before, and for a preparation wave.',
      z.nullable(
        z.strictObject({
          met: described(
            'Whether every cutover is recorded, at least 90 % of them are done and no hypercare is overdue; false while not every customer was looked at.',
            z.boolean(),
          ),
          toRecord: described('Cutovers to record.', count),
          done: described('Cutovers done.', count),
          failed: described('Cutovers rolled back or postponed.', count),
          hypercareOverdue: described('Hypercares that go on after that of the wave.', count),
          whole: described('Whether every customer of the wave was looked at.', z.boolean()),
        }),
      ),
    ),
    history: described(
      'The last 50 changes, the latest first. Changes by earlier releases were not recorded.',
      z.array(waveEvent),
    ),
    onboardings: described('References of the booked onboardings, at most 50.', z.array(reference)),
    cursor: described('Cursor of the next page of them; null on the last page.', z.nullable(z.string())),
  }),
);

export const calendarSchema = named(
  'Calendar',
  'Waves by date.',
  z.strictObject({
    items: described('The waves.', z.array(waveSchema)),
    unreadable: described(
      'How many waves of these sites were left out because another release of the service has saved them.',
      count,
    ),
  }),
);

export const newWaveSchema = named(
  'NewWave',
  'A wave to add. Its id is derived from kind, site and date. It is open for booking unless its state is PLANNED.',
  z.strictObject({
    site: described('Code of the site.', z.string().check(z.maxLength(longestCode))),
    kind,
    cutover,
    capacity,
    state: z.optional(
      described(
        'Default OPEN: its cutover is then at least 35 days ahead, and it has room.',
        z.enum(['PLANNED', 'OPEN']),
      ),
    ),
    reason: z.optional(described('Kept in the history of the wave.', reason)),
    growthReason,
  }),
);

export const waveChangeSchema = named(
  'WaveChange',
  'The change of a wave. A change that would affect booked customers is refused, and the problem names them.',
  z.strictObject({
    capacity: z.optional(capacity),
    cutover: z.optional(described('New date; only while the wave has no bookings.', day)),
    transition: z.optional(described('The state transition.', z.enum(waveTransitionNames))),
    reason: z.optional(
      described(
        'Kept in the history. Required to cancel or freeze the wave, to lower its capacity and to change its date.',
        reason,
      ),
    ),
    growthReason,
    moveBooked: z.optional(
      described(
        'Must be true to cancel a wave with bookings: its customers are then placed in other waves.',
        z.boolean(),
      ),
    ),
  }),
);
