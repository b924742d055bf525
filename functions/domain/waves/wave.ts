import { addDays, type CalendarDate, formatDate } from '../calendar-date.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import type { Text } from '../text.ts';
import { workingDayOnOrBefore } from '../working-days.ts';
import { type CapacityVector, noCapacity } from './capacity.ts';

/** PREPARATION is the readiness programme and has no cutover; PILOT and MIGRATION have one. */
export const waveKinds = ['PREPARATION', 'PILOT', 'MIGRATION'] as const;
export type WaveKind = (typeof waveKinds)[number];

export const waveStates = ['PLANNED', 'OPEN', 'FROZEN', 'RUNNING', 'DONE', 'CANCELLED'] as const;
export type WaveState = (typeof waveStates)[number];
/** Those of a wave that is neither over nor cancelled. */
export const statesUnderWay = [
  'PLANNED',
  'OPEN',
  'FROZEN',
  'RUNNING',
] as const satisfies readonly WaveState[];

/** A dated cohort of customers at one site. */
export interface Wave {
  readonly id: string;
  readonly site: string;
  readonly kind: WaveKind;
  readonly state: WaveState;
  /** Day of the cutover; for a preparation wave, the day it starts. */
  readonly cutover: CalendarDate;
  /** A preparation wave counts customers only. */
  readonly capacity: CapacityVector;
  readonly booked: CapacityVector;
  /** Of the points that are booked, those of customers that are not large; absent for none. */
  readonly small?: number | undefined;
  /** Points kept for large customers on the day for which the calendar was read; absent for none. */
  readonly kept?: number | undefined;
  /** How many of its cutovers were rolled back or postponed: their customers leave it. Absent before the first. */
  readonly failedCutovers?: number | undefined;
}

export const waveKindLabels: Readonly<Record<WaveKind, Text>> = {
  PREPARATION: { fr: 'Préparation', en: 'Preparation' },
  PILOT: { fr: 'Pilote', en: 'Pilot' },
  MIGRATION: { fr: 'Migration', en: 'Migration' },
};

export const waveStateLabels: Readonly<Record<WaveState, Text>> = {
  PLANNED: { fr: 'Prévue', en: 'Planned' },
  OPEN: { fr: 'Ouverte aux réservations', en: 'Open for booking' },
  FROZEN: { fr: 'Figée', en: 'Frozen' },
  RUNNING: { fr: 'En cours', en: 'Running' },
  DONE: { fr: 'Terminée', en: 'Done' },
  CANCELLED: { fr: 'Annulée', en: 'Cancelled' },
};

interface WaveTransition {
  readonly from: readonly WaveState[];
  readonly to: WaveState;
  readonly label: Text;
  /** Where the date counts: only until the wave's own day, or only from it, that day included. */
  readonly when?: 'until_its_day' | 'from_its_day';
}

/** Every way in which a wave's state may change. A frozen wave takes no new booking but keeps those it has. */
export const waveTransitions = {
  open: {
    from: ['PLANNED'],
    to: 'OPEN',
    label: { fr: 'Ouvrir aux réservations', en: 'Open for booking' },
    when: 'until_its_day',
  },
  freeze: { from: ['OPEN'], to: 'FROZEN', label: { fr: 'Figer', en: 'Freeze' } },
  reopen: {
    from: ['FROZEN'],
    to: 'OPEN',
    label: { fr: 'Rouvrir', en: 'Reopen' },
    when: 'until_its_day',
  },
  start: {
    from: ['OPEN', 'FROZEN'],
    to: 'RUNNING',
    label: { fr: 'Démarrer', en: 'Start' },
    when: 'from_its_day',
  },
  finish: { from: ['RUNNING'], to: 'DONE', label: { fr: 'Terminer', en: 'Finish' } },
  cancel: {
    from: ['PLANNED', 'OPEN', 'FROZEN'],
    to: 'CANCELLED',
    label: { fr: 'Annuler', en: 'Cancel' },
  },
} as const satisfies Record<string, WaveTransition>;
export type WaveTransitionName = keyof typeof waveTransitions;
export const waveTransitionNames = [
  'open',
  'freeze',
  'reopen',
  'start',
  'finish',
  'cancel',
] as const satisfies readonly WaveTransitionName[];

