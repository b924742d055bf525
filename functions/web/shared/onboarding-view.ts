import { decisionsForTwo, decisionsOf } from '../../application/decide-review.ts';
import type { ApplicationDependencies } from '../../application/dependencies.ts';
import { partsOf } from '../../application/read-parts.ts';
import { factsShown } from '../../application/review-facts.ts';
import { type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import { isOverdue, openTasks } from '../../domain/classification/condition-tasks.ts';
import { waitingApproval } from '../../domain/onboarding/approvals.ts';
import { awaitsNewAnswers, isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { RecordedEvent } from '../../domain/onboarding/audit-chain.ts';
import { recordedContract } from '../../domain/onboarding/contract.ts';
import { openCorrection } from '../../domain/onboarding/correction.ts';
import { dateOutlook } from '../../domain/onboarding/date-outlook.ts';
import { expectedBy } from '../../domain/onboarding/expected-by.ts';
import { journeyOf } from '../../domain/onboarding/journey.ts';
import { reasonOf } from '../../domain/onboarding/outcome-reasons.ts';
import type { CustomerRequest, ResultRecord } from '../../domain/onboarding/records.ts';
import { wholeOf } from '../../domain/onboarding/reference.ts';
import type { OnboardingState, Snapshot, Wait } from '../../domain/onboarding/state.ts';
import { openReview } from '../../domain/onboarding/transitions/reviews.ts';
import { tiers } from '../../domain/readiness/tier.ts';
import { inLanguage, type Language } from '../../domain/text.ts';
import { reviewFactsView } from './review-facts-view.ts';
import { approvalView, standingView } from './standing-view.ts';

export function summaryView(state: OnboardingState, wait: Wait | undefined, language: Language) {
  return {
    ...standingView(state, wait, language),
    siren: state.siren,
    legalName: state.name,
    scope: state.scope ?? null,
    language: state.language,
    owner: state.owner,
    team: state.team,
    requestedAt: state.requestedAt,
    tier: tiers.find((tier) => tier === state.tier) ?? null,
    cutover: state.cutover ?? null,
    outcome: state.outcome ?? null,
  };
}

/** An entry of the history without its seals, which only the audit needs. */
function eventView({ number, at, type, actor, reason, before, after, data }: RecordedEvent) {
  return {
    number,
    at,
    type,
    who: { kind: actor.kind, id: actor.id },
    why: reason ?? null,
    before,
    after,
    data: data ?? {},
  };
}

async function reviewView(dependencies: ApplicationDependencies, now: Snapshot, language: Language) {
  const kind = openReview(now);
  if (kind === undefined) return null;
  const decisions = await decisionsOf(dependencies, now, kind);
  const forTwo = await decisionsForTwo(dependencies, now, decisions);
  const facts = await factsShown(dependencies, now, kind);
  return {
    kind,
    decisions,
    forTwo: forTwo.map((one) => one.kind),
    facts: reviewFactsView(facts, language, calendarDateOf(dependencies.clock.now())),
  };
}

function waitingView(dependencies: ApplicationDependencies, now: Snapshot) {
  const approval = waitingApproval(now, dependencies.clock.now());
  return approval === undefined ? null : approvalView(approval);
}

/** What the customer wants to talk about is on the pages for staff only. */
function talkView({ talk }: OnboardingState) {
  return talk === undefined
    ? null
    : { askedAt: talk.at, pausedUntil: talk.until, heldAt: talk.heldAt ?? null };
}

function goView({ goInAdvance }: OnboardingState) {
  if (goInAdvance === undefined) return null;
  const { cutover, by, at, conditions, contractMissing = false, lapsed } = goInAdvance;
  return { cutover, by, at, conditions, contractMissing, lapsed: lapsed ?? null };
}

function causeView(state: OnboardingState, language: Language) {
  const { cause } = state;
  if (cause === undefined) return null;
  const reason = reasonOf(state);
  return { code: cause, text: reason === undefined ? cause : inLanguage(reason, language) };
}

/** What the customer is asked to answer again, and by when; null when nothing is asked. */
function askedView(now: Snapshot, request: CustomerRequest | undefined) {
  const { questionsAsked, sectionsAsked } = now.state;
  if (!isAskedAgain(now.state)) return null;
  return {
    questions: questionsAsked ?? [],
    sections: sectionsAsked ?? [],
    message: request === undefined || request.message === '' ? null : request.message,
    until: awaitsNewAnswers(now.state) ? (expectedBy(now) ?? null) : null,
  };
}

/** The correction of its answers that the customer has begun; null when none is open. */
function correctionView(now: Snapshot, at: Date) {
  const correction = openCorrection(now, at);
  if (correction === undefined) return null;
  const { submission, openedAt, until } = correction;
  return { submission, openedAt, until };
}

/** The conditions still to be cleared, with owner and due date. */
function taskViews(result: ResultRecord, today: CalendarDate) {
  return openTasks(result, today).map(({ code, owner, due, ids, moved }) => ({
    code,
    owner,
    due,
    overdue: isOverdue({ owner, due }, today),
    ...(ids === undefined ? {} : { ids }),
    moved: moved ?? null,
  }));
}

/** What a part of a split onboarding takes of it; null for an onboarding that is no part. */
function partView({ reference, part }: OnboardingState) {
  if (part === undefined) return null;
  const { number, of, users, mailboxesOver50, servers } = part;
  return { whole: wholeOf(reference), number, of, users, mailboxesOver50, servers };
}

/** One of the parts of a split onboarding. */
function partSummary({ reference, scope, part, stage, cutover, outcome }: OnboardingState) {
  const { users = 0, mailboxesOver50 = 0, servers = 0 } = part ?? {};
  return {
    ...{ reference, scope: scope ?? '', users, mailboxesOver50, servers, stage },
    cutover: cutover ?? null,
    outcome: outcome ?? null,
  };
}

function bookingViews({ booking, preparation }: Snapshot) {
  return {
    wave:
      booking === undefined
        ? null
        : {
            id: booking.wave,
            site: booking.site,
            cutover: booking.cutover,
            status: booking.status,
            holdUntil: booking.holdUntil ?? null,
          },
    preparation:
      preparation === undefined
        ? null
        : { id: preparation.wave, site: preparation.site, starts: preparation.starts },
  };
}

/** The date or the reason why there is none, and the steps: the same as on the customer's page. */
function journeyViews(now: Snapshot, events: readonly RecordedEvent[], at: Date, language: Language) {
  const outlook = dateOutlook(now, at);
  const dated = 'date' in outlook;
  return {
    outlook: {
      cutover: dated ? outlook.date : null,
      status: dated ? outlook.status : null,
      until: dated ? (outlook.until ?? null) : null,
      reason: dated ? null : inLanguage(outlook.reason, language),
    },
    journey: journeyOf({ now, events, today: calendarDateOf(at) }).map(
      ({ label, date, offset, ...step }) => ({
        ...step,
        label: inLanguage(label, language),
        date: date ?? null,
        offset: offset ?? null,
      }),
    ),
  };
}

/**
 * Everything the API says of one onboarding. Wait tokens, link secrets and answers are no part of it.
 *
 * @throws OnboardingNotFoundError
 */
export async function onboardingView(
  dependencies: ApplicationDependencies,
  reference: string,
  language: Language,
) {
  const { store } = dependencies;
  const now = await store.onboardings.now(reference);
  const { state } = now;
  const waiting = state.stage === 'WAITING_LIST';
  const [intake, result, events, rank, request] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.result(reference),
    store.onboardings.events(reference),
    waiting ? store.waitingList.rankOf(state) : undefined,
    isAskedAgain(state) ? store.dossiers.request(reference) : undefined,
  ]);
  return {
    ...summaryView(state, now.wait, language),
    until: expectedBy(now) ?? null,
    because: causeView(state, language),
    contact: {
      name: intake.contactName,
      email: intake.contactEmail,
      mailBounced: state.mailBounced === true,
      linkRevoked: state.linkRevoked === true,
    },
    review: await reviewView(dependencies, now, language),
    asked: askedView(now, request),
    correction: correctionView(now, dependencies.clock.now()),
    talk: talkView(state),
    goInAdvance: goView(state),
    contract: recordedContract(state) ?? null,
    approval: waitingView(dependencies, now),
    result: result?.assessment ?? null,
    tasks: result === undefined ? [] : taskViews(result, calendarDateOf(dependencies.clock.now())),
    ...bookingViews(now),
    part: partView(state),
    parts: (await partsOf(store, state)).map((part) => partSummary(part.state)),
    waitingListRank: rank ?? null,
    hypercareEnd: state.hypercareEnd ?? null,
    ...journeyViews(now, events, dependencies.clock.now(), language),
    timeline: events.map(eventView),
  };
}
