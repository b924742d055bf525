import { answerOffer, answerWave } from '../../../functions/application/answer-wave.ts';
import { clearCondition } from '../../../functions/application/clear-condition.ts';
import type { ApplicationDependencies } from '../../../functions/application/dependencies.ts';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { splitOnboarding } from '../../../functions/application/splitting.ts';
import { declineInvitation, submitAnswers } from '../../../functions/application/submit-answers.ts';
import { withdraw } from '../../../functions/application/withdraw.ts';
import { calendarDateOf, instantAt } from '../../../functions/domain/calendar-date.ts';
import type { Intake } from '../../../functions/domain/intake/intake.ts';
import type { Actor } from '../../../functions/domain/onboarding/actor.ts';
import type { ReviewKind } from '../../../functions/domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../../functions/domain/onboarding/state.ts';
import type { Evidence } from '../../../functions/domain/onboarding/transitions/conditions.ts';
import { openReview } from '../../../functions/domain/onboarding/transitions/reviews.ts';
import type { Store } from '../../../functions/store/store.ts';
import { answersOf, type Behaviour, type PlannedReview } from './behaviours.ts';
import { decideByTwo } from './decide-by-two.ts';

/** A simulated action on an onboarding, and its time. */
export interface Move {
  /** Instant in milliseconds since 1970; may be in the past. */
  readonly at: number;
  act(dependencies: ApplicationDependencies, reference: string): Promise<void>;
}

/** An onboarding with its data from the file and the answers folder. */
export interface Part {
  readonly intake: Intake;
  readonly behaviour: Behaviour;
}

const operator: Actor = { kind: 'operator', id: 'operator' };

function customerOf({ intake }: Part): Actor {
  return { kind: 'customer', id: intake.siren };
}

/** The n-th entry; the last one is repeated. */
function nth<T>(list: readonly [T, ...T[]], times: number): T {
  return list[times] ?? list.at(-1) ?? list[0];
}

function submission(part: Part, number: number, at: number): Move {
  return {
    at,
    act: (dependencies, reference) =>
      submitAnswers(
        dependencies,
        reference,
        answersOf(part.behaviour, part.intake, number),
        customerOf(part),
      ),
  };
}

function onInvitation({ state }: Snapshot, part: Part): Move[] {
  const { invitation } = part.behaviour.customer;
  const at = Date.parse(state.stageSince) + invitation.after;
  // An operator has reopened the questionnaire: profiles without further answers do not respond.
  if (state.submission > part.behaviour.updates.length || invitation.decision === 'silence') return [];
  if (invitation.decision === 'answer') return [submission(part, state.submission, at)];
  return [
    {
      at,
      act: (dependencies, reference) =>
        declineInvitation(dependencies, reference, invitation.reason, customerOf(part)),
    },
  ];
}

function inPreparation({ state, preparation }: Snapshot, part: Part): Move[] {
  if (state.submission > part.behaviour.updates.length) return [];
  const starts = preparation === undefined ? 0 : instantAt(preparation.starts, '09:00').getTime();
  const from = Math.max(Date.parse(state.stageSince), starts);
  return [submission(part, state.submission, from + part.behaviour.customer.preparation.after)];
}

function onHeldWave({ state }: Snapshot, part: Part): Move[] {
  const times = state.anotherDates + state.confirmationTimeouts;
  const { after, decision } = nth(part.behaviour.customer.wave, times);
  if (decision === 'silence') return [];
  return [
    {
      at: Date.parse(state.stageSince) + after,
      act: (dependencies, reference) => answerWave(dependencies, reference, decision, customerOf(part)),
    },
  ];
}

function onOffer({ booking }: Snapshot, part: Part): Move[] {
  const { after, decision } = part.behaviour.customer.offer;
  if (booking?.status !== 'OFFERED' || decision === 'silence') return [];
  return [
    {
      at: Date.parse(booking.bookedAt) + after,
      act: (dependencies, reference) => answerOffer(dependencies, reference, decision, customerOf(part)),
    },
  ];
}

