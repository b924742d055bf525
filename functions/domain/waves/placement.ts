import { addDays, type CalendarDate, formatDate } from '../calendar-date.ts';
import { formatNumber } from '../text.ts';
import { componentsAbove } from './capacity.ts';
import { judgeWave } from './constraints.ts';
import { leadTimeInDays } from './date-constraints.ts';
import { type Demand, firstDeadline, type HardDeadline, type SchedulingContext } from './demand.ts';
import { effortPoints, vectorOf } from './effort.ts';
import {
  booked,
  type ConsideredWave,
  type NoWaveBeforeDeadlinePlacement,
  type Placement,
  preparationNotOpen,
  type TooLargePlacement,
  type WaitingReason,
  waiting,
} from './placement-outcome.ts';
import { latestOpening, platformPhase, servicesNotOpen } from './platform-phase.ts';
import { inEach, type Refusal, type RefusalCode } from './refusal.ts';
import { conditionsDueInDays, inCalendarOrder, type Wave, waveLabel } from './wave.ts';

/** A customer that is not ready cannot be placed in a migration wave; it takes a preparation wave first. */
export class NotReadyForMigrationError extends Error {
  override readonly name = 'NotReadyForMigrationError';

  constructor(reference: string) {
    super(`Onboarding ${reference} is not ready for a migration wave; it takes a preparation wave first`);
  }
}

/** The live migration waves at a site that the customer accepts: those whose size it is compared with. */
function comparableWaves({ site }: Pick<Demand, 'site'>, waves: readonly Wave[]): readonly Wave[] {
  return waves.filter(
    (wave) =>
      wave.kind === 'MIGRATION' &&
      wave.state !== 'DONE' &&
      wave.state !== 'CANCELLED' &&
      (site === 'any' || site === wave.site),
  );
}

