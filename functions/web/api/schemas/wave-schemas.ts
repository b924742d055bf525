import * as z from 'zod/mini';
import { type WaveTransitionName, waveKinds, waveStates } from '../../../domain/waves/wave.ts';
import { count, day, reference } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const vector = z.strictObject({ customers: count, points: count, complex: count });

const transitions = [
  'open',
  'freeze',
  'reopen',
  'start',
  'finish',
  'cancel',
] as const satisfies readonly WaveTransitionName[];

const wave = {
  id: text,
  site: text,
  kind: z.enum(waveKinds),
  state: z.enum(waveStates),
  cutover: described('Day of the cutover; for a preparation wave, the day it starts.', day),
  capacity: vector,
  booked: vector,
};

export const waveSchema = named('Wave', 'A dated cohort of customers at one site.', z.strictObject(wave));

export const waveDetailSchema = named(
  'WaveDetail',
  'A wave with its dated gates and the onboardings booked in it.',
  z.strictObject({
    ...wave,
    gates: z.array(z.strictObject({ code: text, date: day, label: text })),
    onboardings: z.array(reference),
  }),
);

export const calendarSchema = named(
  'Calendar',
  'Waves by date.',
  z.strictObject({ items: z.array(waveSchema) }),
);

export const newWaveSchema = named(
  'NewWave',
  'A wave to add. Its id follows from kind, site and date. It is open for booking unless planned for later.',
  z.strictObject({
    site: text,
    kind: z.enum(waveKinds),
    cutover: day,
    capacity: vector,
    state: z.optional(z.enum(['PLANNED', 'OPEN'])),
  }),
);

export const waveChangeSchema = named(
  'WaveChange',
  'What to change of a wave. A change that would touch customers booked in it is refused and says whom.',
  z.strictObject({
    capacity: z.optional(vector),
    cutover: z.optional(day),
    transition: z.optional(z.enum(transitions)),
    moveBooked: z.optional(
      described('Cancelling a wave places those booked in it anew: only with this said.', z.boolean()),
    ),
  }),
);
