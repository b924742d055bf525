import { type ErasureReason, erasureReasons } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios, textField } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { type Act, defineAct, type ReadContext } from '../shared/staff/acts.ts';
import { erasureReasonLabels } from './erasure-labels.ts';
import { erasureLink } from './operator-act-links.ts';

const noReason: Text = { fr: 'Motif : choisissez une option.', en: 'Reason: select an option.' };

function readErasure({ form, now }: ReadContext) {
  const reason = erasureReasons.find((known) => known === form.get('reason'));
  const { reference } = now.state;
  const problems: Problem[] = [];
  if (reason === undefined) problems.push({ field: 'reason', message: noReason });
  if (form.get('confirmation')?.trim().toUpperCase() !== reference) {
    const message = {
      fr: `Référence du dossier : saisissez ${reference} pour confirmer.`,
      en: `Onboarding reference: enter ${reference} to confirm.`,
    };
    problems.push({ field: 'confirmation', message });
  }
  return reason === undefined || problems.length > 0 ? { problems } : { value: reason };
}

/** Loaded when it is carried out, which is rare. */
const loadErase = () => import('../../application/erase.ts');

/** Erasure cannot be undone, so the operator has to enter the reference. */
export const erasure: Act = defineAct<ErasureReason>({
  ...erasureLink,
  explanation: ({ state }) => [
    {
      fr: 'Contact, réponses, brouillons, résultat, contrat enregistré, liens et noms sont effacés immédiatement et définitivement. L’historique sans noms, le SIREN, l’issue et la preuve de l’effacement sont conservés. Les copies de sauvegarde expirent d’elles-mêmes ; les courriels déjà envoyés ne peuvent pas être effacés.',
      en: 'Contact, answers, drafts, result, recorded contract, links and names are erased immediately and permanently. The history without names, the SIREN, the outcome and the proof of erasure are kept. Copies in backups expire by themselves; emails already sent cannot be erased.',
    },
    ...(state.stage === 'CLOSED'
      ? []
      : [
          {
            fr: 'Ce dossier est ouvert : il est d’abord clos, et sa place est libérée si elle n’a pas été utilisée. Aucun courriel n’est envoyé.',
            en: 'This onboarding is open: it is closed first, and its place is released unless it was used. No email is sent.',
          },
        ]),
  ],
  fields: (view, { form, problems }) =>
    html`${radios(view, {
      name: 'reason',
      label: { fr: 'Motif', en: 'Reason' },
      choices: erasureReasons.map((value) => ({ value, label: erasureReasonLabels[value] })),
      value: form?.get('reason'),
      problem: problemOf(problems, 'reason'),
    })}${textField(view, {
      name: 'confirmation',
      label: { fr: 'Référence du dossier', en: 'Onboarding reference' },
      hint: {
        fr: 'Saisissez-la pour confirmer ; elle figure en haut de cette page',
        en: 'Enter it to confirm; it is shown at the top of this page',
      },
      short: true,
      value: form?.get('confirmation'),
      problem: problemOf(problems, 'confirmation'),
    })}`,
  first: 'confirmation',
  button: { label: { fr: 'Effacer définitivement', en: 'Erase permanently' }, look: 'danger' },
  read: readErasure,
  run: async (deps, reference, reason, who) => {
    await (await loadErase()).eraseOnboarding(deps, reference, reason, who);
  },
});
