import { formatDate } from '../../../domain/calendar-date.ts';
import { ifNotMoved } from '../../../domain/onboarding/group-moves.ts';
import type { ReviewKind } from '../../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../../domain/text.ts';
import { conditionLines, conditionSubject } from './condition-mails.ts';
import { erasureStaffMails } from './erasure-mails.ts';
import type { MailContext, MailWording, StaffTemplate } from './mail-context.ts';
import { organisationStaffMails } from './organisation-mails.ts';
import { byWhen, goNoGoOn, reasonLine, waveName } from './phrases.ts';
import { standstill } from './standstill.ts';

const reviews: Readonly<Record<ReviewKind, Text>> = {
  qualification: { fr: 'qualification', en: 'qualification' },
  confirmation: { fr: 'confirmation d’un refus', en: 'confirmation of a refusal' },
  readiness: { fr: 'niveau de préparation', en: 'readiness tier' },
  placement: { fr: 'placement en vague', en: 'placement in a wave' },
  go_no_go: { fr: 'décision de bascule', en: 'go/no-go' },
};

function review({ reviewKind, language }: MailContext): string {
  if (reviewKind !== undefined) return reviews[reviewKind][language];
  return language === 'fr' ? 'dossier' : 'onboarding';
}

/** True for a mail about a review that waits: a run may also have failed while one is open. */
function isOfReview({ reviewKind, failed }: MailContext): boolean {
  return reviewKind !== undefined && failed !== true;
}

function approvalSubject({ moveAsked, language }: MailContext): string {
  if (moveAsked === 'group') return language === 'fr' ? 'déplacements proposés' : 'moves proposed';
  return language === 'fr' ? 'accord d’une seconde personne demandé' : 'second person asked to agree';
}

/** What a second person is asked to agree to. */
function approvalAbout(c: MailContext): string {
  if (c.moveAsked === undefined) return review(c);
  return c.language === 'fr' ? 'déplacement' : 'move';
}

/** What silence about a request means. */
const ifUnanswered = {
  fr: ({ moveAsked, reviewKind }: MailContext) => {
    if (moveAsked === 'group') {
      return `Sans réponse, ${ifNotMoved.fr}.`;
    }
    if (moveAsked === 'one') return 'Sans réponse, la demande est caduque et le client garde sa place.';
    return reviewKind === 'go_no_go'
      ? 'Sans réponse, la demande est caduque : sans autre décision à cette heure, c’est un no-go.'
      : 'Sans réponse, la demande est caduque et la revue reste à décider.';
  },
  en: ({ moveAsked, reviewKind }: MailContext) => {
    if (moveAsked === 'group') {
      return `Without an answer, ${ifNotMoved.en}.`;
    }
    if (moveAsked === 'one') return 'Without an answer the request lapses and the customer keeps its place.';
    return reviewKind === 'go_no_go'
      ? 'Without an answer the request lapses: without another decision by then, it is a no-go.'
      : 'Without an answer the request lapses and the review is still to be decided.';
  },
} as const;

/** What silence about a go/no-go means. */
const withoutDecision = {
  fr: (c: MailContext) =>
    `Sans décision ${goNoGoOn(c)} à 18 h, heure de Paris, la réponse est « no-go », par notre faute : le client est placé dans une autre vague.`,
  en: (c: MailContext) =>
    `Without a decision ${goNoGoOn(c)} by 18:00 Paris time, the answer is no-go by our fault: the customer is placed in another wave.`,
};

/** What a review that is open at the gate costs a customer whose place is kept. */
function placeAtStake({ placeKept, goNoGoDay, language }: MailContext): string | undefined {
  if (placeKept !== true || goNoGoDay === undefined) return undefined;
  const gate = formatDate(goNoGoDay, language);
  return language === 'fr'
    ? `Sans décision avant le ${gate} à 18 h, heure de Paris, le client perd sa place par notre faute ; une fois la revue terminée, une autre place est recherchée en priorité.`
    : `Without a decision by ${gate}, 18:00 Paris time, the customer loses its place by our fault; once the review is over, another place is sought with priority.`;
}

/** What sales have to clear or to record before the go/no-go; nothing to do without. */
function ownAhead(c: MailContext): string | undefined {
  const conditions = conditionLines(c);
  const contract =
    c.language === 'fr'
      ? '– Enregistrer le contrat signé, avec l’accord sur le traitement des données'
      : '– Record the signed contract, with the agreement on data processing';
  const lines = [conditions, c.contractMissing === true ? contract : undefined]
    .filter((line) => line !== undefined)
    .join('\n');
  if (lines === '') return undefined;
  return c.language === 'fr'
    ? `À faire avant la décision de bascule, sans quoi elle est en principe défavorable :\n${lines}`
    : `To do before the go/no-go decision, which is normally a no-go otherwise:\n${lines}`;
}

