import { personNotice } from '../../../domain/onboarding/person-notice.ts';
import type { Text } from '../../../domain/text.ts';
import { alsoToClear } from './condition-mails.ts';
import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { byWhen, linkLine } from './phrases.ts';

/** Mails to persons whom the contact has named: what they are asked for, and what is held of them. */
export const personMails = {
  person_invitation: {
    fr: (c) => ({
      subject: 'votre aide est demandée',
      body: [
        `${namedBy(c)} de l’organisme ${c.organisation} vous a désigné pour participer à son dossier d’arrivée sur ${c.platform}. ${part(c).fr}`,
        linkLine('Ouvrir votre partie :', c),
        `Ce lien est le vôtre : ${opens(c).fr}, et il porte votre nom sur ce que vous enregistrez. Ne le transmettez à personne. Il remplace, le cas échéant, celui d’un courriel précédent.`,
        'Vous pouvez vous interrompre et reprendre à tout moment. « Je ne sais pas » est une réponse acceptée. N’inscrivez aucune information classifiée.',
        privacyNotice(c),
      ],
    }),
    en: (c) => ({
      subject: 'your help is needed',
      body: [
        `${namedBy(c)} of ${c.organisation} has named you to take part in its onboarding to ${c.platform}. ${part(c).en}`,
        linkLine('Open your part:', c),
        `This link is yours: ${opens(c).en}, and puts your name to what you save. Do not pass it on. It replaces the link of any earlier email.`,
        'You can stop and come back at any time. “I don’t know” is an accepted answer. Do not enter any classified information.',
        privacyNotice(c),
      ],
    }),
  },
  person_reminder: {
    fr: (c) => ({
      subject: 'vos réponses sont attendues',
      body: [
        whatIsLeft(c).fr,
        linkLine('Reprendre votre partie :', c),
        whatItKeeps(c).fr,
        `Si ces questions ne sont pas pour vous, dites-le à la personne qui vous a désigné : ${namedBy(c)} peut retirer votre accès, ce qui met fin aux courriels.`,
        alsoToClear(c),
      ],
    }),
    en: (c) => ({
      subject: 'your answers are awaited',
      body: [
        whatIsLeft(c).en,
        linkLine('Go back to your part:', c),
        whatItKeeps(c).en,
        `If these questions are not for you, tell the person who named you: ${namedBy(c)} can revoke your access, which ends these emails.`,
        alsoToClear(c),
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

function namedBy({ person, contactName, language }: MailContext): string {
  return person?.namedBy ?? contactName ?? (language === 'fr' ? 'Le contact principal' : 'The main contact');
}

/** What the link opens: to a deputy all that the contact sees. */
function opens({ person }: MailContext) {
  return person?.role === 'deputy'
    ? { fr: 'il ouvre tout le dossier', en: 'it opens the whole onboarding' }
    : { fr: 'il n’ouvre que ce qui vous est confié', en: 'it opens only what is asked of you' };
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

/** Why someone is reminded: their part is not complete, or an operator asks some of it again. */
function whatIsLeft(c: MailContext): Text {
  return c.asked === undefined
    ? {
        fr: `Votre partie du questionnaire de l’organisme ${c.organisation} n’est pas complète. ${part(c).fr}`,
        en: `Your part of the questionnaire of ${c.organisation} is not complete. ${part(c).en}`,
      }
    : {
        fr: `L’équipe d’exploitation demande à l’organisme ${c.organisation} de revoir des réponses du questionnaire, et certaines vous reviennent.`,
        en: `The operations team asks ${c.organisation} to look at some answers of the questionnaire again, and some of them are yours.`,
      };
}

/** What becomes of their answers, and what waits for them. */
function whatItKeeps(c: MailContext): Text {
  return c.asked === undefined
    ? {
        fr: 'Vos réponses déjà enregistrées sont conservées, et « Je ne sais pas » est une réponse acceptée. Tant qu’il manque des réponses, le questionnaire ne peut pas être envoyé.',
        en: 'The answers you have saved are kept, and “I don’t know” is an accepted answer. While answers are missing, the questionnaire cannot be submitted.',
      }
    : {
        fr: `Modifiez ou complétez celles qui doivent l’être. Si une réponse est exacte, dites-le à la personne qui vous a désigné : elle la confirme à l’envoi, attendu ${byWhen(c)}.`,
        en: `Change or complete those that need it. If an answer is right, tell the person who named you: they confirm it when they submit, which is due ${byWhen(c)}.`,
      };
}

/** What article 14 of the GDPR asks to be told to someone whom others have named. */
function privacyNotice({ contact = '', platform, privacyUrl = '', language }: MailContext): string {
  const colon = language === 'fr' ? ' : ' : ': ';
  const parts = personNotice({ platform, contact }).map(
    ({ about, text }) => `${about[language]}${colon}${text[language]}`,
  );
  const more = language === 'fr' ? 'En savoir plus : ' : 'More: ';
  return [language === 'fr' ? 'Vos données' : 'Your data', ...parts, `${more}${privacyUrl}`].join('\n');
}
