import { table } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { answersShown, type ReaderCode, readerCodes, readers } from './readers.ts';

/** A reader by name, and whether it is whoever opens the page. */
function readerName(view: View, code: ReaderCode, own: ReaderCode): string {
  const name = view.t(readers[code].name);
  return code === own ? `${name} ${view.t({ fr: '(vous)', en: '(you)' })}` : name;
}

/** Who is shown what of an onboarding, for one of those who answer. */
export function readersTable(view: View, own: ReaderCode): Html {
  return html`${table(view, {
    caption: { fr: 'Ce que chacun voit du dossier', en: 'What each of them sees of the onboarding' },
    rows: readerCodes,
    columns: [
      { name: { fr: 'Qui', en: 'Who' }, cell: (code) => readerName(view, code, own) },
      {
        name: { fr: 'Réponses', en: 'Answers' },
        cell: (code) => view.t(answersShown[readers[code].answers]),
      },
      {
        name: { fr: 'Résultat et motifs', en: 'Result and reasons' },
        cell: (code) => view.t(readers[code].result ? { fr: 'Oui', en: 'Yes' } : { fr: 'Non', en: 'No' }),
      },
    ],
  })}
<p>${view.t({
    fr: 'Les motifs disent quelles règles s’appliquent : ils laissent deviner certaines réponses. Aucune réponse ne figure dans un courriel, un lien ou un journal technique.',
    en: 'The reasons say which rules apply, so some answers can be inferred from them. No answer appears in an email, a link or a technical log.',
  })}</p>`;
}
