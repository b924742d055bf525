import { isDeepStrictEqual } from 'node:util';
import {
  AnswerConflictError,
  ConcurrentChangeError,
  InvalidInputError,
  NotYourQuestionError,
} from '../domain/errors.ts';
import { isFields } from '../domain/input/read-input.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { actingIn } from '../domain/onboarding/correction.ts';
import {
  noDraft,
  type PresentAnswers,
  presentAnswers,
  type Saved,
  type SavedAnswer,
} from '../domain/onboarding/draft.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import { mergePage, type SeenPage, seenJustNow } from '../domain/onboarding/merge-page.ts';
import { type Acting, may, respondent } from '../domain/onboarding/people.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { expectAnswers, saveFirstPage } from '../domain/onboarding/transitions/answers.ts';
import { answerInstead } from '../domain/onboarding/transitions/talk-pause.ts';
import { waitIdOf, withSignOfLife } from '../domain/onboarding/waits.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers, QuestionId } from '../domain/questionnaire/answers.ts';
import { findQuestion, questions } from '../domain/questionnaire/questionnaire.ts';
import { isSameAnswer } from '../domain/questionnaire/same-answer.ts';
import { type KeptPage, keepValid, validateQuestions } from '../domain/questionnaire/validate-answers.ts';
import type { SignOfLife, StoredDraft } from '../store/drafts.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

const saveAttempts = 8;

/** A page of the form, as it was sent. */
export interface SentPage {
  /** The questions that the page asks. */
  readonly questions: readonly QuestionId[];
  /** The answers as they were typed. */
  readonly given: unknown;
  /** Of an `unfinished` page everything valid is kept, and nothing is refused. */
  readonly extent?: 'whole' | 'unfinished';
  /** What the sender had seen; without it, the sender has just read the answers. */
  readonly seen?: SeenPage;
  /** Whose page it is: it changes no answer but theirs. */
  readonly acting?: Acting;
  /** What the answers are saved under; the id of the actor without it. */
  readonly savedAs?: string;
}

/** The answers after a save. */
export interface SavedPage {
  readonly answers: Answers;
  /** False when every answer was there already. */
  readonly changed: boolean;
  /** True when something typed is no answer yet: what is valid of it is kept. */
  readonly isUnfinished: boolean;
}

/**
 * Saves a page of the form: the answers that its sender has changed. The saved page counts as a sign of life:
 * reminders count from it, and it ends a pause to talk.
 *
 * @throws InvalidInputError naming every field to correct; nothing is stored then.
 * @throws AnswerConflictError when someone else has changed the same answers since the page was shown; nothing is
 * stored then.
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws NotYourQuestionError for an answer that is for others to give.
 * @throws ConcurrentChangeError when others kept saving other answers meanwhile.
 */
export async function savePage(
  dependencies: ApplicationDependencies,
  reference: string,
  page: SentPage,
  actor: Actor,
): Promise<SavedPage> {
  const { store, clock, workflow } = dependencies;
  for (let attempt = 1; attempt <= saveAttempts; attempt += 1) {
    const at = clock.now();
    // The draft first: a submission that comes after it changes it, and one that came before shows in the state.
    const [draft = { ...noDraft, isWhole: false }, submission] = await Promise.all([
      store.dossiers.draft(reference),
      store.dossiers.submission(reference),
    ]);
    const snapshot = await store.onboardings.now(reference);
    expectAnswers(snapshot, at);
    const present = presentAnswers(draft, submission);
    const after = answersAfter(dependencies, page, present);
    const changes = changesOf(present, after, { at: at.toISOString(), by: page.savedAs ?? actor.id });
    refuseOthersQuestions(changes, actingIn(page.acting ?? respondent, snapshot));
    const life = signOfLife(snapshot, at);
    // Something was saved, submitted or decided meanwhile: it is kept, this page is merged again.
    if (!(await stored(store, reference, draft, { changes, life }))) continue;
    if (life?.wait.token !== undefined) await workflow.heartbeat(life.wait.token);
    const follows = (now: Snapshot) => saveFirstPage(now.state, actor) ?? answerInstead(now, actor, at);
    // Most pages are neither the first nor the end of a pause: they need no other reading.
    if (follows(snapshot) !== undefined) await changeOnboarding(store, reference, follows);
    return {
      answers: after.answers,
      changed: changes.size > 0,
      isUnfinished: after.refused.length > 0,
    };
  }
  throw new ConcurrentChangeError();
}

