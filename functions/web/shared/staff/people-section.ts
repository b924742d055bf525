import { isActive, type Person } from '../../../domain/onboarding/people.ts';
import { noValue, table } from '../layout/components.ts';
import { dayText } from '../layout/dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { linkState, nameCell, roleLine } from '../layout/person-words.ts';
import type { View } from '../layout/view.ts';
import type { File } from './file.ts';

function revocationLink(view: View, { reference }: File['now']['state'], person: Person): Html | string {
  if (!isActive(person)) return noValue;
  const path = `/operations/${reference}/people/${person.id}/revocation`;
  return html`<a href="${view.href(path)}">${view.t({ fr: 'Retirer l’accès', en: 'Revoke the access' })}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${person.name}</span></a>`;
}

/** Those whom the customer has named to answer with the contact; operators may revoke each. */
export function peopleSection(view: View, { people, now: { state } }: File, forOperators: boolean): Html {
  if (people.length === 0) return nothing;
  const mayRevoke = forOperators && state.stage !== 'CLOSED';
  return html`<h2>${view.t({ fr: 'Personnes du dossier', en: 'People of the onboarding' })}</h2>
${table(view, {
  caption: { fr: 'Désignées par le client', en: 'Named by the customer' },
  rows: people,
  columns: [
    {
      name: { fr: 'Nom', en: 'Name' },
      cell: (person) => nameCell(view, person),
    },
    { name: { fr: 'Rôle', en: 'Role' }, cell: (person) => roleLine(view, person) },
    { name: { fr: 'Depuis', en: 'Since' }, cell: ({ invitedAt }) => dayText(view, invitedAt) },
    { name: { fr: 'Lien', en: 'Link' }, cell: (person) => linkState(view, person) },
    ...(mayRevoke
      ? [
          {
            name: { fr: 'Action', en: 'Action' },
            cell: (person: Person) => revocationLink(view, state, person),
          },
        ]
      : []),
  ],
})}`;
}
