import { createHash } from 'node:crypto';
import type { PresentAnswers } from '../../domain/onboarding/draft.ts';
import type { SeenPage } from '../../domain/onboarding/merge-page.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { answerKey } from '../../domain/questionnaire/same-answer.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import type { Entries } from './entries.ts';
import { keepField, type ReadForm, readForm } from './read-form.ts';

/**
 * What a page of the form showed: for each question the version of its answer and a digest of what stood in its fields.
 * The page carries it, so that an answer which its sender left as it was undoes nothing that others save meanwhile.
 */
export type Shown = ReadonlyMap<string, { readonly version: number; readonly digest: string }>;

const digestLength = 8;
const token = /^([A-E]\d{1,2}[a-z]?)\.(\d{1,9})\.([\w-]{8})$/;
const mostTokens = 50;

function digestOf(id: string, value: unknown): string {
  return createHash('sha256').update(answerKey(id, value)).digest('base64url').slice(0, digestLength);
}

/** What is shown when the fields of a question have this content. */
export function shownOf(
  question: Question,
  entries: Entries,
  { origin }: Pick<PresentAnswers, 'origin'>,
): Shown {
  const fields = { names: () => [...entries.keys()], all: (name: string) => entries.get(name) ?? [] };
  const { id } = question;
  const { given } = readForm([question], fields, true);
  return new Map([[id, { version: origin(id).version, digest: digestOf(id, given[id]) }]]);
}

export function shownText(shown: Shown): string {
  return [...shown].map(([id, { version, digest }]) => `${id}.${version}.${digest}`).join(' ');
}

/** What the page of a form showed; a form that does not say has shown nothing. */
export function shownIn(text: string | undefined): Shown {
  const tokens = (text ?? '').split(' ', mostTokens);
  return new Map(
    tokens.flatMap((each) => {
      const [, id, version, digest] = token.exec(each) ?? [];
      if (id === undefined || digest === undefined) return [];
      return [[id, { version: Number(version), digest }] as const];
    }),
  );
}

/** The answer that a person keeps of two. */
type Choice = { readonly kind: 'theirs' } | { readonly kind: 'mine'; readonly version: number };

export const theirs = 'theirs';

/** "Mine", chosen over the answer with this version. */
export function mineOver(version: number): string {
  return `mine.${version}`;
}

function choiceOf(form: Pick<FormFields, 'get'>, id: string): Choice | undefined {
  const value = form.get(keepField(id)) ?? '';
  if (value === theirs) return { kind: 'theirs' };
  const [, version] = /^mine\.(\d{1,9})$/.exec(value) ?? [];
  return version === undefined ? undefined : { kind: 'mine', version: Number(version) };
}

/** A page as its sender saw it. */
export function seenPage(
  { id }: Question,
  form: Pick<FormFields, 'get'>,
  shown: Shown,
  { given }: ReadForm,
): SeenPage {
  const choice = choiceOf(form, id);
  const isUntouched =
    choice === undefined ? shown.get(id)?.digest === digestOf(id, given[id]) : choice.kind === 'theirs';
  return {
    versionOf: () => (choice?.kind === 'mine' ? choice.version : (shown.get(id)?.version ?? 0)),
    untouched: new Set(isUntouched ? [id] : []),
  };
}
