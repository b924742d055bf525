import { ConcurrentChangeError, InvalidInputError } from '../domain/errors.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { waitIdOf } from '../domain/onboarding/waits.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import type { SectionId } from '../domain/questionnaire/question.ts';
import { questionnaireVersion } from '../domain/questionnaire/questionnaire.ts';
import { validateAnswers, validateSection } from '../domain/questionnaire/validate-answers.ts';
import { decidedWait } from '../store/decisions.ts';
import { type Draft, dossierWrites } from '../store/dossiers.ts';
import type { Actor, Transition } from '../store/onboardings.ts';
import { withSignOfLife } from '../store/waits.ts';
import type { CommandDependencies } from './dependencies.ts';

const asked = { fr: 'Répondre au questionnaire', en: 'Answering the questionnaire' };
const saveAttempts = 8;

/** Checks that answers are expected now, without storing anything. */
function expectAnswers(now: Snapshot, at: Date): void {
  decidedWait(now, ['answers', 'reassessment'], asked, 'ANSWERED', at);
}

/**
 * Saves one section of the form. The saved page counts as a sign of life: reminders count from it. A section that is
 * `unfinished` may leave questions out; those keep what they had.
 *
 * @throws InvalidInputError naming every field to correct; nothing is stored then.
 * @throws OnboardingClosedError, NotExpectedNowError
 * @throws ConcurrentChangeError when others kept saving other sections meanwhile.
 */
export async function saveSection(
  { store, clock, workflow, platform }: CommandDependencies,
  reference: string,
  section: SectionId,
  given: unknown,
  who: Actor,
  extent: 'whole' | 'unfinished' = 'whole',
): Promise<Answers> {
  const now = await store.onboardings.now(reference);
  const at = clock.now();
  const sites = platform.sites.map(({ code }) => code);
  expectAnswers(now, at);
  const draft = await saved();
  await showLife();
  return draft.answers;

  async function saved(): Promise<Draft> {
    for (let attempt = 1; attempt <= saveAttempts; attempt += 1) {
      const known = await store.dossiers.draft(reference);
      const validated = validateSection(section, given, known?.answers ?? {}, {
        complete: extent === 'whole',
        sites,
      });
      if ('problems' in validated) throw new InvalidInputError(validated.problems);
      const next: Draft = {
        questionnaireVersion,
        answers: validated.answers,
        saved: { ...known?.saved, [section]: { at: at.toISOString(), by: who.id } },
        version: (known?.version ?? 0) + 1,
      };
      // Somebody else saved another section meanwhile: theirs is kept, this one is merged again.
      if (await store.dossiers.saveDraft(reference, next)) return next;
    }
    throw new ConcurrentChangeError();
  }

  async function showLife(): Promise<void> {
    if (now.state.stage === 'INVITED') {
      await store.onboardings.change(reference, async ({ state: current }) =>
        current.stage === 'INVITED'
          ? {
              result: undefined,
              transition: { to: 'ANSWERING', happening: { type: 'FIRST_PAGE_SAVED', who } },
            }
          : { result: undefined },
      );
    }
    for (let attempt = 1; attempt <= saveAttempts; attempt += 1) {
      const { state, wait } = await store.onboardings.now(reference);
      const kind = lifecycle[state.stage].wait;
      if (kind === undefined || wait?.id !== waitIdOf(kind, state) || wait.decision !== undefined) return;
      // The wait took its next turn meanwhile: its new token must stay, and gets the sign of life.
      if (!(await store.onboardings.putWait(reference, withSignOfLife(wait, at), wait))) continue;
      if (wait.token !== undefined) await workflow.heartbeat(wait.token);
      return;
    }
  }
}

/**
 * Submits the complete answers: the first time, or again while the customer prepares.
 *
 * @throws InvalidInputError naming every field to correct.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: a second submission of the same round.
 */
export async function submitAnswers(
  { store, clock, platform }: CommandDependencies,
  reference: string,
  given: unknown,
  who: Actor,
): Promise<void> {
  const validated = validateAnswers(given, { complete: true, sites: platform.sites.map(({ code }) => code) });
  if ('problems' in validated) throw new InvalidInputError(validated.problems);
  await store.onboardings.change<void>(reference, async (now) => {
    const number = now.state.submission + 1;
    const transition: Transition = {
      to: 'SUBMITTED',
      set: { submission: number, sectionsAsked: undefined },
      wait: decidedWait(now, ['answers', 'reassessment'], asked, 'ANSWERED', clock.now()),
      happening: { type: 'ANSWERS_SUBMITTED', who, data: { submission: number, questionnaireVersion } },
      messages: [
        { kind: 'mail', template: 'answers_received', to: 'customer' },
        { kind: 'mail', template: 'owner_answered', to: 'owner' },
        { kind: 'event', type: 'OnboardingAnswered', data: { submission: number } },
        { kind: 'wake' },
      ],
      writes: [
        dossierWrites.submission(reference, {
          questionnaireVersion,
          answers: validated.answers,
          number,
          at: clock.now().toISOString(),
        }),
      ],
    };
    return { result: undefined, transition };
  });
}

/**
 * The customer does not go on.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export async function declineInvitation(
  { store, clock }: CommandDependencies,
  reference: string,
  reason: string,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async (now) => ({
    result: undefined,
    transition: {
      wait: decidedWait(
        now,
        ['answers'],
        { fr: 'Refuser l’invitation', en: 'Declining the invitation' },
        'DECLINED',
        clock.now(),
      ),
      set: { because: 'DECLINED_INVITATION' },
      happening: { type: 'INVITATION_DECLINED', who, why: reason },
      messages: [{ kind: 'wake' }],
    },
  }));
}
