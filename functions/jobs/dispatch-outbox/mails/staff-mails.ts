import type { ReviewKind } from '../../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../../domain/text.ts';
import type { MailContext, MailWording, StaffTemplate } from './mail-context.ts';
import { byWhen, reasonLine, waveName } from './phrases.ts';

const reviews: Readonly<Record<ReviewKind, Text>> = {
  qualification: { fr: 'qualification', en: 'qualification' },
  confirmation: { fr: 'confirmation d’un refus', en: 'confirmation of a refusal' },
  readiness: { fr: 'niveau de préparation', en: 'readiness' },
  placement: { fr: 'placement en vague', en: 'placement in a wave' },
  go_no_go: { fr: 'décision de bascule', en: 'go/no-go' },
};

function review({ reviewKind, language }: MailContext): string {
  if (reviewKind !== undefined) return reviews[reviewKind][language];
  return language === 'fr' ? 'dossier' : 'file';
}

/** The operations team repairs a fault: sales has nothing to do. */
const faults = {
  fr: (organisation: string) =>
    `Une erreur technique a interrompu le dossier de ${organisation}. L’équipe d’exploitation est prévenue et le reprendra là où il s’est arrêté ; rien n’est perdu. Vous n’avez rien à faire, si ce n’est le dire au client s’il s’en inquiète.`,
  en: (organisation: string) =>
    `A technical error has interrupted the file of ${organisation}. The operations team has been told and will take it up where it stopped; nothing is lost. There is nothing for you to do, but to tell the customer if it asks.`,
};

/** Mails to sales and operators: they link to the console, hold no secret and name only the organisation. */
export const staffMails = {
  owner_answered: {
    fr: (c) => ({
      subject: 'questionnaire rempli',
      body: [
        `${c.organisation} a envoyé ses réponses. Le dossier passe à l’examen ; vous n’avez rien à faire.`,
        'Vous serez informé de la date de migration, ou si le dossier s’arrête.',
      ],
    }),
    en: (c) => ({
      subject: 'questionnaire answered',
      body: [
        `${c.organisation} has sent its answers. The file goes on to examination; there is nothing for you to do.`,
        'You will be told of the migration date, or if the file comes to a stop.',
      ],
    }),
  },
  owner_stuck: {
    fr: (c) => ({
      subject: 'dossier à l’arrêt',
      body:
        c.failed === true
          ? [faults.fr(c.organisation)]
          : [
              `Le dossier de ${c.organisation} n’avance plus : l’action attendue n’est pas venue.`,
              reasonLine(c),
              `À faire ${byWhen(c)} : voir sur la page du dossier qui a la main, prendre contact, et corriger le contact s’il a changé.`,
              'Sans action, le dossier peut être clos sans réponse.',
            ],
    }),
    en: (c) => ({
      subject: 'file at a standstill',
      body:
        c.failed === true
          ? [faults.en(c.organisation)]
          : [
              `The file of ${c.organisation} no longer moves: the action it waits for has not come.`,
              reasonLine(c),
              `To do ${byWhen(c)}: see on the file’s page who has the ball, get in touch, and correct the contact if it has changed.`,
              'Without action the file may be closed as unanswered.',
            ],
    }),
  },
  owner_booked: {
    fr: (c) => ({
      subject: 'date de migration confirmée',
      body: [`${c.organisation} a sa place : ${waveName(c)}.`, 'Vous n’avez rien à faire.'],
    }),
    en: (c) => ({
      subject: 'migration date confirmed',
      body: [`${c.organisation} has its place: ${waveName(c)}.`, 'There is nothing for you to do.'],
    }),
  },
  owner_mail_not_delivered: {
    fr: (c) => ({
      subject: 'courriel non remis',
      body: [
        `Un message destiné au contact de ${c.organisation} n’a pas pu être remis. Le client n’a rien reçu.`,
        `À faire ${byWhen(c)} : vérifier l’adresse du contact et la corriger sur la page du dossier ; un nouveau lien part alors et l’ancien cesse de fonctionner.`,
        'Tant que l’adresse n’est pas corrigée, la main est à vous et les rappels n’arrivent pas.',
      ],
    }),
    en: (c) => ({
      subject: 'mail not delivered',
      body: [
        `A message to the contact of ${c.organisation} could not be delivered. The customer has received nothing.`,
        `To do ${byWhen(c)}: check the contact’s address and correct it on the file’s page; a new link is then sent and the old one stops working.`,
        'Until the address is corrected the ball is yours and reminders do not arrive.',
      ],
    }),
  },
  review_requested: {
    fr: (c) => ({
      subject: `revue à faire, ${review(c)}`,
      body: [
        `Le dossier de ${c.organisation} attend une revue : ${review(c)}.`,
        reasonLine(c),
        `À faire ${byWhen(c)} : lire les motifs sur la page du dossier, décider et motiver la décision.`,
        c.reviewKind === 'go_no_go'
          ? 'Sans décision avant 18 h, heure de Paris, la veille de la bascule, la réponse est « non » et le client est placé dans une autre vague.'
          : 'Le dossier est arrêté jusqu’à votre décision ; après cinq jours ouvrés, l’attente est signalée.',
      ],
    }),
    en: (c) => ({
      subject: `review to do, ${review(c)}`,
      body: [
        `The file of ${c.organisation} awaits a review: ${review(c)}.`,
        reasonLine(c),
        `To do ${byWhen(c)}: read the reasons on the file’s page, decide and give the reason of the decision.`,
        c.reviewKind === 'go_no_go'
          ? 'Without a decision by 18:00 Paris time, the day before the cutover, the answer is no-go and the customer is placed in another wave.'
          : 'The file stands still until you decide; after five working days the wait is reported.',
      ],
    }),
  },
  review_overdue: {
    fr: (c) => ({
      subject: c.reviewKind === undefined ? 'intervention attendue' : `revue en retard, ${review(c)}`,
      body: [
        c.reviewKind === undefined
          ? `Le dossier de ${c.organisation} est arrêté et attend une intervention de l’équipe d’exploitation.`
          : `La revue du dossier de ${c.organisation} (${review(c)}) attend depuis plus de cinq jours ouvrés.`,
        reasonLine(c),
        `À faire ${byWhen(c)} : intervenir depuis la page du dossier, ou le confier à une autre personne. Le client attend et sa date de migration peut reculer.`,
      ],
    }),
    en: (c) => ({
      subject: c.reviewKind === undefined ? 'action awaited' : `review overdue, ${review(c)}`,
      body: [
        c.reviewKind === undefined
          ? `The file of ${c.organisation} has come to a stop and awaits an action of the operations team.`
          : `The review of the file of ${c.organisation} (${review(c)}) has been waiting for more than five working days.`,
        reasonLine(c),
        `To do ${byWhen(c)}: act from the file’s page, or hand it to somebody else. The customer is waiting and its migration date may slip.`,
      ],
    }),
  },
} as const satisfies Readonly<Record<StaffTemplate, MailWording>>;
