import * as z from 'zod/mini';
import {
  createSeries,
  mostInSeries,
  planSeries,
  type SeriesEntry,
} from '../../../application/create-series.ts';
import { findWave } from '../../../application/find-wave.ts';
import { InvalidInputError } from '../../../domain/errors.ts';
import { fieldProblem } from '../../../domain/input/problem-texts.ts';
import { inLanguage, type Language } from '../../../domain/text.ts';
import { waveKinds } from '../../../domain/waves/wave.ts';
import { bodyOf, type Call, defineOperation, noQuery } from '../operation.ts';
import { count, day, reason } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { capacity, growthReason } from '../schemas/wave-schemas.ts';

const siteCode = z.string().check(z.maxLength(40));

const seriesSchema = named(
  'WaveSeries',
  'Waves at a regular interval. The capacity is given, or that of an existing wave.',
  z.strictObject({
    sites: described('Codes of the sites.', z.array(siteCode).check(z.minLength(1), z.maxLength(10))),
    kind: described('Kind of the waves.', z.enum(waveKinds)),
    from: described('Day of the first waves.', day),
    everyWeeks: described('Weeks from one date to the next.', z.int().check(z.minimum(1), z.maximum(52))),
    count: described(
      `Number of dates at each site; at most ${mostInSeries} waves in all.`,
      z.int().check(z.minimum(1), z.maximum(mostInSeries)),
    ),
    capacity: z.optional(capacity),
    template: z.optional(
      described('Id of the wave whose capacity they have; in place of `capacity`.', z.string()),
    ),
    state: z.optional(described('Default OPEN.', z.enum(['PLANNED', 'OPEN']))),
    reason: z.optional(described('Kept in the history of each wave.', reason)),
    growthReason,
    dryRun: z.optional(described('Shows what would be added, and adds nothing.', z.boolean())),
  }),
);
type SeriesBody = z.infer<typeof seriesSchema>;

const reportSchema = named(
  'WaveSeriesReport',
  'What became of each wave of a series.',
  z.strictObject({
    items: described(
      'Every date at every site, by date.',
      z.array(
        z.strictObject({
          id: described('Id of the wave.', z.string()),
          site: described('Code of the site.', z.string()),
          cutover: described('Day of the cutover; for a preparation wave, the day it starts.', day),
          outcome: described(
            'planned: would be added. created: was added. existing: is there already, as asked. excluded: cannot be added, for the reason given.',
            z.enum(['planned', 'created', 'existing', 'excluded']),
          ),
          reason: described('Why it is excluded; null otherwise.', z.nullable(z.string())),
        }),
      ),
    ),
    created: described('How many were added by this request.', count),
  }),
);

function reportOf(entries: readonly SeriesEntry[], language: Language) {
  return {
    items: entries.map(({ wave: { id, site, cutover }, outcome, reason: why }) => {
      return { id, site, cutover, outcome, reason: why === undefined ? null : inLanguage(why, language) };
    }),
    created: entries.filter(({ outcome }) => outcome === 'created').length,
  };
}

/** Safe to repeat: what is there already is reported as existing. */
async function carryOut({ dependencies, body, who, language }: Call<unknown, SeriesBody>) {
  const { template, state = 'OPEN', reason: why, dryRun = false, ...asked } = body;
  const shape = template === undefined ? asked.capacity : (await findWave(dependencies, template)).capacity;
  if (shape === undefined || (template !== undefined && asked.capacity !== undefined)) {
    const problem = template === undefined ? 'missing' : 'not_expected';
    throw new InvalidInputError([fieldProblem('capacity', { fr: 'Capacité', en: 'Capacity' }, problem)]);
  }
  const series = { ...asked, state, capacity: shape };
  const entries = dryRun
    ? await planSeries(dependencies, series)
    : await createSeries(dependencies, series, { actor: who, reason: why });
  return reportOf(entries, language);
}

export const waveSeriesOperation = defineOperation({
  id: 'createWaveSeries',
  method: 'POST',
  path: '/waves/series',
  summary:
    'Add waves at a regular interval, or show with `dryRun` which dates freezes, holidays and other waves exclude.',
  scope: 'onboarding/operations',
  problems: ['wave_not_found', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(seriesSchema, {
    sites: ['paris', 'sud'],
    kind: 'MIGRATION',
    from: '2028-01-11',
    everyWeeks: 4,
    count: 6,
    template: 'paris-2027-11-16',
    dryRun: true,
  }),
  success: {
    status: 200,
    description: 'What became of each wave.',
    schema: reportSchema,
    example: {
      items: [
        { id: 'paris-2028-01-11', site: 'paris', cutover: '2028-01-11', outcome: 'planned', reason: null },
      ],
      created: 0,
    },
    again: (call) => carryOut(call),
  },
  handle: carryOut,
});
