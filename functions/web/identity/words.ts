import type { Text } from '../../domain/text.ts';

export const title: Text = { fr: 'Confirmez qui vous êtes', en: 'Confirm who you are' };

export const why: Text = {
  fr: 'Cet appareil ne nous est pas encore connu, et un lien peut avoir été transmis à quelqu’un d’autre. Avant le premier enregistrement sur chaque appareil, puis tous les 90 jours, nous vérifions que c’est bien vous.',
  en: 'We do not know this device yet, and a link may have been passed on to someone else. Before anything is saved on a device for the first time, then every 90 days, we check that it is you.',
};

/** @param moment in the language of the page */
export function keptUntil(moment: string): Text {
  return {
    fr: `Ce que vous avez saisi est gardé dans notre système jusqu’au ${moment}, et sera enregistré dès que vous aurez confirmé. Passé ce moment, il est effacé.`,
    en: `What you typed is kept in our system until ${moment}, and will be saved as soon as you have confirmed. After that it is deleted.`,
  };
}

export function goesTo(address: string): Text {
  return {
    fr: `Nous envoyons un code à six chiffres à ${address}. Il est valable dix minutes.`,
    en: `We will send a six-digit code to ${address}. It is valid for ten minutes.`,
  };
}

export function wasSentTo(address: string): Text {
  return {
    fr: `Un code a été envoyé à ${address}. Il arrive d’ordinaire en moins d’une minute ; regardez aussi parmi les indésirables.`,
    en: `A code was sent to ${address}. It usually arrives within a minute; look among your junk mail too.`,
  };
}

export const send: Text = { fr: 'Envoyer le code', en: 'Send the code' };
export const sendAnother: Text = { fr: 'Envoyer un autre code', en: 'Send another code' };
export const anotherVoids: Text = {
  fr: 'Un autre code rend le précédent inutilisable.',
  en: 'Another code makes the one before useless.',
};

export const codeLabel: Text = { fr: 'Code à six chiffres', en: 'Six-digit code' };
export const codeHint: Text = {
  fr: 'Avec ou sans espace, par exemple 012 345.',
  en: 'With or without a space, for example 012 345.',
};
export const confirm: Text = { fr: 'Confirmer', en: 'Confirm' };
export const confirmAndSave: Text = { fr: 'Confirmer et enregistrer', en: 'Confirm and save' };

export const noCode: Text = {
  fr: 'Saisissez les six chiffres du code que nous vous avons envoyé.',
  en: 'Enter the six digits of the code we sent you.',
};

export const notSentTitle: Text = { fr: 'Aucun code n’a été envoyé', en: 'No code was sent' };

export const verifiedTitle: Text = {
  fr: 'Vous avez confirmé qui vous êtes',
  en: 'You have confirmed who you are',
};
export const onThisDevice: Text = {
  fr: 'Cet appareil est reconnu pendant 90 jours.',
  en: 'This device is recognised for 90 days.',
};
export const noLongerKept: Text = {
  fr: 'La page que vous aviez saisie n’est plus gardée : elle a été enregistrée entre-temps, ou le délai est passé. Vérifiez dans le questionnaire, et saisissez-la de nouveau si elle manque.',
  en: 'The page you had typed is no longer kept: it has been saved meanwhile, or its time is over. Check in the questionnaire, and type it again if it is missing.',
};
export const stillKept: Text = {
  fr: 'Ce que vous aviez saisi dans cet onglet n’est pas encore enregistré.',
  en: 'What you had typed in this tab is not saved yet.',
};
export const save: Text = { fr: 'Enregistrer', en: 'Save' };
export const goOn: Text = { fr: 'Continuer', en: 'Continue' };