/** An answer that goes because its question no longer shows goes with the answer above it. */
function refuseOthersQuestions(changes: Writing['changes'], acting: Acting): void {
  const others = [...changes].filter(([id, { value }]) => {
    const question = findQuestion(id);
    return value !== undefined && question !== undefined && !may(acting, { kind: 'answer', question });
  });
  if (others.length > 0) throw new NotYourQuestionError();
}

interface Writing {
  readonly changes: ReadonlyMap<QuestionId, Change>;
  readonly life: SignOfLife | undefined;
}

/** Stores what a page changes, if anything; false when something else was stored meanwhile. */
async function stored(
  { dossiers, onboardings }: Store,
  reference: string,
  draft: StoredDraft,
  { changes, life }: Writing,
): Promise<boolean> {
  if (changes.size > 0) return dossiers.saveAnswers(reference, draft, changes, life);
  return life === undefined || onboardings.putWait(reference, life.wait, life.before);
}

/** All answers once the page is saved. @throws InvalidInputError, AnswerConflictError */
function answersAfter(
  { platform }: Pick<ApplicationDependencies, 'platform'>,
  { questions: asked, given, seen = seenJustNow, extent = 'whole' }: SentPage,
  present: PresentAnswers,
): KeptPage {
  const merged = isFields(given) ? mergePage(asked, given, seen, present) : { given, conflicts: [] };
  const sites = siteCodes(platform);
  const validated = validateQuestions(asked, merged.given, present.answers, {
    complete: extent === 'whole',
    sites,
  });
  const problems = 'problems' in validated ? validated.problems : [];
  if (merged.conflicts.length > 0) throw new AnswerConflictError(merged.conflicts, problems);
  if (extent === 'unfinished' && isFields(merged.given)) {
    return keepValid(asked, merged.given, present, { sites });
  }
  if ('problems' in validated) throw new InvalidInputError(problems);
  return { answers: validated.answers, unfinished: withoutAll(present.unfinished, asked), refused: [] };
}

function withoutAll<Value>(
  all: ReadonlyMap<QuestionId, Value>,
  ids: readonly QuestionId[],
): ReadonlyMap<QuestionId, Value> {
  return new Map([...all].filter(([id]) => !ids.includes(id)));
}

type Change = Saved & Pick<SavedAnswer, 'value' | 'unfinished'>;

/** The answers that differ, with nothing where a question no longer shows. */
function changesOf(
  before: Pick<PresentAnswers, 'answers' | 'unfinished'>,
  after: KeptPage,
  saved: Saved,
): ReadonlyMap<QuestionId, Change> {
  const changed = questions
    .map(({ id }) => id)
    .filter(
      (id) =>
        !isSameAnswer(id, before.answers[id], after.answers[id]) ||
        !isDeepStrictEqual(before.unfinished.get(id), after.unfinished.get(id)),
    );
  return new Map(
    changed.map((id) => {
      const [value, unfinished] = [after.answers[id], after.unfinished.get(id)];
      return [
        id,
        {
          ...saved,
          ...(value === undefined ? {} : { value }),
          ...(unfinished === undefined ? {} : { unfinished }),
        },
      ];
    }),
  );
}

/** The wait with a sign of life, when it has none of this day yet. */
function signOfLife({ state, wait }: Snapshot, at: Date): SignOfLife | undefined {
  const kind = lifecycle[state.stage].wait;
  // A correction keeps no one waiting: a review or a place that is held stays due when it is.
  if (kind !== 'answers' && kind !== 'reassessment') return undefined;
  if (wait?.id !== waitIdOf(kind, state) || wait.decision !== undefined) return undefined;
  const alive = withSignOfLife(wait, at, state.talk);
  return alive === undefined ? undefined : { wait: alive, before: wait };
}
