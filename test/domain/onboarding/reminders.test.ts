import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDateOf, instantAt } from '../../../functions/domain/calendar-date.ts';
import { type Change, stateAfter } from '../../../functions/domain/onboarding/change.ts';
import type { MailTemplate } from '../../../functions/domain/onboarding/messages.ts';
import { placeDueAt } from '../../../functions/domain/onboarding/place-due.ts';
import type { ResultRecord } from '../../../functions/domain/onboarding/records.ts';
import { mayReminderLeave } from '../../../functions/domain/onboarding/reminder-time.ts';
import type { Booking, Snapshot, Wait } from '../../../functions/domain/onboarding/state.ts';
import { remindOfConditions } from '../../../functions/domain/onboarding/transitions/condition-dates.ts';
import { keepPlace } from '../../../functions/domain/onboarding/transitions/places.ts';
import { remindInTime } from '../../../functions/domain/onboarding/transitions/remind-in-time.ts';
import { workingDayOnOrBefore } from '../../../functions/domain/working-days.ts';
import { stateOf } from '../../store/bench.ts';

const day = 86_400_000;

/** What the simulated year has sent, and to whom. */
interface Sent {
  readonly at: Date;
  readonly template: MailTemplate;
  readonly to: string;
}

/** An onboarding and its result as the transitions leave them, without a table. */
class World {
  readonly sent: Sent[] = [];
  readonly events: { readonly type: string; readonly at: Date; readonly merged: boolean }[] = [];
  now: Snapshot;
  result: ResultRecord;

  constructor(now: Snapshot, result: ResultRecord) {
    this.now = now;
    this.result = result;
  }

  take(change: Change | undefined, at: Date): void {
    if (change === undefined) return;
    const booking = change.effects?.find((effect) => effect.kind === 'put_booking')?.booking;
    const result = change.effects?.find((effect) => effect.kind === 'put_result')?.result;
    this.now = {
      ...this.now,
      state: stateAfter(this.now.state, change, at),
      ...(change.wait === undefined ? {} : { wait: change.wait }),
      ...(booking === undefined ? {} : { booking }),
    };
    this.result = result ?? this.result;
    this.events.push({
      type: change.event.type,
      at,
      merged: 'data' in change.event && JSON.stringify(change.event.data ?? {}).includes('"merged":true'),
    });
    for (const message of change.messages ?? []) {
      if (message.kind === 'mail') this.sent.push({ at, template: message.template, to: message.to });
    }
  }

  /** Every job that may remind, in an order of its own. */
  run(jobs: readonly string[], at: Date): void {
    for (const job of jobs) {
      if (job === 'waits') this.take(remindInTime(this.now, at), at);
      if (job === 'conditions') this.take(remindOfConditions(this.now, this.result, [], at), at);
      if (job === 'places' && this.now.booking !== undefined) this.take(keepPlace(this.now, at), at);
    }
  }
}

type Kind = 'answers' | 'reassessment';
const stageOf = { answers: 'ANSWERING', reassessment: 'PREPARING' } as const;

function resultDue(due: string, raisedOn: string): ResultRecord {
  const conditions = [{ code: 'DPIA_MISSING' }, { code: 'EXIT_PLAN_REQUIRED' }] as const;
  return {
    standsOn: '1.0',
    assessedOn: raisedOn,
    cleared: [],
    assessment: {
      ruleSetVersion: '2026-11',
      eligibility: 'ELIGIBLE',
      requirementLevel: 'NOT_REQUIRED',
      conditions: [...conditions],
      readiness: {
        tier: 'CONDITIONAL',
        score: 60,
        coverage: 100,
        dimensions: [],
        levers: [],
        reaches: 'READY',
      },
      reasons: [],
    },
    dates: {
      DPIA_MISSING: {
        ...{ raisedOn, remindedUpTo: raisedOn },
        moved: { from: due, to: due, reason: 'r', on: raisedOn },
      },
      EXIT_PLAN_REQUIRED: {
        ...{ raisedOn, remindedUpTo: raisedOn },
        moved: { from: due, to: addDays(due, 3), reason: 'r', on: raisedOn },
      },
    },
  };
}

function begin(kind: Kind, start: Date, dueInDays: number): World {
  const at = start.toISOString();
  const wait: Wait = {
    id: `${kind}@4`,
    kind,
    openedAt: at,
    activeAt: at,
    until: at,
    token: 't',
    reminders: 0,
  };
  const state = stateOf(1, { stage: stageOf[kind], stageSince: at, version: 4, episode: 4, submission: 1 });
  const today = calendarDateOf(start);
  return new World({ state, wait }, resultDue(addDays(today, dueInDays), today));
}

const start = fc
  .integer({
    min: Date.parse('2026-11-01T00:00:00Z') / 60_000,
    max: Date.parse('2027-11-01T00:00:00Z') / 60_000,
  })
  .map((minutes) => new Date(minutes * 60_000));
const kind = fc.constantFrom<Kind>('answers', 'reassessment');
const order = fc.shuffledSubarray(['waits', 'conditions', 'waits', 'conditions'], { minLength: 4 });

/** The hours at which jobs may run; some runs are missed, some come twice or late. */
const runs = fc.array(
  fc.record({
    hour: fc.constantFrom('03:00', '08:00', '10:17', '14:00', '16:30', '16:44', '18:00', '23:30'),
    order,
  }),
  { minLength: 1, maxLength: 5 },
);

function customers(world: World): readonly Sent[] {
  return world.sent.filter(({ to }) => to === 'customer');
}

