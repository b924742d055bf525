import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import type { SectionId } from '../questionnaire/question.ts';
import { findQuestion, holdsAnswers, questions, withoutHidden } from '../questionnaire/questionnaire.ts';
import type { Declaration, Submission } from './records.ts';

/** Who saved something last, and when. */
export interface Saved {
  /** Instant, ISO 8601. */
  readonly at: string;
  /** Id of the actor. */
  readonly by: string;
}

/** One saved answer; without a value once its question no longer shows. */
export interface SavedAnswer extends Saved {
  readonly value?: unknown;
  /** The valid parts of an answer that is not whole yet, as they were typed; instead of a value. */
  readonly unfinished?: unknown;
  /** Grows with every save of this answer, and is higher than that of every submission before. */
  readonly version: number;
}

/** What was saved of a questionnaire: one answer a question, so that people who answer together undo nothing. */
export interface Draft {
  /** Grows with every submission. */
  readonly version: number;
  readonly saved: ReadonlyMap<QuestionId, SavedAnswer>;
  /** Sections that someone has said to be completed. */
  readonly completed?: ReadonlyMap<SectionId, Saved> | undefined;
  /** Version that the last submission came with; unknown for one of an earlier release. */
  readonly submitted?: number | undefined;
  /** Version that the last submission by a machine came with: it replaced what people had saved before. */
  readonly byMachine?: number | undefined;
  /** Questions whose saved answer this release cannot read: they are to be answered again. */
  readonly unreadable?: readonly QuestionId[] | undefined;
}

/** The draft of an onboarding for which nothing was saved or submitted. */
export const noDraft: Draft = { version: 0, saved: new Map() };

/** Where the present answer to a question comes from. */
export interface Origin extends Partial<Saved> {
  readonly version: number;
  /** True for an answer that a machine submitted. */
  readonly byMachine: boolean;
}

/** The answers as they are now: what was declared and saved since the last submission, laid over what was submitted. */
export interface PresentAnswers {
  /** Grows with every save and every submission. */
  readonly version: number;
  /** What a reader of these answers has seen, for {@link changedSince}. */
  readonly tag: string;
  readonly answers: Answers;
  readonly origin: (id: QuestionId) => Origin;
  /** What was kept of answers that are not whole yet: their questions count as not answered. */
  readonly unfinished: ReadonlyMap<QuestionId, unknown>;
  /** Questions without an answer here whose saved one cannot be read. */
  readonly unreadable: readonly QuestionId[];
}

/** What the customer declared last about a question, since the submission. */
function declaredIn(submission: Submission | undefined, id: QuestionId): Declaration | undefined {
  return submission?.declarations?.findLast(({ answers }) => answers[id] !== undefined);
}

/** True for an answer that is part of no submission yet, and of no declaration. */
function isNewer(
  saved: SavedAnswer,
  { submitted }: Draft,
  submission: Submission | undefined,
  declared: Declaration | undefined,
): boolean {
  if (submission === undefined) return true;
  if (declared !== undefined && saved.at < declared.at) return false;
  return submitted === undefined ? saved.at >= submission.at : saved.version > submitted;
}

/** The attestation belongs to a submission: it is no part of the answers that people go on with. */
export function presentAnswers(draft: Draft, submission: Submission | undefined): PresentAnswers {
  const origins = new Map<QuestionId, Origin>();
  const values: Record<string, unknown> = {};
  const unfinished = new Map<QuestionId, unknown>();
  const { submitted = 0, byMachine } = draft;
  for (const { id, input } of questions) {
    if (input.kind === 'attestation') continue;
    const saved = draft.saved.get(id);
    const declared = declaredIn(submission, id);
    if (saved !== undefined && isNewer(saved, draft, submission, declared)) {
      origins.set(id, { version: saved.version, at: saved.at, by: saved.by, byMachine: false });
      values[id] = saved.value;
      if (saved.unfinished !== undefined) unfinished.set(id, saved.unfinished);
    } else if (submission !== undefined) {
      const machine = byMachine !== undefined && byMachine === submitted;
      origins.set(id, { version: submitted, at: submission.at, byMachine: machine });
      values[id] = (declared ?? submission).answers[id];
    }
  }
  return {
    version: draft.version + [...draft.saved.values()].reduce((sum, { version }) => sum + version, 0),
    tag: tagOf(draft),
    answers: withoutHidden(answersIn(values)),
    origin: (id) => origins.get(id) ?? { version: 0, byMachine: false },
    unfinished,
    unreadable: (draft.unreadable ?? []).filter((id) => values[id] === undefined),
  };
}

function answersIn(values: Readonly<Record<string, unknown>>): Answers {
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return holdsAnswers(present) ? present : {};
}

/** The last save of each section. */
export function savedSections({ saved }: Draft): Readonly<Partial<Record<SectionId, Saved>>> {
  const last: Partial<Record<SectionId, Saved>> = {};
  for (const [id, { at, by }] of saved) {
    const section = findQuestion(id)?.section;
    if (section === undefined) continue;
    const known = last[section];
    if (known === undefined || known.at < at) last[section] = { at, by };
  }
  return last;
}

/** The version of every answer of a draft, as text: `4-A3.5-B1.7`. */
function tagOf({ version, saved }: Pick<Draft, 'version' | 'saved'>): string {
  return [String(version), ...[...saved].map(([id, answer]) => `${id}.${answer.version}`)].join('-');
}

/** What has been seen by whoever knows a submission and nothing that was saved since. */
export function tagOfSubmission(version: number): string {
  return tagOf({ version, saved: new Map() });
}

/** The questions whose answer has changed since the answers with this tag were read, in order; all for no tag of ours. */
export function changedSince({ origin }: Pick<PresentAnswers, 'origin'>, tag: string): readonly QuestionId[] {
  const [submitted = '', ...answers] = tag.split('-');
  const seen = new Map(
    answers.map((each) => each.split('.', 2)).map(([id, version]) => [id, Number(version)]),
  );
  const least = /^\d+$/.test(submitted) ? Number(submitted) : -1;
  return questions
    .map(({ id }) => id)
    .filter((id) => origin(id).version > Math.max(least, seen.get(id) ?? -1));
}

/** The highest version in a draft: a submission of it gets the next one. */
export function newestVersion({ version, saved }: Pick<Draft, 'version' | 'saved'>): number {
  return Math.max(version, ...[...saved.values()].map((answer) => answer.version));
}

/** True if people have saved answers that no machine has replaced since. */
export function hasAnswersOfPeople({ saved, byMachine = 0 }: Draft): boolean {
  return [...saved.values()].some(({ version }) => version > byMachine);
}
