import {
  noDraft,
  type PresentAnswers,
  presentAnswers,
  type Saved,
  savedSections,
} from '../../domain/onboarding/draft.ts';
import { answersFor, questionsOf } from '../../domain/onboarding/own-questions.ts';
import { type Acting, speaksForAll } from '../../domain/onboarding/people.ts';
import { answersBefore, type Submission } from '../../domain/onboarding/records.ts';
import type { OnboardingState, Snapshot } from '../../domain/onboarding/state.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import { endsForm, type QuestionId } from '../../domain/questionnaire/answers.ts';
import { askedQuestions, unchangedQuestions } from '../../domain/questionnaire/asked-questions.ts';
import type { Question, SectionId } from '../../domain/questionnaire/question.ts';
import {
  findQuestion,
  type SectionProgress,
  sectionProgress,
} from '../../domain/questionnaire/questionnaire.ts';
import { keepAccepted } from '../../domain/questionnaire/validate-answers.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { Customer } from '../shared/session/access.ts';
import { type NameOf, nameOf } from './people-words.ts';

/** The customer's answers so far, as far as they are shown to whoever opens them. */
export interface Dossier extends PresentAnswers {
  /** How far each section is, whoever answers it. */
  readonly progress: readonly SectionProgress[];
  /** Names whoever saved an answer. */
  readonly nameOf: NameOf;
  readonly saved: Readonly<Partial<Record<SectionId, Saved>>>;
  /** Sections that someone has said to be completed. */
  readonly completed: ReadonlyMap<SectionId, Saved>;
  readonly submission: Submission | undefined;
  /** Questions whose saved answer is not accepted any more: the platform no longer offers what it chose. */
  readonly outdated: readonly QuestionId[];
}

export async function dossierOf(
  { store, platform }: WebDependencies,
  { reference, now, acting, interview }: Pick<Customer, 'reference' | 'now' | 'acting' | 'interview'>,
): Promise<Dossier> {
  const [draft = noDraft, submission, people, interviews] = await Promise.all([
    store.dossiers.draft(reference),
    store.dossiers.submission(reference),
    now.state.persons === undefined ? [] : store.people.of(reference),
    now.state.interviews === undefined ? [] : store.interviews.of(reference),
  ]);
  const present = presentAnswers(draft, submission);
  const accepted = keepAccepted(present, { sites: siteCodes(platform) });
  const named = nameOf(people, interviews);
  const all = {
    ...present,
    ...accepted,
    progress: sectionProgress(accepted.answers),
    nameOf: interview === undefined ? named : forInterviewer(named, reference),
    saved: savedSections(draft),
    completed: draft.completed ?? new Map(),
    submission,
  };
  return speaksForAll(acting) ? all : partOf(all, acting);
}

/** To an operator, the contact's own link is not theirs. */
function forInterviewer(named: NameOf, reference: string): NameOf {
  const byContact = { fr: 'par le contact du client', en: 'by the customer’s contact' };
  return (by) => (by === reference ? byContact : named(by));
}

/** What someone sees who was named for a part: the answers to their own questions. */
function partOf(all: Dossier, acting: Acting): Dossier {
  const own = questionsOf(acting).map(({ id }) => id);
  const { submission } = all;
  return {
    ...all,
    answers: answersFor(acting, all.answers),
    unfinished: new Map([...all.unfinished].filter(([id]) => own.includes(id))),
    unreadable: all.unreadable.filter((id) => own.includes(id)),
    outdated: all.outdated.filter((id) => own.includes(id)),
    origin: (id) => (own.includes(id) ? all.origin(id) : { version: 0, byMachine: false }),
    submission: submission === undefined ? undefined : submissionFor(acting, submission),
  };
}

function submissionFor(acting: Acting, submission: Submission): Submission {
  const { answers, declarations } = submission;
  return {
    ...submission,
    answers: answersFor(acting, answers),
    ...(declarations === undefined
      ? {}
      : {
          declarations: declarations.map((each) => ({ ...each, answers: answersFor(acting, each.answers) })),
        }),
  };
}

/** A question that an operator has asked again. */
export interface Revisited {
  readonly question: Question;
  /** Its answer differs from the one submitted last. */
  readonly changed: boolean;
}

/** The questions asked again, in the order of the form. */
export function questionsToRevisit(
  { answers, submission }: Dossier,
  state: OnboardingState,
): readonly Revisited[] {
  const same = unchangedQuestions(state, answersBefore(submission), answers);
  return askedQuestions(state, answers).map((question) => ({ question, changed: !same.includes(question) }));
}

export interface SectionState {
  readonly id: SectionId;
  readonly status: 'not_started' | 'in_progress' | 'complete';
  /** Requested by an operator, and not saved since. */
  readonly asked: boolean;
  /** It has a question asked again whose answer is unchanged. */
  readonly toRevisit: boolean;
  readonly missing: readonly QuestionId[];
  /** Those of the missing ones whose saved answer is of no use any more. */
  readonly lost: readonly QuestionId[];
  /** True when all is answered and someone has said that it is completed. */
  readonly isCompleted: boolean;
  /** True when its answers are those that were submitted, and nothing of it is asked again. */
  readonly isSubmitted: boolean;
  readonly savedAt?: string;
  readonly savedBy?: string;
}

/** The state of each section; the attestation is asked for at the end, not in its section. */
export function sectionStates(dossier: Dossier, { state, wait }: Snapshot): readonly SectionState[] {
  const { progress, saved, unfinished, submission } = dossier;
  const unchanged = questionsToRevisit(dossier, state).filter((each) => !each.changed);
  const begun = new Set([...unfinished.keys()].map((id) => findQuestion(id)?.section));
  const askedAt = wait?.openedAt ?? state.stageSince;
  return progress.map(({ section, status, missing }) => {
    const left = missing.filter((id) => id !== 'E6');
    const last = saved[section];
    const requested = state.sectionsAsked?.includes(section) === true;
    const asked = requested && (last === undefined || last.at <= askedAt);
    const toRevisit = unchanged.some(({ question }) => question.section === section);
    return {
      id: section,
      status: left.length === 0 ? 'complete' : begun.has(section) ? 'in_progress' : status,
      asked,
      toRevisit,
      missing: left,
      lost: left.filter((id) => isLost(dossier, id)),
      isCompleted: left.length === 0 && (hasEnded(dossier) || dossier.completed.has(section)),
      isSubmitted:
        left.length === 0 && submission !== undefined && last === undefined && !asked && !toRevisit,
      ...(last === undefined ? {} : { savedAt: last.at, savedBy: last.by }),
    };
  });
}

/** True for a section that nothing is left to do in. */
export function isDone({ isCompleted, isSubmitted }: SectionState): boolean {
  return isCompleted || isSubmitted;
}

/** True for a question that was answered, and has to be answered again. */
export function isLost({ unreadable, outdated }: Dossier, id: QuestionId): boolean {
  return unreadable.includes(id) || outdated.includes(id);
}

function isComplete(states: readonly SectionState[]): boolean {
  return states.every(({ missing }) => missing.length === 0);
}

/** True when the answers can be submitted. */
export function mayBeSubmitted(dossier: Dossier, now: Snapshot): boolean {
  return hasEnded(dossier) || isComplete(sectionStates(dossier, now));
}

/** True when classified information ends the questionnaire. */
export function hasEnded({ answers }: Dossier): boolean {
  return endsForm(answers);
}
