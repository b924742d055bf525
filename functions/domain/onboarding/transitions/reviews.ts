import type { ConditionCode, Reason } from '../../classification/outcomes.ts';
import {
  AlreadyDecidedError,
  ApprovalLapsedError,
  DecisionRefusedError,
  NotExpectedNowError,
} from '../../errors.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Actor } from '../actor.ts';
import { approvalNeeded } from '../approval-rules.ts';
import { nothingAsked } from '../asked-again.ts';
import { cancelled, heldUntil, rebook, toMove } from '../bookings.ts';
import type { Change, StatePatch } from '../change.ts';
import { owedForDate } from '../changes-of-date.ts';
import { placeDays } from '../durations.ts';
import { leaderFirst } from '../group-moves.ts';
import { lifecycle, type ReviewKind, reviewDecisions, stageInWords } from '../lifecycle.ts';
import type { Split } from '../part.ts';
import type { Approval, Snapshot } from '../state.ts';
import { decideWait, refuseClosed } from '../waits.ts';
import { approve, requestApproval } from './approvals.ts';
import { type AskedOfCustomer, requestToCustomer } from './ask-customer.ts';
import { checkInAdvance, goChangesOf, recordedGo, recordGo, takeGoBack } from './go-in-advance.ts';
import { type Move, placeInReview } from './move-place.ts';

/** An operator's decision on a review, in the terms of the API. */
export interface ReviewAnswer extends AskedOfCustomer {
  readonly kind: ReviewKind;
  readonly decision: string;
  readonly reason: string;
  /** With `set_tier`. */
  readonly tier?: 'READY' | 'CONDITIONAL' | 'NOT_READY';
  /** With `move`: the wave to place the customer in. */
  readonly wave?: string;
  /** With `split`: the parts. */
  readonly split?: Split;
  /** How many reviews were decided when the form was shown: a form for an earlier review decides no later one. */
  readonly seen?: number;
  /** The same of what was recorded in advance. */
  readonly seenGo?: number;
  /** Only while the customer has its place in this wave. */
  readonly inWave?: string;
  /** Asks for a second person, if the decision takes two. */
  readonly approval?: boolean | undefined;
}

/** The facts that a decision depends on besides the onboarding. */
export interface ReviewFacts {
  /** Reasons of the first qualification or of the present result: the decision settles some of them. */
  readonly reasons: readonly Reason[];
  /** No wave of the calendar, even when empty, could take the customer. */
  readonly tooLarge: boolean;
  /** From parent to parent, the customer is a parent of its own. */
  readonly inRing: boolean;
  /** The parent of its group does not cut over before the customer. */
  readonly outOfOrder: boolean;
  /** The answers in force, with `ask_customer`. */
  readonly answers: Answers;
  /** Open blocking conditions that stand against a *go*. */
  readonly againstGo: readonly ConditionCode[];
  /** The platform asks for a contract before a *go*, and none is recorded. */
  readonly contractMissing: boolean;
  /** Where the customer is placed, with `move`. */
  readonly chosen?: Pick<Move, 'wave' | 'demand'>;
  /** What splitting it as the decision says entails, once that was checked. */
  readonly split?: Partial<Change>;
}

export interface Decision {
  readonly snapshot: Snapshot;
  readonly answer: ReviewAnswer;
  readonly facts: ReviewFacts;
  readonly actor: Actor;
  readonly at: Date;
}

const asked = { fr: 'Décider de cette revue', en: 'Deciding this review' };

/** What the gate decides when operators have not: a defect of ours, counted as one. */
export const silenceAtGate = { kind: 'go_no_go', decision: 'no_go', reason: 'SILENCE' } as const;

function isSilence({ answer, actor }: Decision): boolean {
  return actor.kind === 'system' && answer.reason === silenceAtGate.reason;
}

