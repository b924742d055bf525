import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { linkLine } from './phrases.ts';

/** Mails to persons whom the contact has named: what they are asked for, and what is held of them. */
export const personMails = {
  person_invitation: {
    fr: (c) => ({
      subject: 'votre aide est demandée',
      body: [
        `${namedBy(c)} de l’organisme ${c.organisation} vous a désigné pour participer à son dossier d’arrivée sur ${c.platform}. ${part(c).fr}`,
        linkLine('Ouvrir votre partie :', c),
        'Ce lien est le vôtre : il n’ouvre que ce qui vous est confié, et il porte votre nom sur ce que vous enregistrez. Ne le transmettez à personne. Il remplace, le cas échéant, celui d’un courriel précédent.',
        'Vous pouvez vous interrompre et reprendre à tout moment. « Je ne sais pas » est une réponse acceptée. N’inscrivez aucune information classifiée.',
        privacyNotice(c).fr,
      ],
    }),
    en: (c) => ({
      subject: 'your help is needed',
      body: [
        `${namedBy(c)} of ${c.organisation} has named you to take part in its onboarding to ${c.platform}. ${part(c).en}`,
        linkLine('Open your part:', c),
        'This link is yours: it opens only what is asked of you, and puts your name to what you save. Do not pass it on. It replaces the link of any earlier email.',
        'You can stop and come back at any time. “I don’t know” is an accepted answer. Do not enter any classified information.',
        privacyNotice(c).en,
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

function namedBy({ contactName, language }: MailContext): string {
  return contactName ?? (language === 'fr' ? 'Le contact principal' : 'The main contact');
}

/** What a person is asked for. */
function part({ person }: MailContext) {
  const { role, label, sections = '' } = person ?? { role: 'deputy', label: '' };
  if (role === 'deputy') {
    return {
      fr: 'Vous pouvez répondre au questionnaire et prendre les décisions à sa place.',
      en: 'You can answer the questionnaire and take the decisions in their place.',
    };
  }
  if (role === 'integrator') {
    return {
      fr: 'En tant qu’intégrateur, vous pouvez répondre aux questions sur les services et la préparation, et suivre les dates.',
      en: 'As the integrator, you can answer the questions about services and readiness, and follow the dates.',
    };
  }
  return {
    fr: `Il vous est demandé de répondre aux questions qui vous reviennent (${sections === '' ? label : sections}).`,
    en: `You are asked to answer the questions that are yours (${sections === '' ? label : sections}).`,
  };
}

/** What article 14 of the GDPR asks to be told to someone whom others have named. */
function privacyNotice({ contact = '', platform, privacyUrl = '' }: MailContext) {
  return {
    fr: `Vos données : votre nom et votre adresse professionnelle nous ont été donnés par votre organisme ou son contact principal, et par personne d’autre. ${platform} s’en sert uniquement pour préparer cette arrivée (intérêt légitime) : vous envoyer ce lien et des rappels, et dire qui a répondu à quoi. Les lisent le contact principal, ses suppléants et nos équipes commerciale et d’exploitation. Elles sont conservées tant que le dossier est ouvert, puis effacées avec lui. Vous pouvez y accéder, les faire rectifier ou effacer, en limiter l’usage, et vous y opposer : écrivez à ${contact}, ou demandez au contact principal de retirer votre accès, ce qui met fin aux courriels. Vous pouvez aussi saisir la CNIL. En savoir plus : ${privacyUrl}`,
    en: `Your data: your name and work address were given to us by your organisation or its main contact, and by no one else. ${platform} uses them only to prepare this onboarding (legitimate interest): to send you this link and reminders, and to say who answered what. They are read by the main contact, their deputies and our sales and operations teams. They are kept while the onboarding is open, then erased with it. You can access them, have them corrected or erased, restrict their use, and object: write to ${contact}, or ask the main contact to revoke your access, which ends these emails. You can also complain to the CNIL. More: ${privacyUrl}`,
  };
}
