import type { Cutover } from '../../domain/onboarding/transitions/hand-over.ts';
import type { Text } from '../../domain/text.ts';

const anotherDate: Text = {
  fr: 'Une autre date est recherchée en priorité, avec les mêmes réponses ; le client et l’équipe commerciale en sont informés.',
  en: 'Another date is sought with priority, with the same answers; the customer and sales are informed.',
};

export const cutoverLabels: Readonly<
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
    label: { fr: 'Annulée (retour arrière)', en: 'Rolled back' },
    hint: anotherDate,
  },
  postponed: {
    label: { fr: 'Reportée', en: 'Postponed' },
    hint: anotherDate,
  },
};