async function onReview(now: Snapshot, kind: ReviewKind, part: Part, store: Store): Promise<Move[]> {
  const planned = part.behaviour.operator.reviews[kind];
  const times = planned.length === 1 ? 0 : await timesDecided(store, now.state.reference, kind);
  const { after, decision, reason, tier, sections, parts }: PlannedReview = nth(planned, times);
  const answer = {
    kind,
    decision,
    reason,
    ...(tier === undefined ? {} : { tier }),
    ...(sections === undefined ? {} : { sections }),
  };
  return [
    {
      at: Date.parse(now.state.stageSince) + after,
      act: (dependencies, reference) =>
        parts === undefined
          ? decideByTwo(dependencies, reference, answer, operator)
          : splitOnboarding(dependencies, reference, { reason, split: { parts } }, operator),
    },
  ];
}

async function timesDecided(store: Store, reference: string, kind: ReviewKind): Promise<number> {
  const events = await store.onboardings.events(reference);
  return events.filter(({ data }) => data?.['review'] === kind && data['decision'] !== undefined).length;
}

/** The evidence of a planned clearance: the plan says in a sentence what it is. */
function evidenceOf(title: string, at: Date): Evidence {
  return { title, reference: '1', date: calendarDateOf(at), keptBy: 'operations' };
}

async function clearances({ state }: Snapshot, part: Part, store: Store): Promise<Move[]> {
  const planned = part.behaviour.operator.clearances;
  if (planned.length === 0) return [];
  const result = await store.dossiers.result(state.reference);
  const open = new Set<string>(
    result?.assessment.conditions.filter(({ cleared }) => cleared !== true).map(({ code }) => code),
  );
  return planned
    .filter(({ condition }) => open.has(condition))
    .map(({ condition, after, evidence }) => ({
      at: Date.parse(state.stageSince) + after,
      act: (dependencies, reference) =>
        clearCondition(
          dependencies,
          reference,
          condition,
          evidenceOf(evidence, dependencies.clock.now()),
          operator,
        ),
    }));
}

/** The cutover of a part, recorded when it is done: the whole ends with the last of them. */
function afterHandOver({ state }: Snapshot): Move[] {
  if (state.part === undefined || state.cutover === undefined) return [];
  return [
    {
      at: instantAt(state.cutover, '17:00').getTime(),
      act: (dependencies, reference) => recordCutover(dependencies, reference, { result: 'done' }, operator),
    },
  ];
}

async function movesOf(now: Snapshot, part: Part, store: Store): Promise<Move[]> {
  switch (now.state.stage) {
    case 'INVITED':
    case 'ANSWERING':
      return onInvitation(now, part);
    case 'PREPARING':
      return inPreparation(now, part);
    case 'WAVE_HELD':
      return onHeldWave(now, part);
    case 'WAITING_LIST':
      return onOffer(now, part);
    case 'HANDED_OVER':
      return afterHandOver(now);
    case 'WAVE_CONFIRMED':
      return clearances(now, part, store);
    case 'IN_REVIEW':
    case 'GO_NO_GO': {
      const kind = openReview(now);
      // A go is refused before the parent's cutover; the missing decision then moves the onboarding.
      if (kind === undefined || now.state.cause === 'PARENT_NOT_BEFORE') return [];
      return onReview(now, kind, part, store);
    }
    default:
      return [];
  }
}

function withdrawal({ state }: Snapshot, part: Part): Move[] {
  const planned = part.behaviour.customer.withdrawal;
  if (planned === undefined || state.stage !== planned.stage) return [];
  return [
    {
      at: Date.parse(state.stageSince) + planned.after,
      act: (dependencies, reference) => withdraw(dependencies, reference, planned.reason, customerOf(part)),
    },
  ];
}

/**
 * The next action of a customer or an operator, derived from the state of the onboarding only, so that a restarted process
 * comes to the same plan. Undefined while the platform must act, or while no response is planned.
 */
export async function nextMove(now: Snapshot, part: Part, store: Store): Promise<Move | undefined> {
  const moves = [...(await movesOf(now, part, store)), ...withdrawal(now, part)];
  return moves.toSorted((a, b) => a.at - b.at)[0];
}
