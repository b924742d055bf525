import type { CalendarDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import type { SchedulingContext } from './demand.ts';
import { inEach, type Refusal } from './refusal.ts';
import { type Wave, waveLabel } from './wave.ts';

/** A wave that does not admit the customer, with every reason. */
export interface ConsideredWave {
  readonly wave: string;
  readonly refusals: readonly Refusal[];
}

/** Why a customer waits; `wave` is the wave it waits for, if any. */
export interface WaitingReason {
  readonly code:
    | 'PREPARATION_NOT_OPEN'
    | 'WAVE_FULL'
    | 'KEPT_FOR_LARGE'
    | 'NO_ROOM_BEFORE_DEADLINE'
    | 'PARENT_NOT_BOOKED'
    | 'ALREADY_OFFERED'
    | 'NO_WAVE_IN_CALENDAR';
  readonly wave?: string;
  readonly text: Text;
}

export interface BookedPlacement {
  readonly kind: 'booked';
  readonly wave: Wave;
  /** The earlier waves, and why each was refused. */
  readonly considered: readonly ConsideredWave[];
  readonly text: Text;
}

export interface WaitingPlacement {
  readonly kind: 'waiting';
  readonly reason: WaitingReason;
  readonly considered: readonly ConsideredWave[];
  readonly text: Text;
}

/** Larger than every wave: for an operator, never for the waiting list. */
export interface TooLargePlacement {
  readonly kind: 'too_large';
  readonly points: number;
  /** Points of the largest wave. */
  readonly largest: number;
  readonly text: Text;
}

/** Every date in time is excluded by something other than lack of room: for an operator, never silently late. */
export interface NoWaveBeforeDeadlinePlacement {
  readonly kind: 'no_wave_before_deadline';
  readonly deadline: CalendarDate;
  readonly considered: readonly ConsideredWave[];
  readonly text: Text;
}

export type Placement =
  | BookedPlacement
  | WaitingPlacement
  | TooLargePlacement
  | NoWaveBeforeDeadlinePlacement;

/** Explains a wait. */
export function waiting(reason: WaitingReason, considered: readonly ConsideredWave[]): WaitingPlacement {
  return { kind: 'waiting', reason, considered, text: reason.text };
}

/** The wait of all customers before `preparationOpens`. */
export function preparationNotOpen({ platform }: SchedulingContext): WaitingPlacement {
  const text = inEach(
    {
      fr: (date) => `La préparation ouvre le ${date} ; aucune date ne peut être réservée auparavant.`,
      en: (date) => `Preparation opens on ${date}; no date can be booked before then.`,
    },
    platform.preparationOpens,
  );
  return waiting({ code: 'PREPARATION_NOT_OPEN', text }, []);
}

/** The wave that a customer gets, with its text. */
export function booked(
  wave: Wave,
  considered: readonly ConsideredWave[],
  context: SchedulingContext,
): BookedPlacement {
  const label = waveLabel(wave, context.platform);
  const text = {
    fr: `Première date possible : ${label.fr}.`,
    en: `First possible date: ${label.en}.`,
  };
  return { kind: 'booked', wave, considered, text };
}