function eventOf(decided: Decision): Change['event'] {
  const { answer, actor } = decided;
  const { kind, decision, reason, tier, questions, sections: named, split: into } = answer;
  return {
    type: kind === 'go_no_go' ? 'GO_NO_GO_DECIDED' : 'REVIEW_DECIDED',
    actor,
    reason,
    data: {
      review: kind,
      decision,
      ...(tier === undefined ? {} : { tier }),
      ...(questions === undefined ? {} : { questions: [...questions] }),
      ...(named === undefined ? {} : { sections: [...named] }),
      ...(into === undefined ? {} : { parts: into.parts.length }),
      ...(isSilence(decided) ? { defect: 'NO_DECISION' } : {}),
    },
  };
}

/** What an operator has asked is settled by every decision; so is the silence that led to the review. */
function settledQuestions({ state }: Snapshot): StatePatch {
  return state.cause === 'QUESTIONS_UNANSWERED' ? { ...nothingAsked, cause: undefined } : nothingAsked;
}

/** The change with the outcome that the token is completed with. */
function decidedAs(decision: Decision, outcome: string, change: Partial<Change> = {}): Change {
  const { snapshot, answer, at } = decision;
  const kind = answer.kind === 'go_no_go' ? 'go_no_go' : 'review';
  // What was recorded in advance is applied, or decided otherwise.
  const recorded = kind === 'go_no_go' ? { goInAdvance: undefined } : {};
  const reviews = snapshot.state.reviews + 1;
  return {
    ...change,
    set: { reviews, ...recorded, ...settledQuestions(snapshot), ...change.set },
    wait: decideWait(snapshot, [kind], asked, outcome, at),
    event: eventOf(decision),
    messages: [...(change.messages ?? []), { kind: 'wake' }],
  };
}

/** Records the rules with this effect as settled: no later review asks about them again. */
function settleRules({ snapshot, facts }: Decision, effect: string): { settledRules: readonly string[] } {
  const rules = facts.reasons.filter((reason) => reason.effect === effect).map(({ rule }) => rule);
  return { settledRules: [...new Set([...snapshot.state.settledRules, ...rules])] };
}

function rejected(decision: Decision): Change {
  return decidedAs(decision, 'NOT_ELIGIBLE', {
    set: { cause: decision.snapshot.state.cause ?? 'REJECTED_IN_REVIEW' },
  });
}

function acceptReadiness(decision: Decision): Change {
  if (decision.snapshot.state.tier === 'UNKNOWN') {
    throw new DecisionRefusedError({
      fr: 'Le niveau est inconnu et ne peut pas être accepté tel quel. Fixez un niveau ou interrogez le client.',
      en: 'The tier is unknown and cannot be accepted as it is. Set a tier, or ask the customer.',
    });
  }
  return decidedAs(decision, 'ACCEPTED', { set: settleRules(decision, 'MANUAL_REVIEW') });
}

function setTier(decision: Decision): Change {
  const { answer, snapshot } = decision;
  if (answer.tier === undefined) {
    throw new DecisionRefusedError({
      fr: 'Le niveau à fixer manque. Indiquez « tier » : READY, CONDITIONAL ou NOT_READY.',
      en: 'The tier to set is missing. Set "tier" to READY, CONDITIONAL or NOT_READY.',
    });
  }
  const tierSet = { tier: answer.tier, submission: snapshot.state.submission };
  return decidedAs(decision, 'ACCEPTED', { set: { ...settleRules(decision, 'MANUAL_REVIEW'), tierSet } });
}

/** Opens the questionnaire again at what is asked. */
function askCustomer(decision: Decision): Change {
  const { answer, facts, at } = decision;
  return decidedAs(decision, 'ASK_CUSTOMER', requestToCustomer(answer, facts.answers, at));
}

