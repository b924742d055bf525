import { calendarDateOf } from '../domain/calendar-date.ts';
import { openTasks } from '../domain/classification/condition-tasks.ts';
import type { RecordedEvent } from '../domain/onboarding/audit-chain.ts';
import { recordedContract } from '../domain/onboarding/contract.ts';
import { noDraft } from '../domain/onboarding/draft.ts';
import { labelOfEvent } from '../domain/onboarding/events.ts';
import type { IntakeRecord, ResultRecord } from '../domain/onboarding/records.ts';
import type { Snapshot, Talk } from '../domain/onboarding/state.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** An event as the customer reads it: what happened, when and on whose side; reasons that staff typed are theirs. */
function ownEvents(events: readonly RecordedEvent[]) {
  return events
    .filter(({ type }) => labelOfEvent(type)?.staffOnly === false)
    .map(({ number, at, type, actor }) => ({ number, at, code: type, by: actor.kind }));
}

/** What was said of the organisation at first; who follows it inside is left out, except for its account owner. */
function ownIntake(intake: IntakeRecord) {
  const { siren, siret, legalName, bodyType, contactName, contactEmail, language, services } = intake;
  const { usersInScope, serversInScope, earliestDate, latestDate, deadlineReason } = intake;
  const { owner, parentSiren, scope, registry } = intake;
  return {
    ...{ siren, siret, legalName, bodyType, contactName, contactEmail, language, services },
    ...{
      usersInScope,
      serversInScope,
      earliestDate,
      latestDate,
      deadlineReason,
      owner,
      parentSiren,
      scope,
      registry,
    },
  };
}

function ownResult(result: ResultRecord | undefined, at: Date) {
  if (result === undefined) return null;
  const { assessedOn, changed, assessment } = result;
  return {
    assessedOn,
    changed,
    assessment,
    tasks: openTasks(result, calendarDateOf(at)).map(({ code, owner, due }) => ({ code, owner, due })),
  };
}

function ownTalk({ at, until }: Talk, matter: string | undefined) {
  return { at, pausedUntil: until, matter: matter ?? null };
}

function ownErasureRequest({ erasureRequest }: Snapshot) {
  if (erasureRequest === undefined) return null;
  const { status, askedAt, until, decidedAt, refusedFor } = erasureRequest;
  return { status, askedAt, decidedBy: until, decidedAt, refusedFor };
}

function ownPlaces({ booking, preparation }: Snapshot) {
  return {
    place:
      booking === undefined
        ? null
        : { site: booking.site, cutover: booking.cutover, status: booking.status, until: booking.holdUntil },
    preparation: preparation === undefined ? null : { site: preparation.site, starts: preparation.starts },
  };
}

/**
 * Everything that is held about an onboarding and that its customer may see, as it is stored. Each field is named here:
 * what a record gains later, such as a note of staff or a secret, is not given away by itself.
 */
export async function ownData(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  now: Snapshot,
) {
  const { reference, siren, name, scope, language, stage, stageSince, outcome, requestedAt } = now.state;
  const [intake, draft = noDraft, submission, result, request, events, matter, interviews] =
    await Promise.all([
      store.dossiers.intake(reference),
      store.dossiers.draft(reference),
      store.dossiers.submission(reference),
      store.dossiers.result(reference),
      store.dossiers.request(reference),
      store.onboardings.events(reference),
      now.state.talk === undefined ? undefined : store.dossiers.matter(reference),
      store.interviews.of(reference),
    ]);
  const at = clock.now();
  return {
    madeAt: at.toISOString(),
    onboarding: { reference, siren, name, scope, language, stage, stageSince, outcome, requestedAt },
    intake: ownIntake(intake),
    answers: [...draft.saved].map(([question, { value, at: savedAt, by }]) => ({
      ...{ question, value, at: savedAt },
      ...(interviews.some(({ id }) => id === by) ? { interview: by } : {}),
    })),
    interviews: interviews.map(({ id, operator, name, role, on }) => ({ id, operator, name, role, on })),
    submission:
      submission === undefined
        ? null
        : {
            number: submission.number,
            at: submission.at,
            questionnaireVersion: submission.questionnaireVersion,
            answers: submission.answers,
            declarations: submission.declarations ?? [],
            signedLetter: submission.circumstances?.letter ?? null,
          },
    result: ownResult(result, at),
    request:
      request === undefined
        ? null
        : { questions: request.questions, message: request.message, at: request.at },
    talk: now.state.talk === undefined ? null : ownTalk(now.state.talk, matter),
    contract: recordedContract(now.state) ?? null,
    ...ownPlaces(now),
    erasureRequest: ownErasureRequest(now),
    history: ownEvents(events),
  };
}
