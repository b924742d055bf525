import { dateOutlook } from '../../domain/onboarding/date-outlook.ts';
import type { PartOfWhole } from '../../domain/onboarding/part.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { formatNumber, type Language, midSentence, type Text } from '../../domain/text.ts';
import { table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { partyText } from './party-text.ts';
import { statusPath } from './status-path.ts';

/** A part by its number and its scope. */
export function partTitle({ number }: Pick<PartOfWhole, 'number'>, scope: string): Text {
  return { fr: `Partie ${number} : ${scope}`, en: `Part ${number}: ${scope}` };
}

function dateOfPart(view: View, part: Snapshot, at: Date): Html {
  const outlook = dateOutlook(part, at);
  return 'date' in outlook ? html`${dayText(view, outlook.date)}` : html`${view.t(outlook.reason)}`;
}

/** The parts of a split onboarding: where each is, its date or why there is none, and who must act. */
export function partsTable(view: View, parts: readonly Snapshot[], at: Date): Html {
  if (parts.length === 0) return nothing;
  return table(view, {
    caption: { fr: 'Les parties de votre migration', en: 'The parts of your migration' },
    rows: parts,
    columns: [
      {
        name: { fr: 'Partie', en: 'Part' },
        cell: ({ state }) =>
          state.part === undefined
            ? nothing
            : html`<a href="${view.href(statusPath(state))}">${view.t(partTitle(state.part, state.scope ?? ''))}</a>`,
      },
      {
        name: { fr: 'Utilisateurs', en: 'Users' },
        cell: ({ state }) => formatNumber(state.part?.users ?? 0, view.language),
      },
      { name: { fr: 'Étape', en: 'Stage' }, cell: ({ state }) => stageTag(view, state) },
      { name: { fr: 'Bascule', en: 'Cutover' }, cell: (part) => dateOfPart(view, part, at) },
      {
        name: { fr: 'Qui doit agir', en: 'Who must act' },
        cell: ({ state, wait }) => view.t(midSentence(partyText(whoseTurn(state, wait)))),
      },
    ],
  });
}

/** Who must act next for a customer in parts: the customer for those that wait for it, or the platform. */
export function turnOfParts(parts: readonly Snapshot[]): Text {
  const awaited = parts.flatMap(({ state, wait }) =>
    state.part !== undefined && whoseTurn(state, wait) === 'customer' ? [state.part.number] : [],
  );
  if (awaited.length === 0) return midSentence(partyText('platform'));
  const list = (language: Language) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(awaited.map(String));
  const many = awaited.length > 1;
  return {
    fr: `vous, pour ${many ? 'les parties' : 'la partie'} ${list('fr')}`,
    en: `you, for part${many ? 's' : ''} ${list('en')}`,
  };
}
