import { isActive, type Person, type RevocationReason, roleText } from '../../../domain/onboarding/people.ts';
import { sections } from '../../../domain/questionnaire/questionnaire.ts';
import { midSentence, type Text } from '../../../domain/text.ts';
import { dayText } from './dates.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

/** Why an operator has revoked an access. */
export const revocationReasonLabels: Readonly<Record<RevocationReason, Text>> = {
  wrong_person: { fr: 'Ce n’était pas la bonne personne', en: 'It was not the right person' },
  left: {
    fr: 'La personne a quitté l’organisme ou le projet',
    en: 'The person has left the organisation or the project',
  },
  link_disclosed: { fr: 'Le lien a été communiqué à d’autres', en: 'The link was disclosed to others' },
  asked_by_organisation: { fr: 'À la demande de l’organisme', en: 'At the request of the organisation' },
};

/** The role of a person, with the sections that it answers whole: `Collègue invité, parties A et E`. */
export function roleLine(view: View, person: Person): string {
  const names = sections.filter(({ id }) => person.sections.includes(id)).map(({ id }) => id);
  if (names.length === 0) return view.t(roleText(person));
  const list = names.join(', ');
  return `${view.t(roleText(person))} (${view.t({ fr: `parties : ${list}`, en: `sections: ${list}` })})`;
}

/** Whether a link was opened, and when. */
function stateOfLink(view: View, person: Person): string {
  const { invitedAt, openedAt, revokedAt, revokedFor, erasedAt } = person;
  if (erasedAt !== undefined) {
    const on = dayText(view, erasedAt);
    return view.t({
      fr: `Données effacées le ${on}, à la demande de la personne`,
      en: `Data erased on ${on}, at the person’s request`,
    });
  }
  if (revokedAt !== undefined) {
    const on = dayText(view, revokedAt);
    const why = revokedFor === undefined ? undefined : midSentence(revocationReasonLabels[revokedFor]);
    return view.t(
      why === undefined
        ? { fr: `Accès retiré le ${on}`, en: `Access revoked on ${on}` }
        : {
            fr: `Accès retiré le ${on} par l’exploitation : ${why.fr}`,
            en: `Access revoked on ${on} by operations: ${why.en}`,
          },
    );
  }
  if (openedAt !== undefined) {
    const on = dayText(view, openedAt);
    return view.t({ fr: `Lien ouvert le ${on}`, en: `Link opened on ${on}` });
  }
  const on = dayText(view, invitedAt);
  return view.t({
    fr: `Invitation envoyée le ${on}, lien pas encore ouvert`,
    en: `Invited on ${on}, link not opened yet`,
  });
}

/** Whether a link was opened and when, and whether the mail with it arrived. */
export function linkState(view: View, person: Person): string {
  const state = stateOfLink(view, person);
  if (person.mailBounced !== true || !isActive(person)) return state;
  return `${state}${view.t({ fr: ' ; courriel non remis : vérifiez l’adresse', en: '; email not delivered: check the address' })}`;
}

/** The name of a person with the address below, or that nothing is held on them any more. */
export function nameCell(view: View, { name, email, erasedAt }: Person): Html {
  if (erasedAt !== undefined)
    return html`<span class="soft">${view.t({ fr: 'Données effacées', en: 'Data erased' })}</span>`;
  return html`${name}<br><span class="soft">${email}</span>`;
}
