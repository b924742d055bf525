import { calendarDateOf } from '../domain/calendar-date.ts';
import { operatorMayClear } from '../domain/classification/conditions.ts';
import { DecisionRefusedError, NotExpectedNowError } from '../domain/errors.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { Message } from '../domain/onboarding/messages.ts';
import { assess } from '../domain/readiness/assessment.ts';
import type { Links } from '../platform/links.ts';
import { closing, refuseClosed, successor } from '../store/decisions.ts';
import { clearedCodes, dossierWrites } from '../store/dossiers.ts';
import { linkWrite } from '../store/link-owners.ts';
import type { OnboardingState } from '../store/onboarding-state.ts';
import { type Actor, businessStage, type Transition } from '../store/onboardings.ts';
import { moveMail } from '../store/starts.ts';
import type { CommandDependencies } from './dependencies.ts';

/**
 * Ends an onboarding for the customer, sales or an operator: places are freed in the same transaction.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError after the hand-over: the platform has the customer then.
 */
export async function withdraw(
  { store }: CommandDependencies,
  reference: string,
  reason: string,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async (now) => {
    refuseClosed(now.state);
    if (['HANDED_OVER', 'CUT_OVER'].includes(businessStage(now.state))) {
      throw new NotExpectedNowError(
        { fr: 'Retirer la demande', en: 'Withdrawing the request' },
        lifecycle[now.state.stage].label,
      );
    }
    return {
      result: undefined,
      transition: closing(now, 'WITHDRAWN', { type: 'WITHDRAWN', who, why: reason }, 'WITHDRAWN'),
    };
  });
}

/**
 * An operator settles a condition with evidence; the tier is computed again.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when an operator may not clear it, or it is not open.
 */
export async function clearCondition(
  { store, clock, platform }: CommandDependencies,
  reference: string,
  code: string,
  evidence: string,
  who: Actor,
): Promise<void> {
  if (!operatorMayClear(code)) {
    throw new DecisionRefusedError({
      fr: 'Un opérateur ne peut pas lever cette condition : elle est levée par les réponses du client ou à sa date.',
      en: 'An operator cannot clear this condition: it is cleared by the customer’s answers or on its date.',
    });
  }
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    const [result, submission, intake] = await Promise.all([
      store.dossiers.result(reference),
      store.dossiers.submission(reference),
      store.dossiers.intake(reference),
    ]);
    const open = result?.assessment.conditions.some(
      (condition) => condition.code === code && condition.cleared !== true,
    );
    if (result === undefined || submission === undefined || open !== true) {
      throw new DecisionRefusedError({
        fr: 'Ce dossier n’a pas cette condition à lever.',
        en: 'This onboarding has no such open condition.',
      });
    }
    const cleared = [...clearedCodes(result), code];
    const assessment = assess({
      organisation: { registryStatus: intake.registry?.status ?? 'unavailable' },
      answers: submission.answers,
      asOf: calendarDateOf(clock.now()),
      platform,
      clearedConditions: cleared,
    });
    const set = state.tierSet?.submission === state.submission ? state.tierSet.tier : undefined;
    const tier = set ?? assessment.readiness.tier;
    const transition: Transition = {
      set: { tier, score: assessment.readiness.score },
      happening: {
        type: 'CONDITION_CLEARED',
        who,
        why: evidence,
        data: { condition: code, tierBefore: state.tier ?? '', tierAfter: tier },
      },
      writes: [dossierWrites.result(reference, { ...result, assessment, cleared })],
    };
    return { result: undefined, transition };
  });
}

/** The mail that brings the link to a customer: while answers are awaited the invitation, later what leads to the status. */
function mailWithLink(state: OnboardingState): Message {
  const answering = lifecycle[businessStage(state)].wait === 'answers';
  return { kind: 'mail', template: answering ? 'invitation' : 'own_link', to: 'customer' };
}

/** A contact or an address to write to from now on. */
export interface ContactChange {
  readonly contactName?: string;
  readonly contactEmail?: string;
}

/**
 * Changes whom the system writes to. The old link is replaced: whoever had it can no longer use it.
 *
 * @throws OnboardingClosedError
 */
export async function changeContact(
  { store, links }: CommandDependencies & { readonly links: Links },
  reference: string,
  change: ContactChange,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    const intake = await store.dossiers.intake(reference);
    const changed = { ...intake, ...change };
    const invited = state.link > 0;
    const generation = state.link + 1;
    const transition: Transition = {
      set: { ...(invited ? { link: generation } : {}), mailBounced: undefined },
      happening: { type: 'CONTACT_CHANGED', who, data: { fields: Object.keys(change) } },
      messages: invited ? [mailWithLink(state)] : [],
      writes: [
        dossierWrites.intake(reference, changed),
        ...moveMail(intake.contactEmail, changed.contactEmail, reference),
        ...(invited ? [linkWrite(await links.token(reference, generation), reference, generation)] : []),
      ],
    };
    return { result: undefined, transition };
  });
}

/**
 * Sends the link again: with the invitation, or once the questionnaire is over with what leads to the status page.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the first invitation.
 */
export async function resendInvitation(
  { store }: CommandDependencies,
  reference: string,
  reason: string,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    if (state.link === 0) {
      throw new NotExpectedNowError(
        { fr: 'Renvoyer le lien', en: 'Resending the link' },
        lifecycle[state.stage].label,
      );
    }
    return {
      result: undefined,
      transition: {
        happening: { type: 'INVITATION_SENT_AGAIN', who, why: reason },
        messages: [mailWithLink(state)],
      },
    };
  });
}

/**
 * Starts a new run of the workflow from the onboarding's checkpoint; the run before it, if any is left, ends by itself.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError when nothing is left to run.
 */
export async function resume(
  { store, clock }: CommandDependencies,
  reference: string,
  reason: string,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async ({ state }) => {
    refuseClosed(state);
    const transition = successor(state, { type: 'RESUMED', who, why: reason }, clock.now());
    if (transition === undefined) {
      throw new NotExpectedNowError(
        { fr: 'Reprendre l’exécution', en: 'Resuming the run' },
        lifecycle[state.stage].label,
      );
    }
    return { result: undefined, transition };
  });
}
