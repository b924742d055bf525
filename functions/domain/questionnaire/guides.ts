import type { Text } from '../text.ts';
import type { QuestionId } from './answers.ts';

/** A public guide that helps to answer. */
export interface Guide {
  readonly label: Text;
  readonly address: string;
}

const sensitivity: Guide = {
  label: {
    fr: 'Vade-mecum de la DINUM sur la sensibilité des données (article 31 de la loi SREN)',
    en: 'DINUM’s vade-mecum on the sensitivity of data (article 31 of the SREN law), in French',
  },
  address: 'https://numerique.gouv.fr/offre-accompagnement/reference-vade-mecum-sensibilite-donnees',
};

/** State bodies analyse their data case by case: the guide is offered where the three questions about it are asked. */
const guides: Readonly<Partial<Record<QuestionId, Guide>>> = {
  B4: sensitivity,
  B5: sensitivity,
  B6: sensitivity,
};

export function guideOf(id: QuestionId): Guide | undefined {
  return guides[id];
}