/** Points of the largest wave that a customer is compared with; undefined while there is none. */
export function largestWave(demand: Pick<Demand, 'site'>, waves: readonly Wave[]): number | undefined {
  const sizes = comparableWaves(demand, waves).map((wave) => wave.capacity.points);
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

/**
 * Too large when no live migration wave at a site the customer accepts could hold it even when empty. Undefined
 * while there is no such wave to compare with.
 */
function tooLarge(demand: Demand, waves: readonly Wave[]): TooLargePlacement | undefined {
  const comparable = comparableWaves(demand, waves);
  const largest = largestWave(demand, waves);
  const asked = vectorOf(demand);
  if (largest === undefined) return undefined;
  if (comparable.some((wave) => componentsAbove(asked, wave.capacity).length === 0)) return undefined;
  const complex = demand.complex
    ? { fr: ' (migration complexe)', en: ' (complex migration)' }
    : { fr: '', en: '' };
  return {
    kind: 'too_large',
    points: demand.points,
    largest,
    text: {
      fr: `Votre migration est trop grande pour toute vague : ${effortPoints(demand).fr}${complex.fr}, alors que la plus grande vague en offre ${formatNumber(largest, 'fr')}. Un opérateur étudiera les solutions avec vous.`,
      en: `Your migration is too large for any wave: ${effortPoints(demand).en}${complex.en}; the largest wave offers ${formatNumber(largest, 'en')}. An operator will look into the options with you.`,
    },
  };
}

/** The first day on which a new wave could admit the customer. */
function earliestConceivable(demand: Demand, context: SchedulingContext): CalendarDate {
  const parent = demand.parentCutover;
  const dates = [addDays(context.asOf, leadTimeInDays)];
  const opening = latestOpening(servicesNotOpen(context.platform, demand.wantedServices, context.asOf));
  if (opening !== undefined) dates.push(opening);
  if (demand.earliest !== undefined) dates.push(demand.earliest);
  if (parent !== undefined && parent !== 'unbooked') dates.push(addDays(parent, 1));
  if (demand.tier === 'CONDITIONAL') {
    dates.push(...demand.conditionsDueDates.map((due) => addDays(due, conditionsDueInDays)));
  }
  return dates.toSorted().at(-1) ?? context.asOf;
}

function noWaveBefore(
  deadline: HardDeadline,
  considered: readonly ConsideredWave[],
): NoWaveBeforeDeadlinePlacement {
  const text = inEach(
    {
      fr: (date) =>
        `Aucune vague ne peut vous accueillir avant votre date limite du ${date}. Un opérateur étudiera les solutions avec vous.`,
      en: (date) =>
        `No wave fits before your deadline of ${date}. An operator will look into the options with you.`,
    },
    deadline.date,
  );
  return { kind: 'no_wave_before_deadline', deadline: deadline.date, considered, text };
}

const passing: ReadonlySet<RefusalCode> = new Set(['NO_ROOM', 'KEPT_FOR_LARGE', 'PARENT_NOT_BOOKED']);

/** Refusals that time may lift: a customer frees room, what is kept is released, or the parent gets its date. */
function mayPass(refusal: Refusal): boolean {
  return passing.has(refusal.code);
}

function waitingFor(
  wave: Wave,
  refusals: readonly Refusal[],
  demand: Demand,
  context: SchedulingContext,
): WaitingReason {
  const label = waveLabel(wave, context.platform);
  const parent = refusals.find((refusal) => refusal.code === 'PARENT_NOT_BOOKED');
  if (parent !== undefined) return { code: 'PARENT_NOT_BOOKED', text: parent.text };
  const kept = refusals.find((refusal) => refusal.code === 'KEPT_FOR_LARGE');
  if (kept !== undefined) return { code: 'KEPT_FOR_LARGE', wave: wave.id, text: kept.text };
  const deadline = firstDeadline(demand);
  if (deadline === undefined) {
    const text = {
      fr: `Toutes les vagues qui vous conviennent sont complètes, à commencer par la ${label.fr}.`,
      en: `Every wave that fits you is full, starting with the ${label.en}.`,
    };
    return { code: 'WAVE_FULL', wave: wave.id, text };
  }
  const text = {
    fr: `Aucune vague n’a de place avant votre date limite du ${formatDate(deadline.date, 'fr')}. Vous attendez la ${label.fr}.`,
    en: `No wave has room before your deadline of ${formatDate(deadline.date, 'en')}. You are waiting for the ${label.en}.`,
  };
  return { code: 'NO_ROOM_BEFORE_DEADLINE', wave: wave.id, text };
}

const alreadyOffered: WaitingReason = {
  code: 'ALREADY_OFFERED',
  text: {
    fr: 'Les seules dates possibles vous ont déjà été proposées ; une place vous sera proposée dès l’ouverture de nouvelles dates.',
    en: 'The only possible dates have already been offered to you; we will offer you a place when new dates open.',
  },
};

const noWaveYet: WaitingReason = {
  code: 'NO_WAVE_IN_CALENDAR',
  text: {
    fr: 'Aucune vague du calendrier actuel ne vous convient ; une place vous sera proposée dès l’ouverture de nouvelles dates.',
    en: 'No wave in the current calendar fits you; we will offer you a place when new dates open.',
  },
};

/**
 * Where a READY or CONDITIONAL customer goes: the earliest open wave that admits it and has room (ties by the
 * platform's order of sites, then id). Without one:
 * - `too_large` when it is larger than every wave;
 * - `waiting` when some wave refuses it only for what time may lift, room or a parent without a date;
 * - `no_wave_before_deadline` when its deadline is what excludes it: a later wave would admit it but for the
 *   deadline, or no wave put in the calendar from now on could be in time;
 * - `waiting` for new dates otherwise, with a reason of its own when only dates that were turned down would fit, and before
 *   preparation opens, when nothing can be booked.
 * @throws NotReadyForMigrationError for a customer that is NOT_READY.
 */
export function place(demand: Demand, waves: readonly Wave[], context: SchedulingContext): Placement {
  if (demand.tier === 'NOT_READY') throw new NotReadyForMigrationError(demand.reference);
  if (platformPhase(context.platform, context.asOf) === 'qualification') return preparationNotOpen(context);
  const oversized = tooLarge(demand, waves);
  if (oversized !== undefined) return oversized;

  const cutovers = waves.filter((wave) => wave.kind !== 'PREPARATION');
  const considered: ConsideredWave[] = [];
  let waitsFor: WaitingReason | undefined;
  let deadlineAloneExcludes = false;
  let choiceAloneExcludes = false;
  for (const wave of inCalendarOrder(cutovers, context.platform)) {
    const refusals = judgeWave(demand, wave, context);
    if (refusals.length === 0) return booked(wave, considered, context);
    considered.push({ wave: wave.id, refusals });
    const lasting = refusals.filter((refusal) => !mayPass(refusal));
    if (lasting.length === 0) waitsFor ??= waitingFor(wave, refusals, demand, context);
    else {
      deadlineAloneExcludes ||= lasting.every(({ code }) => code === 'AFTER_DEADLINE');
      choiceAloneExcludes ||= lasting.every(({ code }) => code === 'TURNED_DOWN');
    }
  }
  if (waitsFor !== undefined) return waiting(waitsFor, considered);
  const deadline = firstDeadline(demand);
  const tooSoon = deadline !== undefined && deadline.date < earliestConceivable(demand, context);
  if (deadline !== undefined && (deadlineAloneExcludes || tooSoon)) return noWaveBefore(deadline, considered);
  return waiting(choiceAloneExcludes ? alreadyOffered : noWaveYet, considered);
}