/** A hundred days with every run of the gates. */
function runEveryGate(world: World, from: Date, jobs: readonly string[]): void {
  const hours = ['08:00', '14:00', '16:30', '18:00'];
  for (let index = 0; index <= 100; index += 1) {
    const today = addDays(calendarDateOf(from), index);
    for (const at of hours.map((hour) => instantAt(today, hour))) {
      if (at > from && world.now.wait?.decision === undefined) world.run(jobs, at);
    }
  }
}

/** What another mail of the day has named is on record, and that mail was sent; no condition is reminded of too late. */
function expectNoneLost(world: World, lastDue: string): void {
  const days = customers(world).map(({ at }) => calendarDateOf(at));
  for (const { at, merged } of world.events) {
    if (merged) expect(days).toContain(calendarDateOf(at));
  }
  for (const { at, template } of customers(world)) {
    if (template === 'condition_reminder') expect(calendarDateOf(at) <= lastDue).toBe(true);
  }
}

describe('the reminders of a year, whatever runs when, twice, late or in the wrong order', () => {
  it('leave on working days between 9 and 17, one a day to the customer at most', () => {
    fc.assert(
      fc.property(
        start,
        kind,
        fc.integer({ min: 15, max: 90 }),
        fc.array(runs, { minLength: 100, maxLength: 100 }),
        (from, what, due, days) => {
          const world = begin(what, from, due);
          days.forEach((ofDay, index) => {
            const today = addDays(calendarDateOf(from), index);
            const sorted = ofDay.toSorted((one, other) => one.hour.localeCompare(other.hour));
            for (const { hour, order: jobs } of sorted) {
              const at = instantAt(today, hour);
              if (at > from && world.now.wait?.decision === undefined) world.run(jobs, at);
            }
          });
          const mails = customers(world);
          for (const { at } of mails) expect(mayReminderLeave(at)).toBe(true);
          const sentOn = mails.map(({ at }) => calendarDateOf(at));
          expect(new Set(sentOn).size).toBe(sentOn.length);
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('come on their day or the working day before, every one of them, when the jobs run', () => {
    fc.assert(
      fc.property(start, kind, fc.integer({ min: 15, max: 90 }), order, (from, what, dueIn, jobs) => {
        const world = begin(what, from, dueIn);
        runEveryGate(world, from, jobs);
        const interval = what === 'answers' ? 14 : 30;
        const nominal = [1, 2, 3, 4]
          .map((times) => calendarDateOf(new Date(from.getTime() + times * interval * day)))
          .filter((date) => date <= addDays(calendarDateOf(from), 69));
        const given = world.events.filter(({ type }) => type === 'REMINDED' || type === 'LAST_NOTICE_GIVEN');
        const expected = what === 'answers' ? nominal : nominal.filter((_, index) => index < 3);
        for (const [index, date] of expected.entries()) {
          const when = given[index]?.at;
          expect(when === undefined ? undefined : calendarDateOf(when)).toBe(workingDayOnOrBefore(date));
        }
        expectNoneLost(world, addDays(calendarDateOf(from), dueIn + 3));
      }),
      {
        numRuns: 12,
        endOnFailure: true,
        // Begun at midnight in Paris: its reminders fall due as a day begins.
        examples: [[new Date('2027-09-23T22:00:00Z'), 'answers', 56, ['waits', 'conditions']]],
      },
    );
  });

  it('give a last notice two weeks before the end that it announces, however late it is', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 50, max: 120 }), (from, silentDays) => {
        const world = begin('answers', from, 90);
        for (let index = silentDays; world.now.wait?.decision === undefined && index < 200; index += 1) {
          for (const hour of ['14:00', '16:30']) {
            const at = instantAt(addDays(calendarDateOf(from), index), hour);
            if (world.now.wait?.decision === undefined) world.run(['waits'], at);
          }
        }
        const notice = world.events.find(({ type }) => type === 'LAST_NOTICE_GIVEN')?.at ?? new Date(0);
        const end = world.events.find(({ type }) => type === 'LEFT_UNANSWERED')?.at ?? new Date(0);
        expect(end.getTime() - notice.getTime()).toBeGreaterThan(13 * day);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the reminder of a place', () => {
  const held = (bookedAt: Date, days: number): Snapshot => {
    const holdUntil = new Date(bookedAt.getTime() + days * day).toISOString();
    const booking: Booking = {
      ...{ wave: 'paris-2028-06-06', site: 'paris', cutover: '2028-06-06', points: 1, complex: 0 },
      status: 'HELD',
      bookedAt: bookedAt.toISOString(),
      holdUntil,
    };
    return { state: stateOf(1, { stage: 'WAVE_HELD', version: 4, episode: 4 }), booking };
  };

  it('comes once, in its hours, after the day of the place and before its end', () => {
    fc.assert(
      fc.property(start, fc.constantFrom(5, 10), (bookedAt, days) => {
        const now = held(bookedAt, days);
        const world = new World(now, resultDue('2027-01-01', '2026-11-01'));
        const holdUntil = Date.parse(now.booking?.holdUntil ?? '');
        for (let at = bookedAt.getTime(); at < holdUntil; at += day / 96) world.run(['places'], new Date(at));
        expect(world.sent.map(({ template }) => template)).toEqual(['place_reminder']);
        const [mail] = world.sent;
        expect(mayReminderLeave(mail?.at ?? new Date(0))).toBe(true);
        expect(calendarDateOf(mail?.at ?? new Date(0)) > calendarDateOf(bookedAt)).toBe(true);
        const { booking } = now;
        const due = booking === undefined ? '' : placeDueAt({ ...booking, reminded: undefined });
        expect(Math.abs(Date.parse(due ?? '') - (mail?.at.getTime() ?? 0))).toBeLessThan(day / 96 + 1);
      }),
      { numRuns: 20 },
    );
  });
});
