import { enteredBy, type Interview } from '../../domain/onboarding/interviews.ts';
import {
  erasedPerson,
  isActive,
  type Person,
  type PersonRole,
  roleText,
} from '../../domain/onboarding/people.ts';
import { midSentence, type Text } from '../../domain/text.ts';

/** Whom one may name, by the word of the form. */
export const invitations = ['ciso', 'dpo', 'cio', 'section', 'deputy', 'integrator'] as const;
export type Invitation = (typeof invitations)[number];

const inviteLabels: Readonly<Record<Invitation, Text>> = {
  ciso: { fr: 'Inviter le RSSI', en: 'Invite the CISO' },
  dpo: { fr: 'Inviter le DPO', en: 'Invite the DPO' },
  cio: { fr: 'Inviter le DSI', en: 'Invite the CIO' },
  section: { fr: 'Inviter un collègue pour une partie', en: 'Invite a colleague for a section' },
  deputy: { fr: 'Nommer un suppléant', en: 'Name a deputy' },
  integrator: { fr: 'Inviter l’intégrateur', en: 'Invite the integrator' },
};

export function inviteLabel(invitation: Invitation): Text {
  return inviteLabels[invitation];
}

/** What the person will be able to do, said before the invitation is sent. */
const inviteRights: Readonly<Record<Invitation, Text>> = {
  ciso: {
    fr: 'Le RSSI répondra aux questions de la partie B qui relèvent de la sécurité.',
    en: 'The CISO will answer the questions of section B about security.',
  },
  dpo: {
    fr: 'Le DPO répondra aux questions de la partie B sur les données personnelles et les données de santé.',
    en: 'The DPO will answer the questions of section B about personal and health data.',
  },
  cio: {
    fr: 'Le DSI répondra aux parties C et D.',
    en: 'The CIO will answer sections C and D.',
  },
  section: {
    fr: 'Ce collègue répondra aux parties que vous cochez.',
    en: 'This colleague will answer the sections that you tick.',
  },
  deputy: {
    fr: 'Le suppléant peut tout faire à votre place : répondre, envoyer, choisir la date, inviter et retirer. Seule la nomination d’un suppléant vous reste réservée.',
    en: 'The deputy can do everything in your place: answer, submit, choose the date, invite and withdraw. Only naming a deputy remains yours.',
  },
  integrator: {
    fr: 'L’intégrateur répondra aux parties C et D et suivra les dates. Il ne voit ni les parties A, B et E, ni le résultat.',
    en: 'The integrator will answer sections C and D and follow the dates. They do not see sections A, B and E, nor the result.',
  },
};

const limits: Text = {
  fr: 'Cette personne ne verra aucune autre réponse et ne pourra ni envoyer le questionnaire, ni choisir une date, ni retirer la demande.',
  en: 'This person will see no other answer and can neither submit the questionnaire, nor choose a date, nor withdraw the request.',
};

export function rightsText(invitation: Invitation): readonly Text[] {
  return invitation === 'deputy' ? [inviteRights.deputy] : [inviteRights[invitation], limits];
}

export function roleOf(invitation: Invitation): PersonRole {
  return invitation === 'deputy' || invitation === 'integrator' ? invitation : 'invitee';
}

/** Names those who saved something, by the id of their actor: `par Claire Petit (RSSI)`. */
export type NameOf = (by: string) => Text | undefined;

/** A person's name with the role, or an operator with the person spoken with; the words after "saved on ...". */
export function nameOf(people: readonly Person[], interviews: readonly Interview[] = []): NameOf {
  return (by) => {
    const interview = interviews.find(({ id }) => id === by);
    if (interview !== undefined) return enteredBy(interview);
    const person = people.find(({ id }) => id === by);
    if (person === undefined) return undefined;
    if (person.erasedAt !== undefined) return { fr: `par ${erasedPerson.fr}`, en: `by ${erasedPerson.en}` };
    const role = midSentence(roleText(person));
    const left = isActive(person) ? { fr: '', en: '' } : { fr: ', accès retiré', en: ', access revoked' };
    return {
      fr: `par ${person.name} (${role.fr}${left.fr})`,
      en: `by ${person.name} (${role.en}${left.en})`,
    };
  };
}
