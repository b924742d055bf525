import * as z from 'zod/mini';
import { changeWave, createWave } from '../../../application/change-wave.ts';
import { findWave } from '../../../application/find-wave.ts';
import { readExit, type WaveExit } from '../../../application/read-exit.ts';
import { readTaskFile, tasksOf } from '../../../application/read-tasks.ts';
import { calendarDateOf } from '../../../domain/calendar-date.ts';
import { exitCriteriaOf, meetsAll } from '../../../domain/onboarding/exit-criteria.ts';
import { inLanguage, type Language } from '../../../domain/text.ts';
import { bookableUntil } from '../../../domain/waves/date-constraints.ts';
import { keptForLarge } from '../../../domain/waves/large-customers.ts';
import { bookedOf, gatesOf, inCalendarOrder, waveKinds, waveStates } from '../../../domain/waves/wave.ts';
import { pageAt } from '../../../store/table.ts';
import type { WaveEvent } from '../../../store/wave-events.ts';
import type { StoredWave } from '../../../store/waves.ts';
import {
  type BodyReader,
  bodyOf,
  defineOperation,
  noBody,
  noQuery,
  type OperationDependencies,
} from '../operation.ts';
import { pageQuery } from '../page-query.ts';
import { day } from '../schemas/plain-values.ts';
import { described } from '../schemas/registry.ts';
import {
  calendarSchema,
  newWaveSchema,
  waveChangeSchema,
  waveDetailSchema,
  waveSchema,
} from '../schemas/wave-schemas.ts';
import { taskExample, taskView } from './tasks.ts';

const waveExample = {
  id: 'paris-2027-03-09',
  site: 'paris',
  kind: 'MIGRATION',
  state: 'OPEN',
  cutover: '2027-03-09',
  bookableUntil: '2027-02-02',
  capacity: { customers: 3, points: 60, complex: 1 },
  booked: { customers: 1, points: 14, complex: 0 },
  keptForLarge: { points: 18, left: 28, until: '2027-01-08' },
  version: 3,
} as const;

const eventExample = {
  version: 3,
  at: '2026-11-23T08:12:00.000Z',
  actor: { kind: 'operator', id: 'farida' },
  reason: 'A second team is available',
  growthReason: null,
  before: { state: 'OPEN', cutover: '2027-03-09', capacity: { customers: 2, points: 40, complex: 1 } },
  after: { state: 'OPEN', cutover: '2027-03-09', capacity: { customers: 3, points: 60, complex: 1 } },
} as const;

function waveView(wave: StoredWave, { platform, clock }: Pick<OperationDependencies, 'platform' | 'clock'>) {
  const { id, site, kind, state, cutover, capacity, version } = wave;
  return {
    id,
    site,
    kind,
    state,
    cutover,
    bookableUntil: bookableUntil(wave),
    capacity,
    booked: bookedOf(wave),
    keptForLarge: keptForLarge(wave, { asOf: calendarDateOf(clock.now()), platform }) ?? null,
    version,
  };
}

/** References of booked onboardings in one answer. */
const referencesAPage = 50;
const changesShown = 50;

function eventView({ number, at, actor, reason, growthReason, before, after }: WaveEvent) {
  return {
    ...{ version: number, at, actor, reason: reason ?? null, growthReason: growthReason ?? null },
    ...{ before: before ?? null, after },
  };
}

function exitView({ tally, isWhole, known }: WaveExit) {
  const whole = isWhole && known;
  return { met: whole && meetsAll(exitCriteriaOf(tally)), ...tally, whole };
}

