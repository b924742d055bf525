import { type CalendarDate, calendarDateOf } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { type Gate, gatesOf, waveGates } from '../waves/wave.ts';
import type { RecordedEvent } from './audit-chain.ts';
import { seeksAnotherDate } from './cutover.ts';
import { dateOf, isCompleted } from './date-outlook.ts';
import type { EventType } from './events.ts';
import type { Stage } from './lifecycle.ts';
import type { Snapshot } from './state.ts';

/** The steps before an onboarding has a date, in order; the gates of its wave follow. */
const stepsToDate = ['INVITATION', 'QUESTIONNAIRE', 'RESULT', 'PREPARATION', 'DATE'] as const;
type StepCode = (typeof stepsToDate)[number] | Gate['code'] | 'END';

export const stepStates = ['done', 'current', 'to_come'] as const;

/** A step of an onboarding, for its line of steps. */
export interface JourneyStep {
  readonly code: StepCode;
  readonly label: Text;
  readonly state: (typeof stepStates)[number];
  /** The day on which it was done, or is planned. */
  readonly date?: CalendarDate | undefined;
  /** Days from the cutover, for a gate of the wave. */
  readonly offset?: number | undefined;
}

const labels: Readonly<Record<Exclude<StepCode, Gate['code']>, Text>> = {
  INVITATION: { fr: 'Invitation', en: 'Invitation' },
  QUESTIONNAIRE: { fr: 'Questionnaire', en: 'Questionnaire' },
  RESULT: { fr: 'Résultat', en: 'Result' },
  PREPARATION: { fr: 'Préparation', en: 'Preparation' },
  DATE: { fr: 'Date de bascule', en: 'Cutover date' },
  END: { fr: 'Dossier clos', en: 'Onboarding closed' },
};

/** What a line of steps is made of. */
interface Travelled {
  readonly now: Snapshot;
  /** The whole history. */
  readonly events: readonly Pick<RecordedEvent, 'type' | 'at'>[];
  readonly today: CalendarDate;
}

function dayOf({ events }: Travelled, ...types: readonly EventType[]): CalendarDate | undefined {
  const last = events.findLast(({ type }) => types.some((each) => each === type));
  return last === undefined ? undefined : calendarDateOf(new Date(last.at));
}

/** The next gate up to the cutover; the decision, once its day has passed without one. */
function gateAhead({ now, today }: Travelled): StepCode {
  const cutover = dateOf(now);
  if (cutover === undefined) return 'DATE';
  if (now.state.stage === 'GO_NO_GO') return 'GO_NO_GO';
  const ahead = gatesOf({ kind: 'MIGRATION', cutover }).find(
    ({ date, offset }) => offset < 0 && date >= today,
  );
  return ahead?.code ?? 'GO_NO_GO';
}

const reviewSteps: Readonly<Record<string, StepCode>> = {
  qualification: 'INVITATION',
  placement: 'DATE',
  go_no_go: 'GO_NO_GO',
};

const stageSteps: Readonly<Record<Stage, (travelled: Travelled) => StepCode>> = {
  REGISTERED: () => 'INVITATION',
  QUALIFYING: () => 'INVITATION',
  INVITED: () => 'QUESTIONNAIRE',
  ANSWERING: () => 'QUESTIONNAIRE',
  IN_REVIEW: ({ now }) => reviewSteps[now.state.reviewKind ?? 'readiness'] ?? 'RESULT',
  SUBMITTED: ({ now }) => (seeksAnotherDate(now.state) ? 'DATE' : 'RESULT'),
  PREPARING: () => 'PREPARATION',
  WAITING_LIST: () => 'DATE',
  WAVE_HELD: () => 'DATE',
  WAVE_CONFIRMED: gateAhead,
  GO_NO_GO: gateAhead,
  IN_PARTS: () => 'DATE',
  HANDED_OVER: () => 'CUTOVER',
  CUT_OVER: () => 'HYPERCARE_END',
  CLOSED: () => 'END',
};

/** The step that an onboarding is at, whatever the health of its run. */
function stepOf(travelled: Travelled): StepCode {
  return stageSteps[travelled.now.state.stage](travelled);
}

/** The days of the steps that are not gates, from the history and the places. */
function datesOf(travelled: Travelled): Readonly<Partial<Record<StepCode, CalendarDate | undefined>>> {
  const { state, preparation } = travelled.now;
  return {
    INVITATION: dayOf(travelled, 'INVITED'),
    QUESTIONNAIRE: state.submission === 0 ? undefined : dayOf(travelled, 'ANSWERS_SUBMITTED'),
    RESULT: dayOf(travelled, 'TIER_ASSIGNED'),
    PREPARATION: preparation?.starts,
    DATE: dayOf(travelled, 'WAVE_CONFIRMED', 'OFFER_ACCEPTED', 'DATE_CHOSEN'),
    END: state.stage === 'CLOSED' ? calendarDateOf(new Date(state.stageSince)) : undefined,
  };
}

interface Planned {
  readonly code: StepCode;
  readonly label: Text;
  readonly date?: CalendarDate | undefined;
  readonly offset?: number | undefined;
}

/** A gate is a day, hypercare a time that ends on its day. */
const hypercare: Text = { fr: 'Surveillance renforcée', en: 'Hypercare' };

/** The gates of the wave, with their days as soon as there is a cutover; the end of hypercare as it was recorded. */
function gateSteps({ now }: Travelled): readonly Planned[] {
  const cutover = dateOf(now);
  const days = cutover === undefined ? [] : gatesOf({ kind: 'MIGRATION', cutover });
  return waveGates.map(({ code, label, offset }) => {
    const planned = days.find((gate) => gate.code === code)?.date;
    return code === 'HYPERCARE_END'
      ? { code, label: hypercare, offset, date: now.state.hypercareEnd ?? planned }
      : { code, label, offset, date: planned };
  });
}

/** An onboarding that ended early: what was done, and its end. */
function endedEarly(travelled: Travelled): readonly JourneyStep[] {
  const dates = datesOf(travelled);
  return [...stepsToDate, 'END' as const].flatMap((code) => {
    const date = dates[code];
    const reached = date !== undefined && code !== 'PREPARATION' && code !== 'DATE';
    return reached ? [{ code, label: labels[code], state: 'done' as const, date }] : [];
  });
}

/**
 * The steps of an onboarding with their days: done, current or to come. Pages and API show the same ones. A preparation is
 * a step only for those who need one; an onboarding that ended early has no steps to come.
 */
export function journeyOf(travelled: Travelled): readonly JourneyStep[] {
  const { state, preparation } = travelled.now;
  const current = stepOf(travelled);
  const completed = isCompleted(state);
  if (current === 'END' && !completed) return endedEarly(travelled);
  const dates = datesOf(travelled);
  const prepares = state.stage === 'PREPARING' || preparation !== undefined;
  const planned: readonly Planned[] = [
    ...stepsToDate
      .filter((code) => code !== 'PREPARATION' || prepares)
      .map((code) => ({ code, label: labels[code], date: dates[code] })),
    ...gateSteps(travelled),
    ...(completed ? [{ code: 'END' as const, label: labels.END, date: dates.END }] : []),
  ];
  const at = planned.findIndex(({ code }) => code === current);
  return planned.map((step, index) => {
    if (completed || index < at) return { ...step, state: 'done' };
    // A day that lies behind says nothing about a step that is taken again.
    const date = stepsToDate.some((code) => code === step.code && code !== 'PREPARATION')
      ? undefined
      : step.date;
    return { ...step, date, state: index === at ? 'current' : 'to_come' };
  });
}