function waitForPlace(decision: Decision): Change {
  if (decision.facts.tooLarge) {
    throw new DecisionRefusedError({
      fr: 'Ce client dépasse la capacité de toutes les vagues : l’attente serait sans fin. Divisez-le, refusez-le, ou ajoutez d’abord une vague assez grande.',
      en: 'This customer is larger than every wave, so it would wait forever. Split it, reject it, or first add a wave that is large enough.',
    });
  }
  if (decision.facts.inRing) {
    throw new DecisionRefusedError({
      fr: 'De parent en parent, ce client est sa propre entité de tête : l’attente serait sans fin. Retirez d’abord un dossier du groupe, puis recommencez-le avec la bonne entité de tête.',
      en: 'From parent to parent, this customer is its own parent, so it would wait forever. First withdraw one onboarding of the group, then start it again with the right parent.',
    });
  }
  const { snapshot, at } = decision;
  const { booking } = snapshot;
  if (booking === undefined) return decidedAs(decision, 'WAIT');
  // The wave of the place was cancelled during the review: another place is sought, before any on the list.
  if (booking.status !== 'HELD') return decidedAs(decision, 'MOVED');
  // The place that was kept during the review: the customer is asked about it again, with a full time to answer.
  const holdUntil = heldUntil(booking.cutover, placeDays.held, at);
  return decidedAs(decision, 'MOVED', { effects: [rebook(booking, { holdUntil })] });
}

/** Places the customer where the operator has chosen. */
function move(decision: Decision): Change {
  const { snapshot, answer, facts, at } = decision;
  if (facts.chosen === undefined) {
    throw new DecisionRefusedError({
      fr: 'La vague manque. Indiquez « wave » : l’une des dates possibles du client.',
      en: 'The wave is missing. Set "wave" to one of the possible dates of the customer.',
    });
  }
  return decidedAs(
    decision,
    'MOVED',
    placeInReview(snapshot, { ...facts.chosen, reason: answer.reason }, at),
  );
}

/** Splits the onboarding; its run has nothing left to do, and each part goes on in one of its own. */
function split(decision: Decision): Change {
  const { split: entails } = decision.facts;
  if (entails === undefined) {
    throw new DecisionRefusedError({
      fr: 'Les parties manquent. Indiquez « parts » : pour chacune son périmètre et ses nombres.',
      en: 'The parts are missing. Set "parts": for each its scope and its numbers.',
    });
  }
  return decidedAs(decision, 'SUPERSEDED', entails);
}

function go(decision: Decision): Change {
  const { snapshot, facts } = decision;
  if (snapshot.booking?.status !== 'CONFIRMED') {
    throw new NotExpectedNowError(asked, lifecycle[snapshot.state.stage].label);
  }
  if (facts.outOfOrder) {
    const { fr, en } = leaderFirst(snapshot.state);
    throw new DecisionRefusedError(
      snapshot.state.stage === 'WAVE_CONFIRMED'
        ? { fr: `${fr} Déplacez-le d’abord.`, en: `${en} Move it first.` }
        : {
            fr: `${fr} Décidez « no-go » pour lui chercher une autre date.`,
            en: `${en} Decide no-go to look for another date.`,
          },
    );
  }
  if (snapshot.state.stage === 'WAVE_CONFIRMED') {
    const { answer, actor, at } = decision;
    const { againstGo: conditions, contractMissing } = facts;
    const recording = { actor, reason: answer.reason, conditions, contractMissing };
    return recordGo(snapshot, snapshot.booking, recording, at);
  }
  return decidedAs(decision, 'GO', { messages: [{ kind: 'mail', template: 'go_no_go', to: 'customer' }] });
}

