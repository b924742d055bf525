import { eraseOnboarding } from '../../application/erase.ts';
import { type ErasureReason, erasureReasons } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios, textField } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { type Act, defineAct, type ReadContext } from '../shared/staff/acts.ts';

const reasonWords: Readonly<Record<ErasureReason, Text>> = {
  asked_by_person: { fr: 'Demandé par la personne', en: 'Asked for by the person' },
  retention_over: { fr: 'Durée de conservation dépassée', en: 'Kept for the time that was promised' },
  entered_by_mistake: { fr: 'Saisi par erreur', en: 'Entered by mistake' },
};

const noReason: Text = { fr: 'Motif : choisissez une réponse.', en: 'Reason: choose an answer.' };

function readErasure({ form, now }: ReadContext) {
  const reason = erasureReasons.find((known) => known === form.get('reason'));
  const { reference } = now.state;
  const problems: Problem[] = [];
  if (reason === undefined) problems.push({ field: 'reason', message: noReason });
  if (form.get('confirmation')?.trim().toUpperCase() !== reference) {
    const message = {
      fr: `Référence du dossier : écrivez ${reference} pour confirmer.`,
      en: `Reference of the onboarding: write ${reference} to confirm.`,
    };
    problems.push({ field: 'confirmation', message });
  }
  return reason === undefined || problems.length > 0 ? { problems } : { value: reason };
}

/** The one act that nothing takes back: whoever does it writes the reference, so that no click is enough. */
export const erasure: Act = defineAct<ErasureReason>({
  path: 'erasure',
  label: { fr: 'Effacer les données personnelles', en: 'Erase the personal data' },
  possible: ({ state }) => state.erasure?.doneAt === undefined,
  explanation: ({ state }) => [
    {
      fr: 'Contact, réponses, brouillons, résultat, liens et noms sont effacés aussitôt et pour toujours. Restent l’historique sans noms, le SIREN, l’issue et la preuve de l’effacement. Les copies de sauvegarde expirent d’elles-mêmes ; les courriels déjà partis sont hors d’atteinte.',
      en: 'Contact, answers, drafts, result, links and names are erased at once and for good. What stays is the history without names, the SIREN, the outcome and the proof of the erasure. Copies in backups expire by themselves; mails that were sent are out of reach.',
    },
    ...(state.stage === 'CLOSED'
      ? []
      : [
          {
            fr: 'Ce dossier est ouvert : il est clos d’abord, et sa place est libérée si elle n’a pas servi. Personne n’en est averti par courriel.',
            en: 'This onboarding is open: it is closed first, and its place is freed unless it was used. Nobody is told by mail.',
          },
        ]),
  ],
  fields: (view, { form, problems }) =>
    html`${radios(view, {
      name: 'reason',
      label: { fr: 'Motif', en: 'Reason' },
      choices: erasureReasons.map((value) => ({ value, label: reasonWords[value] })),
      value: form?.get('reason'),
      problem: problemOf(problems, 'reason'),
    })}${textField(view, {
      name: 'confirmation',
      label: { fr: 'Référence du dossier', en: 'Reference of the onboarding' },
      hint: {
        fr: 'Écrivez-la pour confirmer ; elle est en haut de cette page',
        en: 'Write it to confirm; it stands at the top of this page',
      },
      short: true,
      value: form?.get('confirmation'),
      problem: problemOf(problems, 'confirmation'),
    })}`,
  first: 'confirmation',
  button: { label: { fr: 'Effacer pour toujours', en: 'Erase for good' }, look: 'danger' },
  done: { fr: 'Les données personnelles sont effacées.', en: 'The personal data is erased.' },
  read: readErasure,
  run: async (deps, reference, reason, who) => {
    await eraseOnboarding(deps, reference, reason, who);
  },
});
