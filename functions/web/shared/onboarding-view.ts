import type { CommandDependencies } from '../../application/dependencies.ts';
import { decisionsOf } from '../../application/review-decisions.ts';
import { openReview } from '../../application/reviews.ts';
import { lifecycle, type Party } from '../../domain/onboarding/lifecycle.ts';
import { outcomeReasons } from '../../domain/onboarding/outcome-reasons.ts';
import { tiers } from '../../domain/readiness/tier.ts';
import { inLanguage, type Language } from '../../domain/text.ts';
import { expectedBy } from '../../store/expected-by.ts';
import type { Now, OnboardingState } from '../../store/onboarding-state.ts';
import type { OnboardingEvent } from '../../store/onboardings.ts';

/**
 * Who has to act next. The stage says it, but for two cases: a place offered from the waiting list is for the customer
 * to answer, and a customer whom no mail reaches, or who has no valid link, is for sales.
 */
export function ballOf({ stage, wave, mailBounced, linkRevoked }: OnboardingState): Party {
  const offered = stage === 'WAITING_LIST' && wave !== undefined;
  const ball = offered ? 'customer' : lifecycle[stage].ball;
  const cutOff = mailBounced === true || linkRevoked === true;
  return ball === 'customer' && cutOff ? 'sales' : ball;
}

export function standingView(state: OnboardingState, language: Language) {
  return {
    reference: state.reference,
    stage: state.stage,
    stageLabel: inLanguage(lifecycle[state.stage].label, language),
    ball: ballOf(state),
    since: state.stageSince,
  };
}

export function summaryView(state: OnboardingState, language: Language) {
  return {
    ...standingView(state, language),
    siren: state.siren,
    legalName: state.name,
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
function happeningView({ number, at, type, who, why, before, after, data }: OnboardingEvent) {
  return {
    number,
    at,
    type,
    who: { kind: who.kind, id: who.id },
    why: why ?? null,
    before,
    after,
    data: data ?? {},
  };
}

async function reviewView(dependencies: CommandDependencies, now: Now) {
  const kind = openReview(now);
  return kind === undefined ? null : { kind, decisions: await decisionsOf(dependencies, now, kind) };
}

function becauseView({ because }: OnboardingState, language: Language) {
  if (because === undefined) return null;
  const reason = outcomeReasons[because];
  return { code: because, text: reason === undefined ? because : inLanguage(reason, language) };
}

function bookingViews({ booking, preparation }: Now) {
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

/**
 * Everything the API says of one onboarding. Wait tokens, link secrets and answers are no part of it.
 *
 * @throws OnboardingNotFoundError
 */
export async function onboardingView(
  dependencies: CommandDependencies,
  reference: string,
  language: Language,
) {
  const { store } = dependencies;
  const now = await store.onboardings.now(reference);
  const { state } = now;
  const waiting = state.stage === 'WAITING_LIST';
  const [intake, result, events, rank] = await Promise.all([
    store.dossiers.intake(reference),
    store.dossiers.result(reference),
    store.onboardings.events(reference),
    waiting ? store.waitingList.rankOf(reference) : undefined,
  ]);
  return {
    ...summaryView(state, language),
    until: expectedBy(now) ?? null,
    because: becauseView(state, language),
    contact: {
      name: intake.contactName,
      email: intake.contactEmail,
      mailBounced: state.mailBounced === true,
      linkRevoked: state.linkRevoked === true,
    },
    review: await reviewView(dependencies, now),
    result: result?.assessment ?? null,
    ...bookingViews(now),
    waitingListRank: rank ?? null,
    hypercareEnd: state.hypercareEnd ?? null,
    timeline: events.map(happeningView),
  };
}