/** A wave's state does not allow the transition asked for. */
export class WaveTransitionError extends Error {
  override readonly name = 'WaveTransitionError';

  constructor(transition: WaveTransitionName, state: WaveState) {
    super(`A wave cannot ${transition} while it is in state ${state}`);
  }
}

/**
 * The state a named transition leads to.
 * @throws WaveTransitionError when the table does not allow it from `state`.
 */
export function waveStateAfter(transition: WaveTransitionName, state: WaveState): WaveState {
  const { from, to }: WaveTransition = waveTransitions[transition];
  if (!from.includes(state)) throw new WaveTransitionError(transition, state);
  return to;
}

/** Whether a transition that a wave's state allows comes too early or too late on a day; undefined when neither. */
export function untimely(
  transition: WaveTransitionName,
  { cutover }: Pick<Wave, 'cutover'>,
  today: CalendarDate,
): 'early' | 'late' | undefined {
  const { when }: WaveTransition = waveTransitions[transition];
  if (when === 'from_its_day' && today < cutover) return 'early';
  return when === 'until_its_day' && cutover < today ? 'late' : undefined;
}

/** The transitions that a wave's state and date allow on a day. */
export function transitionsOn(
  wave: Pick<Wave, 'state' | 'cutover'>,
  today: CalendarDate,
): readonly WaveTransitionName[] {
  return waveTransitionNames.filter((name) => {
    const { from }: WaveTransition = waveTransitions[name];
    return from.includes(wave.state) && untimely(name, wave, today) === undefined;
  });
}

/** The booked amount of a wave; none of a cancelled wave, although places are released only as others are found. */
export function bookedOf({ state, booked }: Pick<Wave, 'state' | 'booked'>): CapacityVector {
  return state === 'CANCELLED' ? noCapacity : booked;
}

/** The capacity of a finished or cancelled wave no longer changes. */
export function mayChangeCapacity({ state }: Pick<Wave, 'state'>): boolean {
  return state !== 'DONE' && state !== 'CANCELLED';
}

/** True until the wave starts: a started or finished wave keeps its date. */
export function mayChangeDate({ state }: Pick<Wave, 'state'>): boolean {
  return state === 'PLANNED' || state === 'OPEN' || state === 'FROZEN';
}

/** True while a place in the wave may still be confirmed: before it starts, and unless it is cancelled. */
export function takesConfirmations({ state }: Pick<Wave, 'state'>): boolean {
  return state === 'OPEN' || state === 'FROZEN';
}

/**
 * A readable id, the same wherever it is computed: `paris-2027-03-09`, `prep-paris-2027-01-11`. An id belongs to its wave
 * for good; a later wave whose id is taken gets a number: `paris-2027-03-09-2`.
 */
