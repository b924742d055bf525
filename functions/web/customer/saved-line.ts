import type { Origin, Saved } from '../../domain/onboarding/draft.ts';
import type { QuestionId } from '../../domain/questionnaire/answers.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { senderText } from './answer-conflicts.ts';
import type { NameOf } from './people-words.ts';

export type AnswerOrigin = (id: QuestionId) => Origin;

const flashPattern = /^(saved|later)-([A-E]\d{1,2}[a-z]?)$/;

/** The confirmation that a question was saved; `later`: something typed in it is no answer yet. */
export function savedFlash(id: QuestionId, isUnfinished: boolean): string {
  return `${isUnfinished ? 'later' : 'saved'}-${id}`;
}

const keptText: Text = {
  fr: 'Ce qui était valable est gardé ; la réponse reste à compléter.',
  en: 'What was valid has been kept; the answer is still to be completed.',
};

/** "Last saved on ...", with who has saved it. */
export function lastSavedText(
  view: View,
  { at, by }: Saved,
  { reference, nameOf }: { readonly reference: string; readonly nameOf: NameOf },
): string {
  return `${view.t({ fr: 'Dernier enregistrement le', en: 'Last saved on' })} ${instantText(view, at)}, ${view.t(senderText(by, reference, nameOf))}`;
}

/** "Saved on ... by ...", on the page that a saved question leads to. */
export function savedLine(
  view: View,
  {
    origin,
    reference,
    nameOf,
  }: { readonly origin: AnswerOrigin; readonly reference: string; readonly nameOf: NameOf },
): Html {
  const [, kind, id] = flashPattern.exec(view.flash ?? '') ?? [];
  const question = findQuestion(id ?? '');
  if (question === undefined) return nothing;
  const { at, by } = origin(question.id);
  if (at === undefined || by === undefined) return nothing;
  const saved = view.t({ fr: 'Enregistré le', en: 'Saved on' });
  return html`<p class="saved" role="status">${saved} ${instantText(view, at)}, ${view.t(senderText(by, reference, nameOf))}. ${kind === 'later' ? view.t(keptText) : nothing}</p>`;
}
