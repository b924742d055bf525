import { isInWorkflow } from '../../../domain/onboarding/lifecycle.ts';
import type { OnboardingState, Snapshot } from '../../../domain/onboarding/state.ts';
import type { ActLink } from './act-link.ts';

/** What a part shares with its whole is changed there. */
const isOpen = ({ state }: Snapshot): boolean => state.stage !== 'CLOSED' && state.part === undefined;
export const isInvited = (now: Snapshot): boolean => isOpen(now) && now.state.link > 0;
const isBeforeHandOver = ({ state }: Snapshot): boolean => isInWorkflow(state);

/** The organisations that wait for the account owner, each once. */
export function sirensAsked({
  organisationsAsked = [],
}: Pick<OnboardingState, 'organisationsAsked'>): readonly string[] {
  return [...new Set(organisationsAsked.map(({ siren }) => siren))];
}

export const talkLink: ActLink = {
  path: 'talk',
  label: { fr: 'Enregistrer l’échange', en: 'Record the talk' },
  possible: ({ state }) => state.talk !== undefined,
  done: { fr: 'L’échange est enregistré.', en: 'The talk has been recorded.' },
};

export const organisationLink: ActLink = {
  path: 'organisation',
  label: { fr: 'Décider d’un autre organisme', en: 'Decide on another organisation' },
  possible: ({ state }) => state.stage !== 'CLOSED' && sirensAsked(state).length > 0,
  done: {
    fr: 'Votre décision est enregistrée ; ceux qui l’attendaient sont prévenus par courriel.',
    en: 'Your decision is recorded; those who waited for it are told by email.',
  },
};

export const contactLink: ActLink = {
  path: 'contact',
  label: { fr: 'Changer de contact', en: 'Change contact' },
  possible: isOpen,
  done: {
    fr: 'Le contact a été modifié. Si une invitation avait été envoyée, l’ancien lien est révoqué et un nouveau vient de partir.',
    en: 'The contact has been changed. If an invitation had been sent, the old link is revoked and a new one is on its way.',
  },
};

export const invitationLink: ActLink = {
  path: 'invitation',
  label: { fr: 'Renvoyer le lien', en: 'Resend the link' },
  possible: isInvited,
  done: { fr: 'Le lien a été renvoyé.', en: 'The link has been resent.' },
};

export const revocationLink: ActLink = {
  path: 'revocation',
  label: { fr: 'Révoquer le lien et fermer les sessions', en: 'Revoke the link and end the sessions' },
  possible: isInvited,
  done: {
    fr: 'Le lien a été révoqué et les sessions du client sont fermées.',
    en: 'The link has been revoked and the customer’s sessions have ended.',
  },
};

export const withdrawalLink: ActLink = {
  path: 'withdrawal',
  label: { fr: 'Retirer le dossier', en: 'Withdraw the onboarding' },
  possible: isBeforeHandOver,
  done: { fr: 'Le dossier a été retiré.', en: 'The onboarding has been withdrawn.' },
};

/** The acts available to both sales and operators. */
export const commonActLinks: readonly ActLink[] = [
  talkLink,
  organisationLink,
  contactLink,
  invitationLink,
  revocationLink,
  withdrawalLink,
];
