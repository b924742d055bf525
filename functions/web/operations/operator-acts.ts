import { keepDespiteCondition } from '../../application/keep-despite-condition.ts';
import { openPlacementReview } from '../../application/open-placement-review.ts';
import { recordCutover } from '../../application/record-cutover.ts';
import { resume } from '../../application/resume.ts';
import { formatDate } from '../../domain/calendar-date.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readDate } from '../../domain/input/written-date.ts';
import { cutoverResultsOn } from '../../domain/onboarding/cutover.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { type Cutover, cutoverKnown } from '../../domain/onboarding/transitions/hand-over.ts';
import type { Text } from '../../domain/text.ts';
import { hypercareDays } from '../../domain/waves/wave.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField, radios } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { type Act, defineAct, type ReadContext } from '../shared/staff/acts.ts';
import { commonActs } from '../shared/staff/common-acts.ts';
import { readReason, reasonAlone, reasonField } from '../shared/staff/reason.ts';
import { cutoverLabels } from './cutover-labels.ts';
import { erasure } from './erasure-act.ts';
import { erasureDecision } from './erasure-decision.ts';
import {
  cutoverLink,
  forOperators,
  keepPlaceLink,
  placementReviewLink,
  resumptionLink,
} from './operator-act-links.ts';

const hypercareEnd: Text = { fr: 'Fin de la surveillance renforcée', en: 'End of hypercare' };
const cutoverReason: Text = {
  fr: 'Motif, si la bascule est annulée ou reportée',
  en: 'Reason, if the cutover was rolled back or postponed',
};
const noResult: Text = {
  fr: 'Bascule : choisissez une option.',
  en: 'Cutover: select an option.',
};

/** The results that may be recorded today: the form offers what the use case accepts. */
function resultsNow({ state }: Snapshot, at: Date): readonly Cutover['result'][] {
  const known = cutoverKnown(state, at);
  return known === undefined ? [] : cutoverResultsOn(known);
}

function readCutover({ form, now, deps }: ReadContext) {
  const result = resultsNow(now, deps.clock.now()).find((known) => known === form.get('result'));
  const problems: Problem[] = [];
  const typed = form.date('hypercareEnd');
  const date = typed === undefined ? undefined : readDate(typed);
  if (result === undefined) problems.push({ field: 'result', message: noResult });
  if (typed !== undefined && date === undefined) {
    problems.push(fieldProblem('hypercareEnd', hypercareEnd, 'not_a_date'));
  }
  const reason = result === undefined || result === 'done' ? undefined : readReason(form);
  if (reason !== undefined && 'problems' in reason) problems.push(...reason.problems);
  if (result === undefined || problems.length > 0) return { problems };
  const why = reason !== undefined && 'value' in reason ? { reason: reason.value } : {};
  const wave = form.get('wave') ?? '';
  const value: Cutover = {
    result,
    ...why,
    ...(date === undefined ? {} : { hypercareEnd: date }),
    // The cutover that the page was about: another may have been booked since.
    ...(wave === '' ? {} : { wave }),
  };
  return { value };
}

const cutover = defineAct<Cutover>({
  ...cutoverLink,
  explanation: () => [],
  fields: (view, { form, problems, now, at }) =>
    html`<input type="hidden" name="wave" value="${now.state.wave ?? ''}">${radios(view, {
      name: 'result',
      label: { fr: 'Bascule', en: 'Cutover' },
      choices: resultsNow(now, at).map((value) => ({ value, ...cutoverLabels[value] })),
      value: form?.get('result'),
      problem: problemOf(problems, 'result'),
    })}${dateField(view, {
      name: 'hypercareEnd',
      label: hypercareEnd,
      hint: {
        fr: `Uniquement si la bascule est faite ; à défaut, ${hypercareDays} jours après la bascule`,
        en: `Only if the cutover is done; by default, ${hypercareDays} days after the cutover`,
      },
      optional: true,
      value: form?.dateParts('hypercareEnd'),
      problem: problemOf(problems, 'hypercareEnd'),
    })}${reasonField(view, { form, problems, label: cutoverReason })}`,
  first: 'result',
  button: { label: { fr: 'Enregistrer la bascule', en: 'Record the cutover' } },
  read: readCutover,
  run: recordCutover,
});

const resumption = defineAct<string>({
  ...resumptionLink,
  explanation: () => [
    {
      fr: 'Une nouvelle exécution repart du dernier point de reprise. Aucune décision n’est perdue ; l’exécution précédente, si elle est encore ouverte, s’arrête d’elle-même. À utiliser une fois la panne réparée, ou si le dossier n’avance plus.',
      en: 'A new run starts from the last checkpoint. No decision is lost; the previous run, if it is still open, ends by itself. Use this after a fault has been fixed, or when the onboarding no longer progresses.',
    },
  ],
  ...reasonAlone,
  button: { label: { fr: 'Reprendre', en: 'Resume' } },
  run: resume,
});

/** The dates between which an operator decides; none for a customer that has no such place any more. */
function datesOfKept({ state: { cutover, blockingDue } }: Snapshot): readonly Text[] {
  if (cutover === undefined || blockingDue === undefined) return [];
  return [
    {
      fr: `Bascule le ${formatDate(cutover, 'fr')} ; condition bloquante à lever au plus tard le ${formatDate(blockingDue, 'fr')}. La page du dossier dit laquelle.`,
      en: `Cutover on ${formatDate(cutover, 'en')}; blocking condition to be cleared by ${formatDate(blockingDue, 'en')}. The page of the onboarding names it.`,
    },
  ];
}

const keepPlace = defineAct<string>({
  ...keepPlaceLink,
  explanation: (now) => [
    ...datesOfKept(now),
    {
      fr: 'Le client garde sa place et quitte la liste de travail. La condition reste ouverte : la bascule ne pourra être décidée qu’une fois la condition levée, ou par deux personnes.',
      en: 'The customer keeps its place and leaves the work list. The condition stays open: the cutover can be decided only once it is cleared, or by two people.',
    },
    {
      fr: 'Pour lui donner une date plus tardive, déplacez-le plutôt dans une autre vague, depuis la page du dossier.',
      en: 'To give it a later date, move it to another wave instead, from the page of the onboarding.',
    },
  ],
  ...reasonAlone,
  button: { label: { fr: 'Garder la place', en: 'Keep the place' } },
  run: keepDespiteCondition,
});

const placementReview = defineAct<string>({
  ...placementReviewLink,
  explanation: () => [
    {
      fr: 'Pour diviser le dossier en parties ou placer le client ailleurs. Une place réservée est gardée jusqu’à la décision ; sur la liste d’attente, aucune place ne lui est proposée d’ici là.',
      en: 'To split the onboarding into parts or to place the customer elsewhere. A held place is kept until the decision; on the waiting list, no place is offered until then.',
    },
  ],
  ...reasonAlone,
  button: { label: { fr: 'Ouvrir la revue', en: 'Open the review' } },
  run: openPlacementReview,
});

/** What operators do on an onboarding by a form of its own. */
export const operatorActs: readonly Act[] = [
  cutover,
  keepPlace,
  placementReview,
  ...commonActs.map(forOperators),
  resumption,
  erasureDecision,
  erasure,
];
