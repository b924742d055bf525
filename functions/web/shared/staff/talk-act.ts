import { recordTalk } from '../../../application/talk.ts';
import { silenceDays, talking } from '../../../domain/onboarding/durations.ts';
import { type TalkHeld, talkOutcomes } from '../../../domain/onboarding/transitions/talk.ts';
import type { Text } from '../../../domain/text.ts';
import { problemOf } from '../layout/error-summary.ts';
import { radios } from '../layout/fields.ts';
import { html } from '../layout/html.ts';
import { type Act, defineAct, type ReadContext } from './acts.ts';
import { talkLink } from './common-act-links.ts';
import { readReason, reasonField } from './reason.ts';

const outcomeLabels: Readonly<Record<TalkHeld['outcome'], { readonly label: Text; readonly hint: Text }>> = {
  goes_on: {
    label: { fr: 'Il va répondre', en: 'It is going to answer' },
    hint: {
      fr: 'La pause prend fin ; un courriel lui dit jusqu’à quand répondre.',
      en: 'The pause ends; an email says by when to answer.',
    },
  },
  needs_more_time: {
    label: { fr: 'Il lui faut plus de temps', en: 'It needs more time' },
    hint: {
      fr: 'La pause continue jusqu’à sa fin, sans rappel ; vous n’avez plus rien à faire d’ici là.',
      en: 'The pause goes on to its end, without reminders; you do not need to do anything until then.',
    },
  },
  stops: {
    label: { fr: 'Il ne souhaite pas poursuivre', en: 'It does not wish to continue' },
    hint: {
      fr: 'L’invitation est déclinée : le dossier est clos et un courriel le confirme.',
      en: 'The invitation is declined: the onboarding is closed and an email confirms it.',
    },
  },
};

const outcomeLabel: Text = { fr: 'Ce que veut le client', en: 'What the customer wants' };
const stopReason: Text = {
  fr: 'Motif, si le client ne souhaite pas poursuivre',
  en: 'Reason, if the customer does not wish to continue',
};

function readTalk({ form }: ReadContext) {
  const outcome = talkOutcomes.find((known) => known === form.get('outcome'));
  if (outcome === undefined) {
    const message = {
      fr: `${outcomeLabel.fr} : choisissez une option.`,
      en: `${outcomeLabel.en}: select an option.`,
    };
    return { problems: [{ field: 'outcome', message }] };
  }
  if (outcome !== 'stops') return { value: { outcome } };
  const reason = readReason(form, 'reason', stopReason);
  return 'problems' in reason ? reason : { value: { outcome, reason: reason.value } };
}

/** Sales, or operators in their place, have talked with a customer that wanted to. */
export const talkAct: Act = defineAct<TalkHeld>({
  ...talkLink,
  explanation: () => [
    {
      fr: `À enregistrer une fois que vous avez parlé avec le client. Son délai de ${silenceDays.answers} jours est prolongé des jours de pause, ${talking.longestDays} au plus.`,
      en: `Record this once you have talked with the customer. Its ${silenceDays.answers} days to answer are extended by the days of the pause, at most ${talking.longestDays}.`,
    },
  ],
  fields: (view, { form, problems }) =>
    html`${radios(view, {
      name: 'outcome',
      label: outcomeLabel,
      choices: talkOutcomes.map((value) => ({ value, ...outcomeLabels[value] })),
      value: form?.get('outcome'),
      problem: problemOf(problems, 'outcome'),
    })}${reasonField(view, { form, problems, label: stopReason })}`,
  first: 'outcome',
  button: { label: { fr: 'Enregistrer l’échange', en: 'Record the talk' } },
  read: readTalk,
  run: recordTalk,
});