export function waveId(
  wave: Pick<Wave, 'kind' | 'site' | 'cutover'>,
  given: readonly Pick<Wave, 'id'>[] = [],
): string {
  const day = `${wave.site}-${wave.cutover}`;
  const id = wave.kind === 'PREPARATION' ? `prep-${day}` : day;
  const taken = new Set(given.map((other) => other.id));
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

/** A site has at most one cutover a day and one preparation wave starting a day, those that are cancelled left out. */
export function takesDayOf(
  wave: Pick<Wave, 'kind' | 'site' | 'cutover'>,
  other: Pick<Wave, 'kind' | 'site' | 'cutover' | 'state'>,
): boolean {
  return other.state !== 'CANCELLED' && waveId(other) === waveId(wave);
}

/** Label of a site; its code when the configuration no longer lists it. */
export function siteLabel(platform: PlatformConfiguration, site: string): Text {
  return platform.sites.find((known) => known.code === site)?.label ?? { fr: site, en: site };
}

/** Label of a wave: `vague du 9 mars 2027 (Paris)`. */
export function waveLabel(
  wave: Pick<Wave, 'kind' | 'site' | 'cutover'>,
  platform: PlatformConfiguration,
): Text {
  const site = siteLabel(platform, wave.site);
  return wave.kind === 'PREPARATION'
    ? {
        fr: `vague de préparation du ${formatDate(wave.cutover, 'fr')} (${site.fr})`,
        en: `preparation wave of ${formatDate(wave.cutover, 'en')} (${site.en})`,
      }
    : {
        fr: `vague du ${formatDate(wave.cutover, 'fr')} (${site.fr})`,
        en: `wave of ${formatDate(wave.cutover, 'en')} (${site.en})`,
      };
}

/** Waves by date, then by the platform's order of sites, then by id. */
export function inCalendarOrder<W extends Wave>(
  waves: readonly W[],
  platform: Pick<PlatformConfiguration, 'sites'>,
): readonly W[] {
  const sites = platform.sites.map((site) => site.code);
  const siteRank = (wave: Wave) => (sites.includes(wave.site) ? sites.indexOf(wave.site) : sites.length);
  const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return waves.toSorted(
    (a, b) => byText(a.cutover, b.cutover) || siteRank(a) - siteRank(b) || byText(a.id, b.id),
  );
}

/** Days before cutover by which the conditions of a CONDITIONAL customer must be due. */
export const conditionsDueInDays = 28;

/** Days of hypercare after a cutover. */
export const hypercareDays = 7;

/**
 * Days before (negative) or after cutover at which something is due, after the rhythm of AWS's large-migration
 * playbook for project governance.
 */
export const waveGates = [
  { code: 'SCHEDULE', offset: -35, label: { fr: 'Calendrier arrêté', en: 'Schedule agreed' } },
  { code: 'FIRST_MEETING', offset: -28, label: { fr: 'Réunion de lancement', en: 'Kick-off meeting' } },
  { code: 'FIRST_NOTICE', offset: -21, label: { fr: 'Annonce aux utilisateurs', en: 'Notice to users' } },
  { code: 'SECOND_MEETING', offset: -14, label: { fr: 'Réunion d’avancement', en: 'Checkpoint meeting' } },
  { code: 'SECOND_NOTICE', offset: -7, label: { fr: 'Rappel aux utilisateurs', en: 'Reminder to users' } },
  { code: 'GO_NO_GO', offset: -1, label: { fr: 'Décision go/no-go', en: 'Go/no-go decision' } },
  { code: 'CUTOVER', offset: 0, label: { fr: 'Bascule', en: 'Cutover' } },
  {
    code: 'HYPERCARE_END',
    offset: hypercareDays,
    label: { fr: 'Fin de la surveillance renforcée', en: 'End of hypercare' },
  },
] as const;

export interface Gate {
  readonly code: (typeof waveGates)[number]['code'];
  /** Days from cutover. */
  readonly offset: number;
  /** The day on which it is kept. */
  readonly date: CalendarDate;
  readonly label: Text;
}

/** The day of a gate: those before the cutover are kept on a working day, the one before if need be. */
function gateDay({ offset }: Pick<Gate, 'offset'>, cutover: CalendarDate): CalendarDate {
  const day = addDays(cutover, offset);
  return offset < 0 ? workingDayOnOrBefore(day) : day;
}

function dayOf(code: Gate['code'], cutover: CalendarDate): CalendarDate {
  const { offset } = waveGates.find((gate) => gate.code === code) ?? { offset: 0 };
  return gateDay({ offset }, cutover);
}

/** The day of the go/no-go: the last working day before the cutover. */
export function goNoGoDay(cutover: CalendarDate): CalendarDate {
  return dayOf('GO_NO_GO', cutover);
}

/** The day from which a *go* may be recorded in advance: that of the gate a week before the cutover. */
export function goRecordableFrom(cutover: CalendarDate): CalendarDate {
  return dayOf('SECOND_NOTICE', cutover);
}

/** The day by which what a customer has to put right is done: that of the meeting two weeks before the cutover. */
export function remediationDay(cutover: CalendarDate): CalendarDate {
  return dayOf('SECOND_MEETING', cutover);
}

/** The dated gates of a wave, in order; none for a preparation wave, which has no cutover. */
export function gatesOf(wave: Pick<Wave, 'kind' | 'cutover'>): readonly Gate[] {
  if (wave.kind === 'PREPARATION') return [];
  return waveGates.map((gate) => ({ ...gate, date: gateDay(gate, wave.cutover) }));
}
