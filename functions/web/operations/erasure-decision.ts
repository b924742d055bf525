import { decideErasure, type ErasureDecision } from '../../application/erasure-request.ts';
import { erasureRefusalLabels, erasureRefusals } from '../../domain/onboarding/erasure-request.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { defineAct, type ReadContext } from '../shared/staff/acts.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';
import { erasureDecisionLink } from './operator-act-links.ts';

const decisions = {
  erase: { fr: 'Effacer les données', en: 'Erase the data' },
  refuse: { fr: 'Refuser', en: 'Refuse' },
} as const;

const optionMissing = { fr: 'Décision : choisissez une option.', en: 'Decision: select an option.' };
const groundMissing = {
  fr: 'Motif de droit : choisissez une option pour refuser.',
  en: 'Legal ground: select an option to refuse.',
};

function readDecision({ form }: ReadContext) {
  const decision = form.get('decision');
  if (decision === 'erase') return { value: { decision } as const };
  if (decision !== 'refuse') return { problems: [{ field: 'decision', message: optionMissing }] };
  const refusedFor = erasureRefusals.find((known) => known === form.get('refusedFor'));
  const reason = readReason(form);
  const problems: Problem[] = [
    ...(refusedFor === undefined ? [{ field: 'refusedFor', message: groundMissing }] : []),
    ...('problems' in reason ? reason.problems : []),
  ];
  if (refusedFor === undefined || 'problems' in reason) return { problems };
  return { value: { decision, refusedFor, reason: reason.value } as const };
}

/** The decision on a customer's request: within thirty days, and refused on a ground of the law only. */
export const erasureDecision = defineAct<ErasureDecision>({
  ...erasureDecisionLink,
  explanation: () => [
    {
      fr: 'Le client demande l’effacement de tout son dossier. Effacer : un courriel le lui dit, le dossier n’est plus lisible aussitôt, et ses données sont supprimées sous deux jours, sans retour possible. Refuser : il lit le motif de droit dans un courriel et sur sa page, et peut le contester.',
      en: 'The customer asks for its whole file to be erased. Erase: an email tells it so, the onboarding can no longer be read at once, and its data is deleted within two days, for good. Refuse: it reads the legal ground in an email and on its page, and can contest it.',
    },
  ],
  fields: (view, { form, problems }) =>
    html`${radios(view, {
      name: 'decision',
      label: { fr: 'Décision', en: 'Decision' },
      choices: [
        { value: 'erase', label: decisions.erase },
        { value: 'refuse', label: decisions.refuse },
      ],
      value: form?.get('decision'),
      problem: problemOf(problems, 'decision'),
    })}${radios(view, {
      name: 'refusedFor',
      label: { fr: 'Motif de droit, en cas de refus', en: 'Legal ground, if refused' },
      choices: erasureRefusals.map((value) => ({ value, label: erasureRefusalLabels[value] })),
      value: form?.get('refusedFor'),
      problem: problemOf(problems, 'refusedFor'),
    })}${reasonField(view, { form, problems, label: { fr: 'Motif, en cas de refus', en: 'Reason, if refused' } })}`,
  first: 'decision',
  button: { label: { fr: 'Enregistrer la décision', en: 'Record the decision' }, look: 'danger' },
  read: readDecision,
  run: (deps, reference, decided, who) => decideErasure(deps, reference, decided, who),
});
