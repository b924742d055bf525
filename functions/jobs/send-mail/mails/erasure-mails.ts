import type { CustomerTemplate, MailWording, StaffTemplate } from './mail-context.ts';
import { byWhen } from './phrases.ts';

/** To the customer who has asked for its file to be erased, once that is decided. */
export const erasureMails = {
  erasure_granted: {
    fr: (c) => ({
      subject: 'votre dossier est effacé',
      body: [
        `Comme demandé pour ${c.organisation}, les données de ce dossier sont effacées : elles ne sont plus lisibles, et leur suppression s’achève sous deux jours. Nous ne conservons ensuite ni vos réponses, ni vos coordonnées, ni ce lien.`,
        'Restent l’historique sans nom, le SIREN, l’issue et la preuve de l’effacement. Les copies de sauvegarde expirent d’elles-mêmes. Ceci est notre dernier courriel : votre adresse est effacée avec le reste.',
      ],
    }),
    en: (c) => ({
      subject: 'your file is erased',
      body: [
        `As asked for ${c.organisation}, the data of this onboarding is erased: it can no longer be read, and its deletion is completed within two days. After that we keep neither your answers, nor your contact details, nor your link.`,
        'What remains is the history without names, the SIREN, the outcome and the proof of the erasure. Copies in backups expire by themselves. This is our last email: your address is erased with the rest.',
      ],
    }),
  },
  erasure_refused: {
    fr: (c) => ({
      subject: 'l’effacement de votre dossier est refusé',
      body: [
        `Vous avez demandé l’effacement du dossier de ${c.organisation}. Une personne de l’équipe a examiné cette demande et l’a refusée.`,
        c.reason === undefined ? undefined : `Motif : ${c.reason}.`,
        'Vos données restent conservées pendant la durée annoncée, puis sont effacées. Vous pouvez contester cette décision en répondant à ce courriel, renouveler votre demande, saisir la CNIL (cnil.fr) ou un juge.',
      ],
    }),
    en: (c) => ({
      subject: 'the erasure of your file is refused',
      body: [
        `You asked for the file of ${c.organisation} to be erased. A member of the team has reviewed this request and refused it.`,
        c.reason === undefined ? undefined : `Reason: ${c.reason}.`,
        'Your data is kept for the period announced, then erased. You can contest this decision by answering this email, ask again, complain to the CNIL (cnil.fr) or go to court.',
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

export const erasureStaffMails = {
  review_erasure_requested: {
    fr: (c) => ({
      subject: 'effacement demandé',
      body: [
        `${c.organisation} demande l’effacement de son dossier, qui est clos.`,
        `À faire ${byWhen(c)} : décidez, depuis la page du dossier, d’effacer les données, ou de refuser pour l’un des motifs de l’article 17, paragraphe 3, du RGPD. Le client est prévenu de la décision.`,
      ],
    }),
    en: (c) => ({
      subject: 'erasure requested',
      body: [
        `${c.organisation} asks for its file, which is closed, to be erased.`,
        `To do ${byWhen(c)}: decide on the page of the onboarding to erase the data, or to refuse on one of the grounds of article 17(3) of the GDPR. The customer is told of the decision.`,
      ],
    }),
  },
} as const satisfies Partial<Record<StaffTemplate, MailWording>>;