/** Moves the customer to another wave, ahead of others because the platform refused. */
function noGo(decision: Decision): Change {
  const { state, booking } = decision.snapshot;
  const { againstGo } = decision.facts;
  if (booking === undefined) throw new NotExpectedNowError(asked, lifecycle[state.stage].label);
  const silent = isSilence(decision);
  const { wave, site, cutover } = booking;
  const forCondition = !silent && againstGo.length > 0;
  const refused = silent ? 'no_decision' : 'no_go';
  const lost = { site, cutover, by: refused } as const;
  const gone = cancelled(booking);
  return decidedAs(decision, 'NO_GO', {
    set: { ...owedForDate(state), avoid: [...(state.avoid ?? []), wave] },
    messages: [
      { kind: 'mail', template: 'owner_stuck', to: 'owner' },
      // The customer reads why before it reads of its next place.
      forCondition
        ? { kind: 'mail', template: 'no_go_for_condition', to: 'customer', conditions: againstGo, ...gone }
        : { kind: 'mail', template: 'go_no_go', to: 'customer', lost, ...gone },
      ...(silent
        ? [{ kind: 'event', type: 'OnboardingNoGoBySilence', data: { wave, cutover } } as const]
        : []),
    ],
    effects: [toMove(booking, { mayStay: false, leftFor: forCondition ? 'condition' : refused })],
  });
}

type Decide = (decision: Decision) => Change;

const decisions: {
  readonly [K in ReviewKind]: Readonly<Record<(typeof reviewDecisions)[K][number], Decide>>;
} = {
  qualification: {
    accept: (decision) => decidedAs(decision, 'ACCEPTED', { set: settleRules(decision, 'MANUAL_REVIEW') }),
    reject: rejected,
  },
  confirmation: {
    confirm: (decision) => decidedAs(decision, 'NOT_ELIGIBLE', { set: { cause: 'REFUSAL_CONFIRMED' } }),
    override: (decision) => decidedAs(decision, 'OVERRIDDEN', { set: settleRules(decision, 'NOT_ELIGIBLE') }),
  },
  readiness: { accept: acceptReadiness, set_tier: setTier, ask_customer: askCustomer, reject: rejected },
  placement: { wait: waitForPlace, move, split, reject: rejected },
  go_no_go: {
    go,
    no_go: noGo,
    take_back: ({ snapshot, answer: { reason }, actor }) => takeGoBack(snapshot, { actor, reason }),
  },
};

/** A decision of earlier releases, which closed the onboarding: it stays in their events. */
const splitBefore = 'split_by_hand';

const splitInstead = {
  fr: 'La décision « split_by_hand » n’existe plus. Utilisez « split » avec « parts » : les parties continuent ce dossier, et personne ne répond deux fois.',
  en: 'The decision "split_by_hand" no longer exists. Use "split" with "parts": the parts go on with this onboarding, and no one answers twice.',
};

function decideOf({ kind, decision }: ReviewAnswer): Decide {
  const named: Readonly<Record<string, Decide>> = decisions[kind];
  const decide = Object.hasOwn(named, decision) ? named[decision] : undefined;
  if (decide !== undefined) return decide;
  if (decision === splitBefore) throw new DecisionRefusedError(splitInstead);
  const known = reviewDecisions[kind].join(', ');
  throw new DecisionRefusedError({
    fr: `Cette décision n’est pas possible dans cette revue. Décisions possibles : ${known}.`,
    en: `This decision is not possible in this review. Possible decisions: ${known}.`,
  });
}

/** The review that is open, or undefined. */
export function openReview({ state }: Pick<Snapshot, 'state'>): ReviewKind | undefined {
  if (state.stage === 'GO_NO_GO') return 'go_no_go';
  return state.stage === 'IN_REVIEW' ? state.reviewKind : undefined;
}

/** Checks that a decision is one that its review allows. @throws DecisionRefusedError */
export function checkDecision(answer: ReviewAnswer): void {
  decideOf(answer);
}

const notInWave = {
  fr: 'Ce client n’a plus de place dans cette vague : il n’y a rien à décider ici.',
  en: 'This customer no longer has a place in this wave: there is nothing to decide here.',
};

/**
 * Checks that the review to decide is open. A go/no-go is, for a *go* and for taking it back, a week before its gate.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError
 * @throws NotExpectedNowError when another review is open, or none; GoTooEarlyError
 * @throws DecisionRefusedError when it is for a wave that the customer has no place in.
 */
