import { ifNotMoved } from '../../domain/onboarding/group-moves.ts';
import type { ApprovalAnswer } from '../../domain/onboarding/transitions/approvals.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { readReason } from '../shared/staff/reason.ts';

/** What is said once a proposed move was turned down. */
export const movesDeclined: Text = {
  fr: `Votre refus est enregistré : ${ifNotMoved.fr}.`,
  en: `Your answer has been recorded: ${ifNotMoved.en}.`,
};

type Answer = Pick<ApprovalAnswer, 'decision' | 'reason'>;

/** The answers that a person may give to a request, by what follows each. */
export function answerChoices(follows: Readonly<Record<Answer['decision'], Text>>) {
  return [
    { value: 'approve', label: { fr: 'Donner mon accord', en: 'Approve' }, hint: follows.approve },
    { value: 'decline', label: { fr: 'Refuser', en: 'Decline' }, hint: follows.decline },
  ] as const;
}

/** Reads the answer of a person from the form. */
export function readAnswer(
  fields: FormFields,
): { readonly answer: Answer } | { readonly problems: readonly Problem[] } {
  const reason = readReason(fields);
  const given = fields.get('decision');
  const decision = given === 'approve' || given === 'decline' ? given : undefined;
  const problems: Problem[] = [];
  if (decision === undefined) {
    problems.push({
      field: 'decision',
      message: { fr: 'Votre réponse : choisissez une option.', en: 'Your answer: select an option.' },
    });
  }
  if ('problems' in reason) problems.push(...reason.problems);
  if (decision === undefined || 'problems' in reason) return { problems };
  return { answer: { decision, reason: reason.value } };
}
