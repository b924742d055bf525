import type { CustomerTemplate, MailWording, StaffTemplate } from './mail-context.ts';
import { linkLine } from './phrases.ts';

/** To whoever has presented another organisation with ProConnect, once it is accepted or refused. */
export const organisationMails = {
  organisation_accepted: {
    fr: (c) => ({
      subject: 'votre organisme est accepté',
      body: [
        `L’organisme que vous avez présenté avec ProConnect est accepté pour le dossier de ${c.organisation} : vous pouvez y répondre.`,
        'À faire : ouvrez votre lien personnel dans le navigateur que vous aviez utilisé, puis identifiez-vous de nouveau avec ProConnect quand la page vous le demande. Ce que vous aviez saisi y est gardé quatorze jours à compter de votre demande, et sera alors enregistré.',
        linkLine('Votre lien personnel :', c),
      ],
    }),
    en: (c) => ({
      subject: 'your organisation is accepted',
      body: [
        `The organisation that you presented with ProConnect is accepted for the onboarding of ${c.organisation}: you can answer for it.`,
        'To do: open your personal link in the browser that you used, then sign in with ProConnect again when the page asks you to. What you had typed there is kept for fourteen days from your request, and will then be saved.',
        linkLine('Your personal link:', c),
      ],
    }),
  },
  organisation_refused: {
    fr: (c) => ({
      subject: 'votre organisme n’est pas accepté',
      body: [
        `L’organisme que vous avez présenté avec ProConnect n’a pas été accepté pour le dossier de ${c.organisation}. Rien de ce que vous aviez saisi n’est enregistré ; cela reste gardé quatorze jours à compter de votre demande.`,
        'À faire : ouvrez votre lien personnel dans le navigateur que vous aviez utilisé. La page donne le motif ; vous pouvez vous y identifier pour un autre organisme, ou renouveler votre demande. Si c’est une erreur, répondez à ce courriel.',
        linkLine('Votre lien personnel :', c),
      ],
    }),
    en: (c) => ({
      subject: 'your organisation is not accepted',
      body: [
        `The organisation that you presented with ProConnect was not accepted for the onboarding of ${c.organisation}. Nothing of what you had typed is saved; it is still kept for fourteen days from your request.`,
        'To do: open your personal link in the browser that you used. The page gives the reason; you can sign in there for another organisation, or ask again. If this is a mistake, answer this email.',
        linkLine('Your personal link:', c),
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

/** To the account owner, whose agreement is asked for. */
export const organisationStaffMails = {
  owner_organisation_asked: {
    fr: (c) => ({
      subject: 'organisme à accepter',
      body: [
        `Une personne qui répond pour ${c.organisation} s’est identifiée avec ProConnect au nom d’un autre organisme. Elle ne peut rien enregistrer tant que vous ne l’avez pas accepté.`,
        'À faire : vérifiez auprès du client que cet organisme répond bien pour lui, une agence de son ministère par exemple, puis acceptez-le ou refusez-le, avec un motif, sur la page du dossier. La personne est prévenue. Ce qu’elle a saisi est gardé quatorze jours.',
      ],
    }),
    en: (c) => ({
      subject: 'organisation to accept',
      body: [
        `Someone who answers for ${c.organisation} has signed in with ProConnect for another organisation. They cannot save anything until you have accepted it.`,
        'To do: check with the customer that this organisation does answer for it, an agency of its ministry for example, then accept or refuse it, with a reason, on the page of the onboarding. The person is told. What they have typed is kept for fourteen days.',
      ],
    }),
  },
} as const satisfies Partial<Record<StaffTemplate, MailWording>>;
