import type { Draft } from '../../domain/onboarding/draft.ts';
import { type Acting, isActive, may, type Person } from '../../domain/onboarding/people.ts';
import type { Text } from '../../domain/text.ts';
import { linkButton, noValue, table } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import { linkState, nameCell, roleLine } from '../shared/layout/person-words.ts';
import type { View } from '../shared/layout/view.ts';
import { type Invitation, invitations, inviteLabel, roleOf } from './people-words.ts';

export const peoplePath = '/questionnaire/people';
export const peopleTitle: Text = {
  fr: 'Les personnes qui répondent avec vous',
  en: 'The people who answer with you',
};

/** Confirmations of what was done on the pages of persons. */
export const peopleFlashes: Readonly<Record<string, Text>> = {
  'person-invited': {
    fr: 'L’invitation part à l’instant. Cette personne recevra son propre lien.',
    en: 'The invitation is on its way. This person will receive a link of their own.',
  },
  'person-changed': {
    fr: 'Les coordonnées sont modifiées. L’ancien lien ne fonctionne plus ; le nouveau part à l’instant.',
    en: 'The details are changed. The old link no longer works; the new one is on its way.',
  },
  'person-sent': { fr: 'Le lien a été renvoyé.', en: 'The link has been sent again.' },
  'person-revoked': {
    fr: 'L’accès est retiré : le lien et les sessions de cette personne ne fonctionnent plus. Ses réponses sont conservées.',
    en: 'The access is revoked: this person’s link and sessions no longer work. Their answers are kept.',
  },
};

/** When someone has saved an answer last. */
function lastAnswer(view: View, { id }: Person, draft: Draft | undefined): string {
  const own = [...(draft?.saved.values() ?? [])].filter(({ by }) => by === id).map(({ at }) => at);
  const last = own.toSorted().at(-1);
  return last === undefined ? noValue : instantText(view, last);
}

function manageLink(view: View, person: Person, acting: Acting): Html {
  if (!isActive(person) || !may(acting, { kind: 'name', role: person.role })) return nothing;
  return html`<a href="${view.href(`${peoplePath}/${person.id}`)}">${view.t({ fr: 'Modifier, renvoyer ou retirer', en: 'Change, send again or revoke' })}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${person.name}</span></a>`;
}

/** Whom one may still name: each office once. */
function open(people: readonly Person[], acting: Acting): readonly Invitation[] {
  const taken = people.filter(isActive).map(({ office }) => office);
  return invitations.filter(
    (each) => may(acting, { kind: 'name', role: roleOf(each) }) && !taken.some((office) => office === each),
  );
}

interface Shown {
  readonly people: readonly Person[];
  readonly draft: Draft | undefined;
  readonly acting: Acting;
  readonly contact: { readonly name: string };
}

/** Everybody who has, or had, a link of the onboarding, and the way to invite more. */
export function peopleListPage(view: View, { people, draft, acting, contact }: Shown): Page {
  return {
    title: peopleTitle,
    flashes: peopleFlashes,
    back: {
      path: '/questionnaire',
      label: { fr: 'Retour au questionnaire', en: 'Back to the questionnaire' },
    },
    body: html`<h1>${view.t(peopleTitle)}</h1>
<p>${view.t({
      fr: `${contact.name}, contact principal, répond de tout le dossier. Chaque personne invitée reçoit son propre lien : il n’ouvre que ses questions, sauf celui d’un suppléant, qui ouvre tout le dossier ; chaque réponse enregistrée porte son nom. Ne partagez pas votre lien.`,
      en: `${contact.name}, the main contact, answers for the whole onboarding. Each person you invite receives a link of their own: it opens only their questions, but for a deputy’s, which opens the whole onboarding; each saved answer bears their name. Do not share your own link.`,
    })}</p>
${people.length === 0 ? nothing : peopleTable(view, people, draft, acting)}
<h2>${view.t({ fr: 'Inviter', en: 'Invite' })}</h2>
<div class="actions">${open(people, acting).map((each) => linkButton(view, `${peoplePath}/new/${each}`, inviteLabel(each), 'second'))}</div>`,
  };
}

function peopleTable(view: View, people: readonly Person[], draft: Draft | undefined, acting: Acting): Html {
  return table(view, {
    caption: { fr: 'Personnes invitées', en: 'People invited' },
    rows: people,
    columns: [
      {
        name: { fr: 'Nom', en: 'Name' },
        cell: (person) => nameCell(view, person),
      },
      { name: { fr: 'Rôle', en: 'Role' }, cell: (person) => roleLine(view, person) },
      { name: { fr: 'Lien', en: 'Link' }, cell: (person) => linkState(view, person) },
      {
        name: { fr: 'Dernière réponse', en: 'Last answer' },
        cell: (person) => lastAnswer(view, person, draft),
      },
      { name: { fr: 'Gérer', en: 'Manage' }, cell: (person) => manageLink(view, person, acting) },
    ],
  });
}

/** What there is to say of one person above the forms. */
export function personFacts(view: View, person: Person): Html {
  const invited = dayText(view, person.invitedAt);
  return html`<p>${roleLine(view, person)}. ${linkState(view, person)}. <span class="soft">${view.t({ fr: `Première invitation le ${invited}.`, en: `First invited on ${invited}.` })}</span></p>`;
}
