import type { Text } from '../../domain/text.ts';
import type { ProConnectFailure } from '../shared/identity/proconnect.ts';

export const why: Text = {
  fr: 'Cet appareil ne nous est pas encore connu, et un lien peut avoir été transmis à quelqu’un d’autre. Avant le premier enregistrement sur chaque appareil, puis tous les 90 jours, nous vérifions avec ProConnect, la connexion des professionnels du service public, que vous travaillez pour l’organisme dont ce sont les réponses.',
  en: 'We do not know this device yet, and a link may have been passed on to someone else. Before anything is saved on a device for the first time, then every 90 days, we check with ProConnect, the French State’s sign-in for professionals, that you work for the organisation whose answers these are.',
};

export const whatIsKept: Text = {
  fr: 'Nous gardons la date, le SIREN présenté et le service qui vous a identifié, mais ni votre nom ni votre adresse.',
  en: 'We keep the date, the SIREN presented and the service that identified you, but neither your name nor your address.',
};

export const signIn: Text = { fr: 'S’identifier avec ProConnect', en: 'Sign in with ProConnect' };
export const tryAgain: Text = { fr: 'Réessayer avec ProConnect', en: 'Try again with ProConnect' };
export const otherAccount: Text = {
  fr: 'S’identifier pour un autre organisme',
  en: 'Sign in for another organisation',
};

export const failures: Readonly<Record<ProConnectFailure, { readonly title: Text; readonly text: Text }>> = {
  cancelled: {
    title: { fr: 'Vous avez quitté ProConnect', en: 'You have left ProConnect' },
    text: {
      fr: 'Vous ne vous êtes pas identifié : rien n’est enregistré pour l’instant.',
      en: 'You have not signed in: nothing is saved for now.',
    },
  },
  unavailable: {
    title: { fr: 'ProConnect ne répond pas', en: 'ProConnect does not answer' },
    text: {
      fr: 'Ce n’est pas de votre fait. Réessayez dans quelques minutes ; si cela dure, écrivez-nous.',
      en: 'It is not your doing. Try again in a few minutes; if it lasts, write to us.',
    },
  },
  failed: {
    title: { fr: 'ProConnect n’a pas pu vous identifier', en: 'ProConnect could not identify you' },
    text: {
      fr: 'L’identification a duré trop longtemps, a été commencée dans un autre onglet, ou sa réponse n’est pas valable. Réessayez.',
      en: 'Signing in took too long, was begun in another tab, or its answer is not valid. Try again.',
    },
  },
};

export const busyTitle: Text = {
  fr: 'Vous n’êtes pas encore identifié',
  en: 'You are not signed in yet',
};

export const foreignTitle: Text = {
  fr: 'Votre organisme n’est pas celui de ce dossier',
  en: 'Your organisation is not the one of this onboarding',
};

/** @param siret in groups of digits */
export function presented(siret: string): Text {
  return {
    fr: `Vous vous êtes identifié avec ProConnect pour l’établissement de SIRET ${siret}.`,
    en: `You have signed in with ProConnect for the establishment with SIRET ${siret}.`,
  };
}

/** @param siren in groups of digits */
export function expected(organisation: string, siren: string): Text {
  return {
    fr: `Ce dossier est celui de l’organisme ${organisation}, SIREN ${siren}. Peuvent y répondre ses agents, ceux de son groupe, et ceux des organismes que votre interlocuteur a acceptés, comme les agences d’un ministère.`,
    en: `This onboarding is that of ${organisation}, SIREN ${siren}. Its staff, those of its group, and those of organisations that your contact has accepted, such as the agencies of a ministry, can answer.`,
  };
}

export const refusedTitle: Text = {
  fr: 'Votre organisme n’a pas été accepté',
  en: 'Your organisation was not accepted',
};

/** @param siren in groups of digits @param moment in the language of the page */
export function refused(siren: string, moment: string): Text {
  return {
    fr: `Le ${moment}, votre interlocuteur a refusé que l’organisme de SIREN ${siren} réponde pour ce dossier, pour ce motif :`,
    en: `On ${moment} your contact did not agree that the organisation with SIREN ${siren} answers for this onboarding, for this reason:`,
  };
}
export const afterRefusal: Text = {
  fr: 'Vous pouvez vous identifier pour un autre organisme, ou renouveler votre demande après en avoir parlé avec votre interlocuteur.',
  en: 'You can sign in for another organisation, or ask again once you have talked with your contact.',
};

export const ask: Text = {
  fr: 'Demander que mon organisme soit accepté',
  en: 'Ask for my organisation to be accepted',
};
export const askAgain: Text = { fr: 'Renouveler ma demande', en: 'Ask again' };
export const askExplained: Text = {
  fr: 'Votre interlocuteur est prévenu par courriel. Ce que vous avez saisi est alors gardé quatorze jours ; vous recevez un courriel dès qu’il a décidé.',
  en: 'Your contact is told by email. What you typed is then kept for fourteen days; you get an email as soon as they have decided.',
};

export const askedTitle: Text = { fr: 'Votre demande est transmise', en: 'Your request has been passed on' };
export const asked: Text = {
  fr: 'Votre interlocuteur est prévenu. Vous recevrez un courriel dès qu’il aura décidé : ouvrez alors votre lien dans ce navigateur. Si votre organisme est accepté, identifiez-vous de nouveau.',
  en: 'Your contact has been told. You will get an email as soon as they have decided: then open your link in this browser. If your organisation is accepted, sign in again.',
};

/** @param moment in the language of the page */
export function keptUntil(moment: string): Text {
  return {
    fr: `Ce que vous avez saisi est gardé dans notre système jusqu’au ${moment}, et sera enregistré quand vous vous identifierez ici. Passé ce moment, il est effacé.`,
    en: `What you typed is kept in our system until ${moment}, and will be saved when you sign in here. After that it is deleted.`,
  };
}
export const keepLonger: Text = {
  fr: 'Garder ma saisie quatorze jours',
  en: 'Keep what I typed for fourteen days',
};
export const keepExplained: Text = {
  fr: 'Vous avez saisi une autre page depuis ? Elle peut être gardée quatorze jours elle aussi.',
  en: 'Have you typed another page since? It can be kept for fourteen days as well.',
};
