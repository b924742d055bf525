import { formatLimit } from '../../../domain/paris-time.ts';
import { alsoAwaited, alsoToClear } from './condition-mails.ts';
import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { linkLine } from './phrases.ts';

/** What follows a correction: a person looks at it, or the result is there. */
function whatFollows({ reviewKind, placeKept, language }: MailContext): string {
  if (reviewKind === undefined) {
    return language === 'fr'
      ? 'Le nouveau résultat et la suite sont indiqués sur la page de votre dossier.'
      : 'The new result and what happens next are shown on the page of your onboarding.';
  }
  if (language === 'fr') {
    return `Une personne de l’équipe examine le nouveau résultat.${placeKept === true ? ' Votre place est conservée jusqu’à sa décision.' : ''}`;
  }
  return `A member of the team is reviewing the new result.${placeKept === true ? ' Your place is kept until the decision.' : ''}`;
}

/** The limit of a correction. */
function correctBy({ correctUntil, language, territory }: MailContext): string {
  if (correctUntil === undefined) return language === 'fr' ? 'dès que possible' : 'as soon as possible';
  return formatLimit(correctUntil, language, territory);
}

/** Of a reminder about something else: a correction that was begun. It may be the only reminder of the day. */
export function alsoToSubmit(c: MailContext): string | undefined {
  if (c.correctUntil === undefined) return undefined;
  return c.language === 'fr'
    ? `Par ailleurs, vous avez commencé à corriger vos réponses : envoyez la correction ${correctBy(c)}, sinon elle sera abandonnée.`
    : `You have also started to correct your answers: submit the correction ${correctBy(c)}, or it will be dropped.`;
}

/** Mails about answers that are corrected after they were submitted. */
export const correctionMails = {
  correction_received: {
    fr: (c) => ({
      subject: 'correction bien reçue',
      body: [
        `Nous avons bien reçu la correction des réponses de votre organisme, ${c.organisation}. Elle remplace vos réponses précédentes, dont le relevé est conservé.`,
        whatFollows(c),
        linkLine('Voir votre dossier et le relevé de cet envoi :', c),
      ],
    }),
    en: (c) => ({
      subject: 'correction received',
      body: [
        `We have received the corrected answers of ${c.organisation}. They replace your earlier answers, whose record is kept.`,
        whatFollows(c),
        linkLine('View your onboarding and the record of this submission:', c),
      ],
    }),
  },
  correction_reminder: {
    fr: (c) => ({
      subject: 'votre correction n’est pas encore envoyée',
      body: [
        `Vous avez commencé à corriger les réponses de votre organisme, ${c.organisation}, sans les envoyer. Rien n’a changé pour l’instant.`,
        linkLine('Terminer la correction, ou l’abandonner :', c),
        `Envoyez-la ${correctBy(c)}. Sans envoi, elle sera abandonnée : vos réponses précédentes, votre résultat et votre date restent tels qu’ils sont.`,
        ...alsoAwaited(c),
        alsoToClear(c),
      ],
    }),
    en: (c) => ({
      subject: 'your correction has not been submitted yet',
      body: [
        `You started to correct the answers of ${c.organisation} and have not submitted them. Nothing has changed so far.`,
        linkLine('Finish the correction, or discard it:', c),
        `Submit it ${correctBy(c)}. Otherwise it will be dropped: your earlier answers, your result and your date stay as they are.`,
        ...alsoAwaited(c),
        alsoToClear(c),
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;