export function checkOpenReview(
  snapshot: Snapshot,
  { kind, decision, seen, seenGo, inWave }: ReviewAnswer,
  at: Date,
): void {
  const { state, booking } = snapshot;
  refuseClosed(state);
  if (seen !== undefined && seen !== state.reviews) throw new AlreadyDecidedError();
  if (seenGo !== undefined && seenGo !== goChangesOf(state)) throw new AlreadyDecidedError();
  if (inWave !== undefined && booking?.wave !== inWave) throw new DecisionRefusedError(notInWave);
  if (kind === 'go_no_go' && state.stage === 'WAVE_CONFIRMED') {
    checkInAdvance(snapshot, decision, at);
    return;
  }
  if (openReview({ state }) !== kind) {
    throw new NotExpectedNowError(asked, stageInWords(state.stage, state.reviewKind));
  }
}

/** The change of a decision, whoever has to agree to it. @throws DecisionRefusedError */
export function carriedOut(decision: Decision): Change {
  return decideOf(decision.answer)(decision);
}

/** True for a *go* that the gate is going to apply. */
function isRecordedAlready(snapshot: Snapshot, { decision }: ReviewAnswer): boolean {
  return decision === 'go' && recordedGo(snapshot) !== undefined;
}

/**
 * An operator decides the open review; a decision that takes two people is stored as a request. Undefined when the same
 * request is waiting, or the *go* is recorded already.
 *
 * @throws OnboardingClosedError, AlreadyDecidedError
 * @throws NotExpectedNowError when another review is open, or none.
 * @throws DecisionRefusedError when the decision is not one of the review's, or lacks something.
 * @throws ApprovalNeededError, ApprovalLapsedError
 */
export function decideReview(
  snapshot: Snapshot,
  answer: ReviewAnswer,
  facts: ReviewFacts,
  actor: Actor,
  at: Date,
): Change | undefined {
  checkOpenReview(snapshot, answer, at);
  if (isRecordedAlready(snapshot, answer)) return undefined;
  // Also for a request: what is refused today is nothing to agree to.
  const decided = carriedOut({ snapshot, answer, facts, actor, at });
  const { kind: review, decision, reason, approval: asks = false } = answer;
  const kind = approvalNeeded(snapshot, decision, facts);
  if (kind === undefined) return decided;
  const against =
    kind === 'go'
      ? { conditions: facts.againstGo, contractMissing: facts.contractMissing }
      : { conditions: [] };
  const to = facts.chosen?.wave;
  const chosen = to === undefined ? {} : { wave: to.id, cutover: to.cutover };
  return requestApproval(
    snapshot,
    { kind, review, decision, reason, ...chosen, ...against, asks },
    actor,
    at,
  );
}

/** The decision that a request asks for, in the terms of the review. */
export function answerOf({ review, decision, reason = '', wave }: Approval): ReviewAnswer {
  return { kind: review, decision, reason, ...(wave === undefined ? {} : { wave }) };
}

/**
 * A second person agrees: the decision is carried out in the name of the first, in the same change.
 *
 * @throws what deciding the review throws.
 * @throws ApprovalLapsedError when the decision goes against more than what was agreed to, or its wave has another date.
 */
export function approveReview(
  snapshot: Snapshot,
  approval: Approval,
  facts: ReviewFacts,
  { actor, reason }: { readonly actor: Actor; readonly reason: string },
  at: Date,
): Change {
  const answer = answerOf(approval);
  checkOpenReview(snapshot, answer, at);
  const decided = carriedOut({ snapshot, answer, facts, actor: approval.by, at });
  const known = new Set(approval.conditions);
  const unknown =
    facts.againstGo.some((code) => !known.has(code)) ||
    (facts.contractMissing && approval.contractMissing !== true);
  if (approval.kind === 'go' && unknown) throw new ApprovalLapsedError();
  // Another date than the one that both have read.
  if (facts.chosen !== undefined && facts.chosen.wave.cutover !== approval.cutover) {
    throw new ApprovalLapsedError();
  }
  return approve(approval, decided, reason, actor);
}
