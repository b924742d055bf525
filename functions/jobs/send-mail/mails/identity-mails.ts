import type { CustomerTemplate, MailWording } from './mail-context.ts';

/** The digits in two groups, as they are read and copied; the field takes them with or without the space. */
function grouped(code = ''): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** The mail with a code. It has no link: whoever holds the mail alone can do nothing with it. */
export const identityMails = {
  identity_code: {
    fr: ({ code, organisation }) => ({
      subject: 'votre code de vérification',
      body: [
        `Pour confirmer qui vous êtes, saisissez ce code dans la page ouverte pour l’organisme ${organisation} :`,
        grouped(code),
        'Il est valable dix minutes et une seule fois. S’il y en a plusieurs, seul le dernier est le bon.',
        'Ne le communiquez à personne : nous ne vous le demanderons jamais, ni par téléphone ni par courriel. Vous n’avez rien demandé ? Quelqu’un a ouvert votre lien personnel : écrivez-nous, nous le remplacerons.',
      ],
    }),
    en: ({ code, organisation }) => ({
      subject: 'your verification code',
      body: [
        `To confirm who you are, enter this code in the page that is open for ${organisation}:`,
        grouped(code),
        'It is valid for ten minutes and once only. If you have several, only the last one is right.',
        'Do not give it to anyone: we will never ask you for it, by phone or by email. You did not ask for it? Someone has opened your personal link: write to us and we will replace it.',
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;