/** The entity tag of a wave; bookings, which others make all the time, are not part of it. */
function tagOf({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

/** The version that a change is based on; any with `*`, or without the header. */
function versionIn(ifMatch: string | undefined): { version?: number } {
  if (ifMatch === undefined || ifMatch.trim() === '*') return {};
  const [, version = '-1'] = /^\s*"(\d{1,9})"\s*$/.exec(ifMatch) ?? [];
  return { version: Number(version) };
}

async function waveDetail(
  dependencies: OperationDependencies,
  wave: StoredWave,
  { language, cursor }: { readonly language: Language; readonly cursor: string | undefined },
) {
  const { store } = dependencies;
  const [booked, history, exit, taskFile] = await Promise.all([
    store.waves.bookedIn(wave.id, { limit: referencesAPage, ...pageAt(cursor) }),
    store.waves.history(wave.id, { limit: changesShown }),
    readExit(dependencies, wave),
    readTaskFile(dependencies, wave),
  ]);
  const today = calendarDateOf(dependencies.clock.now());
  const gates = gatesOf(wave).map(({ code, date, label }) => ({
    code,
    date,
    label: inLanguage(label, language),
  }));
  return {
    ...waveView(wave, dependencies),
    gates,
    tasks: tasksOf(taskFile, { wave, exit, today }).map(taskView),
    exitCriteria: exit === undefined ? null : exitView(exit),
    history: history.items.map(eventView),
    onboardings: booked.items,
    cursor: booked.cursor ?? null,
  };
}

export const calendarOperation = defineOperation({
  id: 'listWaves',
  method: 'GET',
  path: '/waves',
  summary: 'List the calendar: waves by date, with capacity and bookings.',
  scope: 'onboarding/read',
  problems: [],
  query: z.strictObject({
    site: z.optional(described('Filter by site.', z.string())),
    kind: z.optional(described('Filter by kind.', z.enum(waveKinds))),
    state: z.optional(described('Filter by state.', z.enum(waveStates))),
    from: z.optional(described('First day of the waves.', day)),
    to: z.optional(described('Last day of the waves.', day)),
  }),
  body: noBody,
  success: {
    status: 200,
    description: 'The waves.',
    schema: calendarSchema,
    example: { items: [waveExample], unreadable: 0 },
  },
  handle: async ({ dependencies, query }) => {
    const { store, platform } = dependencies;
    const { site, kind, state, from, to } = query;
    const sites = platform.sites
      .map(({ code }) => code)
      .filter((code) => site === undefined || code === site);
    const { items, unreadable } = await store.waves.wholeCalendar(sites);
    const waves = items.filter(
      (wave) =>
        (kind === undefined || wave.kind === kind) &&
        (state === undefined || wave.state === state) &&
        (from === undefined || from <= wave.cutover) &&
        (to === undefined || wave.cutover <= to),
    );
    const shown = inCalendarOrder(waves, platform).map((wave) => waveView(wave, dependencies));
    return { items: shown, unreadable: unreadable.length };
  },
});

export const newWaveOperation = defineOperation({
  id: 'createWave',
  method: 'POST',
  path: '/waves',
  summary: 'Add a wave to the calendar.',
  scope: 'onboarding/operations',
  problems: ['wave_change_refused', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(newWaveSchema, {
    site: 'paris',
    kind: 'MIGRATION',
    cutover: '2027-03-16',
    capacity: { customers: 3, points: 60, complex: 1 },
  }),
  success: {
    status: 201,
    description: 'The wave.',
    schema: waveSchema,
    example: waveExample,
    location: ({ id }) => id,
    again: async ({ dependencies }, { wave = '' }) =>
      waveView(await findWave(dependencies, wave), dependencies),
  },
  handle: async ({ dependencies, body, who: actor }) => {
    const { state = 'OPEN', reason, growthReason, ...given } = body;
    return waveView(
      await createWave(dependencies, { ...given, state }, { actor, reason, growthReason }),
      dependencies,
    );
  },
});

export const showWaveOperation = defineOperation({
  id: 'showWave',
  method: 'GET',
  path: '/waves/{id}',
  summary: 'Show a wave with its gates, their tasks and its booked onboardings, 50 at a time.',
  scope: 'onboarding/read',
  problems: [],
  query: z.strictObject({ cursor: pageQuery.cursor }),
  body: noBody,
  success: {
    status: 200,
    description: 'The wave.',
    schema: waveDetailSchema,
    etag: tagOf,
    example: {
      ...waveExample,
      gates: [],
      tasks: [taskExample],
      exitCriteria: null,
      history: [eventExample],
      onboardings: ['K7F4-M3XJ'],
      cursor: null,
    },
  },
  handle: async ({ dependencies, parameter, language, query: { cursor } }) =>
    waveDetail(dependencies, await findWave(dependencies, parameter('id')), { language, cursor }),
});

const changeBody: BodyReader<z.infer<typeof waveChangeSchema>> = bodyOf(waveChangeSchema, {
  capacity: { customers: 4, points: 80, complex: 2 },
});

export const changeWaveOperation = defineOperation({
  id: 'changeWave',
  method: 'PATCH',
  path: '/waves/{id}',
  summary:
    'Change the capacity or the state of a wave, or its date while it has no bookings. With If-Match only if no one has changed it since.',
  scope: 'onboarding/operations',
  conditional: true,
  problems: ['wave_change_refused', 'wave_changed', 'concurrent_change'],
  query: noQuery,
  body: changeBody,
  success: {
    status: 200,
    description: 'The changed wave.',
    schema: waveSchema,
    example: waveExample,
    etag: tagOf,
  },
  handle: async ({ dependencies, parameter, body, who, ifMatch }) => {
    const { site, id } = await findWave(dependencies, parameter('id'));
    const { capacity, cutover, transition, moveBooked, reason, growthReason } = body;
    const change = {
      ...(capacity === undefined ? {} : { capacity }),
      ...(cutover === undefined ? {} : { cutover }),
      ...(transition === undefined ? {} : { transition }),
      ...(moveBooked === undefined ? {} : { moveBooked }),
      ...(reason === undefined ? {} : { reason }),
      ...(growthReason === undefined ? {} : { growthReason }),
      ...versionIn(ifMatch),
    };
    return waveView(await changeWave(dependencies, site, id, change, who), dependencies);
  },
});
