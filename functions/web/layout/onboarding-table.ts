import { lifecycle } from '../../domain/lifecycle.ts';
import type { Text } from '../../domain/text.ts';
import type { OnboardingState } from '../../store/onboarding-state.ts';
import { table } from './components.ts';
import { dayText } from './dates.ts';
import { type Html, html } from './html.ts';
import { partyLabels, stageTag } from './stage-tag.ts';
import type { View } from './view.ts';

/** Onboardings in a list; `at` is the folder of their pages. */
export function onboardingTable(
  view: View,
  { caption, rows, at }: { caption: Text; rows: readonly OnboardingState[]; at: '/sales' | '/operations' },
): Html {
  return table(view, {
    caption,
    rows,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ name, reference }) => html`<a href="${view.href(`${at}/${reference}`)}">${name}</a>`,
      },
      { name: { fr: 'Référence', en: 'Reference' }, cell: ({ reference }) => reference },
      { name: { fr: 'Étape', en: 'Stage' }, cell: ({ stage }) => stageTag(view, stage) },
      {
        name: { fr: 'À qui d’agir', en: 'Whose turn' },
        cell: ({ stage }) => view.t(partyLabels[lifecycle[stage].ball]),
      },
      { name: { fr: 'Depuis le', en: 'Since' }, cell: ({ stageSince }) => dayText(view, stageSince) },
    ],
  });
}
