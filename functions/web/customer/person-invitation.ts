import { type Person, roleText } from '../../domain/onboarding/people.ts';
import { personNotice } from '../../domain/onboarding/person-notice.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { form, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { askedOf } from './asked-of-person.ts';
import { closedTitle } from './ended.ts';
import { readersTable } from './readers-table.ts';

/** What the page behind a person's link is about. */
export interface Invited {
  readonly person: Person;
  readonly organisation: string;
  /** Name of the contact. */
  readonly contactName: string;
  /** The deputy who has named them, when it was not the contact. */
  readonly namer: Person | undefined;
  /** The onboarding has ended: nothing is asked of them any more. */
  readonly isClosed: boolean;
}

const title: Text = { fr: 'Votre aide est demandée', en: 'Your help is needed' };

/** A deputy by name, as long as their data is held. */
function namerText({ name, erasedAt }: Person): Text {
  return erasedAt === undefined
    ? { fr: `${name}, suppléant du contact principal`, en: `${name}, deputy of the main contact` }
    : { fr: 'un suppléant du contact principal', en: 'a deputy of the main contact' };
}

/** Who has named a person, and when. */
function namedLine(view: View, { person, organisation, contactName, namer }: Invited): string {
  const on = dayText(view, person.invitedAt);
  const role = midSentence(roleText(person));
  const by: Text =
    namer === undefined
      ? { fr: `${contactName}, contact principal`, en: `${contactName}, the main contact` }
      : namerText(namer);
  return view.t({
    fr: `Bonjour ${person.name}. Le ${on}, ${by.fr} de l’organisme ${organisation}, vous a désigné pour participer au dossier d’arrivée de cet organisme sur ${view.platform}. Votre rôle : ${role.fr}.`,
    en: `Hello ${person.name}. On ${on}, ${by.en} of ${organisation}, named you to take part in the onboarding of that organisation to ${view.platform}. Your role: ${role.en}.`,
  });
}

/** What is held of a person, where it comes from and what they may ask for. */
export function noticePart(view: View, heading: Text): Html {
  return html`<h2>${view.t(heading)}</h2>
${summaryList(
  view,
  personNotice(view).map(({ about, text }) => ({ key: about, value: view.t(text) })),
)}
<p><a href="${view.href('/privacy')}#named">${view.t({ fr: 'Données personnelles : en savoir plus', en: 'Personal data: more' })}</a></p>`;
}

function askedPart(view: View, { person, isClosed }: Invited): Html {
  if (isClosed) {
    return html`<p>${view.t({
      fr: 'Ce dossier est clos : il n’y a plus rien à remplir. Votre lien ouvre encore son état et ce que nous détenons sur vous, que vous pouvez télécharger et effacer.',
      en: 'This onboarding is closed: there is nothing left to fill in. Your link still opens its status and what we hold on you, which you can download and erase.',
    })}</p>`;
  }
  return html`<h2>${view.t({ fr: 'Ce qui vous est demandé', en: 'What is asked of you' })}</h2>
${askedOf(view, person)}
<p>${view.t({
    fr: 'Ce lien est le vôtre : chaque réponse enregistrée porte votre nom. Ne le transmettez pas. Vous pouvez vous interrompre et revenir. N’inscrivez aucune information classifiée.',
    en: 'This link is yours: each answer you save bears your name. Do not share it. You can stop and come back. Do not enter any classified information.',
  })}</p>`;
}

/**
 * The page behind the link of someone whom the contact or a deputy has named: what the mail with the link says, and what
 * is asked of them. Opening it changes nothing.
 */
export function personInvitationPage(view: View, path: string, invited: Invited): Page {
  const { person, isClosed } = invited;
  const shownTitle = isClosed ? closedTitle : title;
  return {
    title: shownTitle,
    body: html`<h1>${view.t(shownTitle)}</h1>
<p>${namedLine(view, invited)}</p>
${askedPart(view, invited)}
${form(view, {
  action: path,
  content: html``,
  buttons: [
    {
      label:
        isClosed || person.role === 'deputy'
          ? { fr: 'Ouvrir le dossier', en: 'Open the onboarding' }
          : { fr: 'Ouvrir ma partie', en: 'Open my part' },
    },
  ],
})}
<h2>${view.t({ fr: 'Qui lit les réponses', en: 'Who reads the answers' })}</h2>
${readersTable(view, person.role)}
${noticePart(view, { fr: 'Vos données personnelles', en: 'Your personal data' })}`,
  };
}
