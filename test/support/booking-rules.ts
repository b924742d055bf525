import type { Specification } from './linearizable.ts';

/** How often a customer may choose another date. */
export const mayChange = 3;

export const lateTasks = ['ScheduleWave', 'AskCustomerToConfirmWave'] as const;
export type LateTask = (typeof lateTasks)[number];

/** An act of one actor: customers name themselves by their number, waves by their id. */
export type Act =
  | { readonly kind: 'choose' | 'move'; readonly customer: number; readonly to: string }
  | { readonly kind: 'confirm' | 'withdraw'; readonly customer: number }
  /** The workflow calls a task of an earlier step once more: what a lost answer leads to, or a late delivery. */
  | { readonly kind: 'deliver'; readonly customer: number; readonly task: LateTask }
  | { readonly kind: 'freeze' | 'reopen'; readonly wave: string }
  | { readonly kind: 'enlarge'; readonly wave: string; readonly places: number };

export interface Place {
  readonly status: 'HELD' | 'CONFIRMED' | 'gone';
  readonly wave: string | undefined;
  readonly changes: number;
}
interface WaveNow {
  readonly open: boolean;
  readonly places: number;
}
export interface Calendar {
  readonly customers: readonly Place[];
  readonly waves: Readonly<Record<string, WaveNow>>;
}

export const done = 'done';

export function bookedIn({ customers }: Calendar, id: string): number {
  return customers.filter(({ wave }) => wave === id).length;
}

function isFree(now: Calendar, id: string): boolean {
  const wave = now.waves[id];
  return wave?.open === true && bookedIn(now, id) < wave.places;
}

function withPlace(now: Calendar, number: number, place: Partial<Place>): Calendar {
  return {
    ...now,
    customers: now.customers.map((each, index) => (index === number ? { ...each, ...place } : each)),
  };
}

function withWave(now: Calendar, id: string, wave: Partial<WaveNow>): Calendar {
  const before = now.waves[id] ?? { open: false, places: 0 };
  return { ...now, waves: { ...now.waves, [id]: { ...before, ...wave } } };
}

/** What the acts do one after another: booking as its rules say it, without a store. */
export const booking: Specification<Calendar, Act> = {
  keyOf: (now) => JSON.stringify(now),
  apply: (now, act) => {
    const refused = (outcome: string) => ({ state: now, outcome });
    const becomes = (state: Calendar) => ({ state, outcome: done });
    switch (act.kind) {
      case 'freeze':
      case 'reopen': {
        const open = act.kind === 'reopen';
        if (now.waves[act.wave]?.open === open) return refused('WaveTransitionError');
        return becomes(withWave(now, act.wave, { open }));
      }
      case 'enlarge':
        if (act.places < bookedIn(now, act.wave)) return refused('WaveChangeRefusedError');
        return becomes(withWave(now, act.wave, { places: act.places }));
      case 'deliver':
        return becomes(now);
      default:
    }
    const place = now.customers[act.customer];
    if (place === undefined || place.status === 'gone') return refused('OnboardingClosedError');
    switch (act.kind) {
      case 'withdraw':
        return becomes(withPlace(now, act.customer, { status: 'gone', wave: undefined }));
      case 'confirm':
        if (place.status !== 'HELD') return refused('NotExpectedNowError');
        return becomes(withPlace(now, act.customer, { status: 'CONFIRMED' }));
      case 'move':
        if (place.wave === act.to) return refused('DecisionRefusedError');
        if (!isFree(now, act.to)) return refused('DateNotPossibleError');
        return becomes(withPlace(now, act.customer, { status: 'HELD', wave: act.to }));
      case 'choose':
        if (place.wave === act.to) return becomes(withPlace(now, act.customer, { status: 'CONFIRMED' }));
        if (place.changes >= mayChange) return refused('DecisionRefusedError');
        if (!isFree(now, act.to)) return refused('DateNotPossibleError');
        return becomes(
          withPlace(now, act.customer, {
            ...{ status: 'CONFIRMED', wave: act.to },
            changes: place.changes + 1,
          }),
        );
    }
  },
};
