import * as z from 'zod/mini';
import { waveKinds, waveStates, waveTransitionNames } from '../../../domain/waves/wave.ts';
import { count, day, reference } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const vector = z.strictObject({
  customers: described('How many customers.', count),
  points: described('Effort points.', count),
  complex: described('How many of the customers are complex.', count),
});
const site = described('Code of the site.', text);
const kind = described('PREPARATION has no cutover; PILOT is the first of a site.', z.enum(waveKinds));
const cutover = described('Day of the cutover; for a preparation wave, the day it starts.', day);
const capacity = described('What the wave has room for.', vector);

const wave = {
  id: described('Id of the wave, from its kind, site and date.', text),
  site,
  kind,
  state: described('A wave takes bookings while it is OPEN.', z.enum(waveStates)),
  cutover,
  bookableUntil: described(
    'Last day on which a customer can be placed in it: 35 days before a cutover. Once it has passed, nobody can.',
    day,
  ),
  capacity,
  booked: described('What of it is taken.', vector),
};

export const waveSchema = named('Wave', 'A dated cohort of customers at one site.', z.strictObject(wave));

export const waveDetailSchema = named(
  'WaveDetail',
  'A wave with its dated gates and the onboardings booked in it.',
  z.strictObject({
    ...wave,
    gates: described(
      'What is due before and after the cutover, by date.',
      z.array(
        z.strictObject({
          code: described('Code of the gate.', text),
          date: described('Day of the gate.', day),
          label: described('Name of the gate in the language of the answer.', text),
        }),
      ),
    ),
    onboardings: described('References of the onboardings booked in it.', z.array(reference)),
  }),
);

export const calendarSchema = named(
  'Calendar',
  'Waves by date.',
  z.strictObject({ items: described('The waves.', z.array(waveSchema)) }),
);

export const newWaveSchema = named(
  'NewWave',
  'A wave to add. Its id follows from kind, site and date. It is open for booking unless planned for later.',
  z.strictObject({
    site,
    kind,
    cutover,
    capacity,
    state: z.optional(described('OPEN unless given.', z.enum(['PLANNED', 'OPEN']))),
  }),
);

export const waveChangeSchema = named(
  'WaveChange',
  'What to change of a wave. A change that would touch customers booked in it is refused and says whom.',
  z.strictObject({
    capacity: z.optional(capacity),
    cutover: z.optional(described('Another day, while nobody is booked.', day)),
    transition: z.optional(described('The change of its state.', z.enum(waveTransitionNames))),
    moveBooked: z.optional(
      described('Cancelling a wave places those booked in it anew: only with this said.', z.boolean()),
    ),
  }),
);
