import { type Cutover, recordCutover, resume } from '../../commands/upkeep.ts';
import { calendarDateOf, isCalendarDate } from '../../domain/calendar-date.ts';
import { checkpointOf, cutoverResults } from '../../domain/lifecycle.ts';
import type { Text } from '../../domain/text.ts';
import { hypercareDays } from '../../domain/waves/wave.ts';
import { businessStage } from '../../store/onboardings.ts';
import { type Problem, problemOf } from '../layout/error-summary.ts';
import { dateField, datePartsOf, radios } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { type Act, defineAct, type ReadContext } from '../staff/acts.ts';
import { readReason, reasonField } from '../staff/reason.ts';
import { erasure } from './erasure-act.ts';

export const cutoverWords: Readonly<
  Record<Cutover['result'], { readonly label: Text; readonly hint: Text }>
> = {
  done: {
    label: { fr: 'Faite', en: 'Done' },
    hint: {
      fr: 'La surveillance renforcée commence ; le dossier se clôt après son dernier jour.',
      en: 'Hypercare begins; the onboarding closes after its last day.',
    },
  },
  rolled_back: {
    label: { fr: 'Annulée après coup', en: 'Rolled back' },
    hint: {
      fr: 'Le dossier revient à « Passation faite ».',
      en: 'The onboarding goes back to “Handed over”.',
    },
  },
  postponed: {
    label: { fr: 'Reportée', en: 'Postponed' },
    hint: { fr: 'Le dossier reste à « Passation faite ».', en: 'The onboarding stays at “Handed over”.' },
  },
};

const noDate: Text = {
  fr: 'Fin de la surveillance : cette date n’existe pas ; corrigez le jour, le mois ou l’année.',
  en: 'End of hypercare: this date does not exist; correct the day, the month or the year.',
};
const pastDate: Text = {
  fr: 'Fin de la surveillance : cette date est passée ; donnez aujourd’hui ou plus tard.',
  en: 'End of hypercare: this date is past; give today or later.',
};
const noResult: Text = {
  fr: 'Bascule : choisissez une réponse.',
  en: 'Cutover: choose an answer.',
};

function readCutover({ form, deps }: ReadContext) {
  const result = cutoverResults.find((known) => known === form.get('result'));
  const date = form.date('hypercareEnd');
  const problems: Problem[] = [];
  if (result === undefined) problems.push({ field: 'result', message: noResult });
  if (date !== undefined && !isCalendarDate(date)) problems.push({ field: 'hypercareEnd', message: noDate });
  else if (date !== undefined && date < calendarDateOf(deps.clock.now())) {
    problems.push({ field: 'hypercareEnd', message: pastDate });
  }
  if (result === undefined || problems.length > 0) return { problems };
  const value: Cutover = {
    result,
    ...(date === undefined || result !== 'done' ? {} : { hypercareEnd: date }),
  };
  return { value };
}

const cutover = defineAct<Cutover>({
  path: 'cutover',
  label: { fr: 'Enregistrer la bascule', en: 'Record the cutover' },
  possible: ({ state }) => state.stage === 'HANDED_OVER' || state.stage === 'CUT_OVER',
  explanation: () => [],
  fields: (view, { form, problems, now }) =>
    html`${radios(view, {
      name: 'result',
      label: { fr: 'Bascule', en: 'Cutover' },
      choices: cutoverResults.map((value) => ({ value, ...cutoverWords[value] })),
      value: form?.get('result'),
      problem: problemOf(problems, 'result'),
    })}${dateField(view, {
      name: 'hypercareEnd',
      label: { fr: 'Fin de la surveillance renforcée', en: 'End of hypercare' },
      hint: {
        fr: `Seulement si la bascule est faite ; sans date, dans ${hypercareDays} jours`,
        en: `Only when the cutover is done; without a date, in ${hypercareDays} days`,
      },
      optional: true,
      value: form?.dateParts('hypercareEnd') ?? datePartsOf(now.state.hypercareEnd),
      problem: problemOf(problems, 'hypercareEnd'),
    })}`,
  first: 'result',
  button: { label: { fr: 'Enregistrer la bascule', en: 'Record the cutover' } },
  done: { fr: 'La bascule est enregistrée.', en: 'The cutover is recorded.' },
  read: readCutover,
  run: recordCutover,
});

const resumption = defineAct<string>({
  path: 'resumption',
  label: { fr: 'Reprendre l’exécution', en: 'Resume the run' },
  possible: ({ state }) =>
    state.stage !== 'CLOSED' && checkpointOf(businessStage(state), state.reviewKind) !== undefined,
  explanation: () => [
    {
      fr: 'Une nouvelle exécution repart du dernier point de reprise. Rien de ce qui est décidé n’est perdu ; l’exécution précédente, s’il en reste une, s’arrête d’elle-même. À faire après une panne réparée, ou si le dossier n’avance plus.',
      en: 'A new run starts from the last checkpoint. Nothing that was decided is lost; the run before it, if any is left, ends by itself. Do it after a fault is mended, or when the onboarding no longer moves.',
    },
  ],
  fields: (view, filled) => reasonField(view, filled),
  first: 'reason',
  button: { label: { fr: 'Reprendre', en: 'Resume' } },
  done: { fr: 'Une nouvelle exécution est lancée.', en: 'A new run is started.' },
  read: ({ form }) => readReason(form),
  run: resume,
});

/** What only operators do in the ordinary course of things. */
export const operatorActs: readonly Act[] = [cutover];

/** The way out of a fault, and what nothing takes back; anything else first. */
export const lastResorts: readonly Act[] = [resumption, erasure];
