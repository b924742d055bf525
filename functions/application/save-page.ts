import { ConcurrentChangeError, InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import { expectAnswers, saveFirstPage } from '../domain/onboarding/transitions/answers.ts';
import { waitIdOf, withSignOfLife } from '../domain/onboarding/waits.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import type { SectionId } from '../domain/questionnaire/question.ts';
import { questionnaireVersion } from '../domain/questionnaire/questionnaire.ts';
import { validateSection } from '../domain/questionnaire/validate-answers.ts';
import type { Draft } from '../store/dossiers.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

const saveAttempts = 8;

interface Page {
  readonly section: SectionId;
  readonly given: unknown;
  readonly actor: Actor;
  /** An `unfinished` section may leave questions out; those keep what they had. */
  readonly extent: 'whole' | 'unfinished';
  readonly at: Date;
}

/**
 * Saves one section of the form. The saved page counts as a sign of life: reminders count from it.
 *
 * @throws InvalidInputError naming every field to correct; nothing is stored then.
 * @throws OnboardingClosedError, NotExpectedNowError
 * @throws ConcurrentChangeError when others kept saving other sections meanwhile.
 */
export async function saveSection(
  dependencies: ApplicationDependencies,
  reference: string,
  section: SectionId,
  given: unknown,
  actor: Actor,
  extent: 'whole' | 'unfinished' = 'whole',
): Promise<Answers> {
  const { store, clock } = dependencies;
  const at = clock.now();
  const seen = await store.onboardings.now(reference);
  expectAnswers(seen, at);
  const draft = await saveDraft(dependencies, reference, { section, given, actor, extent, at });
  // Most pages are not the first: they need no other reading.
  if (saveFirstPage(seen.state, actor) !== undefined) {
    await changeOnboarding(store, reference, ({ state }) => saveFirstPage(state, actor));
  }
  await showLife(dependencies, reference, at);
  return draft.answers;
}

async function saveDraft(
  { store, platform }: ApplicationDependencies,
  reference: string,
  { section, given, actor, extent, at }: Page,
): Promise<Draft> {
  for (let attempt = 1; attempt <= saveAttempts; attempt += 1) {
    const known = await store.dossiers.draft(reference);
    const validated = validateSection(section, given, known?.answers ?? {}, {
      complete: extent === 'whole',
      sites: siteCodes(platform),
    });
    if ('problems' in validated) throw new InvalidInputError(validated.problems);
    const next: Draft = {
      questionnaireVersion,
      answers: validated.answers,
      saved: { ...known?.saved, [section]: { at: at.toISOString(), by: actor.id } },
      version: (known?.version ?? 0) + 1,
    };
    // Another section was saved meanwhile: it is kept, this one is merged again.
    if (await store.dossiers.saveDraft(reference, next)) return next;
  }
  throw new ConcurrentChangeError();
}

async function showLife(
  { store, workflow }: ApplicationDependencies,
  reference: string,
  at: Date,
): Promise<void> {
  for (let attempt = 1; attempt <= saveAttempts; attempt += 1) {
    const { state, wait } = await store.onboardings.now(reference);
    const kind = lifecycle[state.stage].wait;
    if (kind === undefined || wait?.id !== waitIdOf(kind, state) || wait.decision !== undefined) return;
    // The wait was renewed meanwhile: its new token must stay, and gets the sign of life.
    if (!(await store.onboardings.putWait(reference, withSignOfLife(wait, at), wait))) continue;
    if (wait.token !== undefined) await workflow.heartbeat(wait.token);
    return;
  }
}