/** What to do when the address of an undelivered mail is the right one. */
function rightAddress({ mailSetupUrl, language }: MailContext): string | undefined {
  if (mailSetupUrl === undefined) return undefined;
  return language === 'fr'
    ? `Si l’adresse est la bonne, c’est la messagerie du client qui refuse nos courriels : transmettez à ses administrateurs cette page, puis renvoyez le lien.\n${mailSetupUrl}`
    : `If the address is right, the customer’s mail service refuses our emails: pass this page on to its administrators, then send the link again.\n${mailSetupUrl}`;
}

/** Until when the time to answer is paused. */
function paused({ pausedUntil, language }: MailContext): string | undefined {
  if (pausedUntil === undefined) return undefined;
  const until = formatDate(pausedUntil, language);
  return language === 'fr'
    ? `Entre-temps, le client ne reçoit aucun rappel et son délai pour répondre est en pause jusqu’au ${until} au plus tard. La première réponse qu’il enregistre met fin à cette pause.`
    : `Meanwhile the customer gets no reminder, and its time to answer is paused until ${until} at the latest. The first answer that it saves ends the pause.`;
}

/** Mails to sales and operators: they link to the console, hold no secret and name only the organisation. */
export const staffMails = {
  ...organisationStaffMails,
  owner_answered: {
    fr: (c) => ({
      subject: 'questionnaire rempli',
      body: [
        `${c.organisation} a envoyé ses réponses. Le dossier passe en examen ; vous n’avez rien à faire.`,
        'Vous serez informé de la date de migration. La clôture du dossier n’est visible que sur sa page.',
      ],
    }),
    en: (c) => ({
      subject: 'questionnaire answered',
      body: [
        `${c.organisation} has submitted its answers. The onboarding goes on to review; you do not need to do anything.`,
        'We will inform you of the migration date. The closing of the onboarding is shown only on its page.',
      ],
    }),
  },
  owner_condition_due: {
    fr: (c) => ({
      subject: conditionSubject(c),
      body: [
        `Une condition reste à lever pour ${c.organisation}, et elle vous revient.`,
        conditionLines(c),
        'À faire : obtenir le justificatif, puis demander à l’équipe d’exploitation de lever la condition sur la page du dossier. Si une condition bloquante reste ouverte le jour de la décision de bascule, cette décision est en principe défavorable.',
      ],
    }),
    en: (c) => ({
      subject: conditionSubject(c),
      body: [
        `A condition of ${c.organisation} is still to be cleared, and it is yours.`,
        conditionLines(c),
        'To do: obtain the evidence, then ask the operations team to clear the condition on the page of the onboarding. If a blocking condition is still open on the day of the go/no-go decision, the decision is normally a no-go.',
      ],
    }),
  },
  owner_stuck: { fr: standstill, en: standstill },
  owner_talk_asked: {
    fr: (c) => ({
      subject: 'un client souhaite vous parler',
      body: [
        `Avant de répondre au questionnaire, ou de le poursuivre, un client souhaite en parler : ${c.organisation}.`,
        `À faire ${byWhen(c)} : prendre contact avec lui, puis indiquer sur la page du dossier ce qu’il en est ressorti. Cette page dit aussi de quoi il souhaite parler, s’il l’a précisé.`,
        paused(c),
      ],
    }),
    en: (c) => ({
      subject: 'a customer wants to talk to you',
      body: [
        `Before answering the questionnaire, or going on with it, a customer wants to talk: ${c.organisation}.`,
        `To do ${byWhen(c)}: get in touch, then record on the page of the onboarding how it went. The page also says what the customer wants to talk about, if it has said so.`,
        paused(c),
      ],
    }),
  },
  owner_booked: {
    fr: (c) => ({
      subject: 'date de migration confirmée',
      body: [
        `${c.organisation} a sa place : ${waveName(c)}.`,
        c.mayMove !== undefined
          ? 'Cette date peut changer : le client doit basculer après un autre, dont la date a changé, et l’exploitation est appelée à le déplacer. Il le lit sur sa page ; un courriel lui dira toute nouvelle date.'
          : undefined,
        ownAhead(c) ?? 'Vous n’avez rien à faire.',
      ],
    }),
    en: (c) => ({
      subject: 'migration date confirmed',
      body: [
        `${c.organisation} has its place: ${waveName(c)}.`,
        c.mayMove !== undefined
          ? 'This date may change: the customer has to cut over after another one, whose date has changed, and operations are asked to move it. The customer reads so on its page; an email will tell it any new date.'
          : undefined,
        ownAhead(c) ?? 'You do not need to do anything.',
      ],
    }),
  },
  owner_cutover_failed: {
    fr: (c) => ({
      subject: 'bascule annulée ou reportée',
      body: [
        `La bascule de ${c.organisation}${c.lost === undefined ? '' : `, prévue dans ${waveName({ ...c, wave: c.lost.wave })},`} n’a pas pu se faire comme prévu.`,
        'Une autre place est recherchée en priorité, avec les mêmes réponses ; le client en est informé. Vous n’avez rien à faire, si ce n’est en parler avec lui.',
      ],
    }),
    en: (c) => ({
      subject: 'cutover rolled back or postponed',
      body: [
        `The cutover of ${c.organisation}${c.lost === undefined ? '' : ` in ${waveName({ ...c, wave: c.lost.wave })}`} could not be completed as planned.`,
        'Another place is being sought with priority, with the same answers; the customer has been informed. You do not need to do anything, except talk to them.',
      ],
    }),
  },
  owner_mail_not_delivered: {
    fr: (c) => ({
      subject: 'courriel non remis',
      body: [
        `Un message destiné au contact d’un client n’a pas pu être remis : ${c.organisation}. Le client n’a pas reçu ce message.`,
        `À faire ${byWhen(c)} : vérifier l’adresse du contact et la corriger sur la page du dossier ; un nouveau lien part alors et l’ancien cesse de fonctionner.`,
        rightAddress(c),
        'Tant que l’adresse n’est pas corrigée, c’est à vous d’agir : nos rappels risquent de ne pas arriver.',
      ],
    }),
    en: (c) => ({
      subject: 'email not delivered',
      body: [
        `An email to the contact of ${c.organisation} could not be delivered. The customer has not received it.`,
        `To do ${byWhen(c)}: check the contact’s address and correct it on the page of the onboarding; a new link is then sent and the old one stops working.`,
        rightAddress(c),
        'Until the address is corrected, you must act next: our reminders may not arrive.',
      ],
    }),
  },
  owner_mail_unwanted: {
    fr: (c) => ({
      subject: 'courriel signalé comme indésirable',
      body: [
        `Le contact d’un client, ou sa messagerie, a signalé l’un de nos messages comme indésirable : ${c.organisation}. Nos prochains messages à cette adresse ne seront pas remis.`,
        `À faire ${byWhen(c)} : appeler le client, lui demander s’il souhaite poursuivre et à quelle adresse lui écrire, puis changer le contact sur la page du dossier ou retirer la demande.`,
        'Tant que le contact n’a pas changé, c’est à vous d’agir.',
      ],
    }),
    en: (c) => ({
      subject: 'email reported as spam',
      body: [
        `The contact of ${c.organisation}, or their mail service, has reported one of our emails as spam. Our next emails to this address will not be delivered.`,
        `To do ${byWhen(c)}: call the customer, ask whether they want to continue and which address to write to, then change the contact on the page of the onboarding or withdraw the request.`,
        'Until the contact has changed, you must act next.',
      ],
    }),
  },
  review_requested: {
    fr: (c) => ({
      subject: `revue à faire, ${review(c)}`,
      body: [
        `Un dossier attend une revue (${review(c)}) : ${c.organisation}.`,
        reasonLine(c),
        `À faire ${byWhen(c)} : lire les motifs sur la page du dossier, décider et motiver la décision.`,
        c.reviewKind === 'go_no_go'
          ? withoutDecision.fr(c)
          : 'Le dossier est arrêté jusqu’à votre décision ; après cinq jours ouvrés, le retard est signalé.',
        placeAtStake(c),
      ],
    }),
    en: (c) => ({
      subject: `review to do, ${review(c)}`,
      body: [
        `The onboarding of ${c.organisation} is waiting for a review: ${review(c)}.`,
        reasonLine(c),
        `To do ${byWhen(c)}: read the reasons on the page of the onboarding, decide, and give the reason for your decision.`,
        c.reviewKind === 'go_no_go'
          ? withoutDecision.en(c)
          : 'The onboarding does not move until you decide; after five working days the delay is reported.',
        placeAtStake(c),
      ],
    }),
  },
  review_go_no_go_due: {
    fr: (c) => ({
      subject: 'décision de bascule à prendre aujourd’hui',
      body: [
        `La bascule de ${c.organisation} attend votre décision : ${waveName(c)}.`,
        `À faire ${byWhen(c)} : décider « go » ou « no-go » sur la page du dossier.`,
        withoutDecision.fr(c),
      ],
    }),
    en: (c) => ({
      subject: 'go/no-go to decide today',
      body: [
        `The cutover of ${c.organisation} is waiting for your decision: ${waveName(c)}.`,
        `To do ${byWhen(c)}: decide go or no-go on the page of the onboarding.`,
        withoutDecision.en(c),
      ],
    }),
  },
  review_blocks_go: {
    fr: (c) => ({
      subject: 'une revue empêche la bascule',
      body: [
        `La bascule de ${c.organisation} ne peut pas être décidée tant que sa revue (${review(c)}) est ouverte : ${waveName(c)}.`,
        `À faire ${byWhen(c)} : décider la revue sur la page du dossier, puis la bascule.`,
        withoutDecision.fr(c),
      ],
    }),
    en: (c) => ({
      subject: 'a review prevents the cutover',
      body: [
        `The cutover of ${c.organisation} cannot be decided while its review (${review(c)}) is open: ${waveName(c)}.`,
        `To do ${byWhen(c)}: decide the review on the page of the onboarding, then the cutover.`,
        withoutDecision.en(c),
      ],
    }),
  },
  review_overdue: {
    fr: (c) => ({
      subject: isOfReview(c) ? `revue en retard, ${review(c)}` : 'intervention attendue',
      body: [
        isOfReview(c)
          ? `Une revue (${review(c)}) attend depuis plus de cinq jours ouvrés : ${c.organisation}.`
          : `Un dossier est arrêté et attend une intervention de l’équipe d’exploitation : ${c.organisation}.`,
        c.failure ?? reasonLine(c),
        `À faire ${byWhen(c)} : intervenir depuis la page du dossier, ou confier le dossier à un collègue. Le client attend et sa date de migration pourrait reculer.`,
      ],
    }),
    en: (c) => ({
      subject: isOfReview(c) ? `review overdue, ${review(c)}` : 'action needed',
      body: [
        isOfReview(c)
          ? `A review for ${c.organisation} (${review(c)}) has been waiting for more than five working days.`
          : `The onboarding of ${c.organisation} has stopped and needs an action from the operations team.`,
        c.failure ?? reasonLine(c),
        `To do ${byWhen(c)}: act on the page of the onboarding, or assign it to a colleague. The customer is waiting and the migration date may slip.`,
      ],
    }),
  },
  ...erasureStaffMails,
  review_approval_requested: {
    fr: (c) => ({
      subject: approvalSubject(c),
      body: [
        c.moveAsked === 'group'
          ? `Un client doit basculer après un autre, dont la date a changé : ${c.organisation}. La plateforme propose de le déplacer, avec ceux de son groupe dans le même cas.`
          : `Une décision demande l’accord d’une seconde personne (${approvalAbout(c)}) : ${c.organisation}.`,
        c.moveAsked === 'group'
          ? `À faire ${byWhen(c)} : lire les déplacements proposés depuis la page du dossier, puis les accepter ou les refuser ensemble, avec un motif.`
          : `À faire ${byWhen(c)}, par une autre personne que celle qui l’a demandé : lire la demande sur la page du dossier, puis l’accepter ou la refuser avec un motif.`,
        ifUnanswered.fr(c),
      ],
    }),
    en: (c) => ({
      subject: approvalSubject(c),
      body: [
        c.moveAsked === 'group'
          ? `A customer has to cut over after another one, whose date has changed: ${c.organisation}. The platform proposes to move it, with those of its group that are in the same case.`
          : `A decision about ${c.organisation} (${approvalAbout(c)}) needs the agreement of a second person.`,
        c.moveAsked === 'group'
          ? `To do ${byWhen(c)}: read the proposed moves from the page of the onboarding, then approve or decline them together, with a reason.`
          : `To do ${byWhen(c)}, by someone other than the person who asked: read the request on the page of the onboarding, then approve or decline it with a reason.`,
        ifUnanswered.en(c),
      ],
    }),
  },
} as const satisfies Readonly<Record<StaffTemplate, MailWording>>;
