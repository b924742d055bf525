import { formatDate } from '../../../domain/calendar-date.ts';
import { silenceDays } from '../../../domain/onboarding/durations.ts';
import type { Text } from '../../../domain/text.ts';
import { alsoToClear } from './condition-mails.ts';
import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { byWhen, linkLine, reasonLine, waveName } from './phrases.ts';

const ownLinkFr =
  'Ce lien est personnel : il donne accès au dossier de votre organisme. Ne le transmettez pas. Vos collègues en reçoivent chacun un, envoyé depuis le questionnaire.';
const ownLinkEn =
  'This link is personal: it opens your organisation’s onboarding. Do not share it. Each of your colleagues gets one of their own, sent from the questionnaire.';

function trustLine(sentence: string, { trustUrl }: MailContext): string | undefined {
  return trustUrl === undefined ? undefined : `${sentence}\n${trustUrl}`;
}

/** Until when the time to answer is paused; undefined when it is not. */
function pausedLine({ pausedUntil, language }: MailContext): string | undefined {
  if (pausedUntil === undefined) return undefined;
  const until = formatDate(pausedUntil, language);
  return language === 'fr'
    ? `Votre délai pour répondre est en pause jusqu’au ${until} au plus tard. La première réponse enregistrée met fin à cette pause.`
    : `Your time to answer is paused until ${until} at the latest. The first answer that is saved ends the pause.`;
}

/** The same, with that the customer has asked to talk first. */
function pauseLine(c: MailContext): string | undefined {
  const paused = pausedLine(c);
  if (paused === undefined) return undefined;
  return c.language === 'fr'
    ? `Vous avez souhaité en parler d’abord. ${paused}`
    : `You asked to talk first. ${paused}`;
}

/** Mails about the questionnaire and the preparation. Names of organisations follow no « de »: they may need an article. */
export const questionnaireMails = {
  invitation: {
    fr: (c) => ({
      subject: 'votre questionnaire à remplir',
      body: [
        `Votre organisme, ${c.organisation}, souhaite rejoindre ${c.platform}. Pour préparer votre arrivée, nous avons besoin de vos réponses à un questionnaire sur vos données, vos usages et vos échéances.`,
        linkLine('Répondre au questionnaire :', c),
        `${c.pausedUntil === undefined ? `Merci de commencer ${byWhen(c)}. ` : ''}Vous pouvez vous interrompre et reprendre à tout moment : chaque page enregistrée est conservée. « Je ne sais pas » est une réponse acceptée.`,
        pauseLine(c) ??
          `Sans réponse, nous vous relancerons environ toutes les deux semaines, un jour ouvré. Après ${silenceDays.answers} jours sans aucune page enregistrée, le dossier sera clos ; vous pourrez faire une nouvelle demande. Si vous préférez en parler d’abord, demandez-le à partir de ce lien : ce délai est alors mis en pause.`,
        'Vous préférez répondre de vive voix ? Répondez à ce message : une personne de l’équipe saisira vos réponses avec vous, et vous les attesterez ensuite.',
        trustLine('Ce que la plateforme revendique, et sur quelles preuves :', c),
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your onboarding questionnaire',
      body: [
        `Your organisation, ${c.organisation}, wishes to join ${c.platform}. To prepare your onboarding, we need your answers to a questionnaire about your data, your use of the platform and your deadlines.`,
        linkLine('Answer the questionnaire:', c),
        `${c.pausedUntil === undefined ? `Please start ${byWhen(c)}. ` : ''}You can stop and come back at any time: every page you save is kept. “I don’t know” is an accepted answer.`,
        pauseLine(c) ??
          `Without an answer, we will send you a reminder about every two weeks, on a working day. After ${silenceDays.answers} days without any page saved, the onboarding will be closed; you can make a new request. If you would rather talk first, ask for it with this link: this time is then paused.`,
        'Would you rather answer in a conversation? Reply to this email: a member of the team will enter your answers with you, and you attest them afterwards.',
        trustLine('What the platform claims, and on what evidence:', c),
        ownLinkEn,
      ],
    }),
  },
  own_link: {
    fr: (c) => ({
      subject: 'votre lien vers votre dossier',
      body: [
        `Voici le lien qui ouvre le dossier de votre organisme, ${c.organisation}. Vous y trouverez ce qui est fait, ce qui est à venir et les décisions que vous pouvez prendre.`,
        linkLine('Voir où en est votre dossier :', c),
        c.stage === undefined ? undefined : `Étape actuelle : ${c.stage.toLowerCase()}.`,
        'Vous n’avez pas à remplir de nouveau le questionnaire. La page indique ce qui est attendu de vous, et pour quelle date.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your link to your onboarding',
      body: [
        `Here is the link that opens the onboarding of ${c.organisation}: what is done, what comes next, and what you can decide there.`,
        linkLine('View the status of your onboarding:', c),
        c.stage === undefined ? undefined : `Current stage: ${c.stage.toLowerCase()}.`,
        'You do not have to fill in the questionnaire again. The page tells you whether you need to do anything, and by when.',
        ownLinkEn,
      ],
    }),
  },
  reminder: {
    fr: (c) => ({
      subject: 'votre questionnaire vous attend',
      body: [
        `Le questionnaire de votre organisme, ${c.organisation}, n’est pas terminé, et aucune page n’a été enregistrée depuis environ deux semaines ou plus.`,
        linkLine('Reprendre où vous en étiez :', c),
        `Merci de poursuivre ${byWhen(c)}. Enregistrer une page fait repartir le délai.`,
        `Sans nouvelles de votre part pendant ${silenceDays.answers} jours, le dossier sera clos. Si une question vous arrête, dites-le-nous : nous pourrons l’examiner ensemble.`,
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your questionnaire is waiting',
      body: [
        `The onboarding questionnaire of ${c.organisation} is not finished, and no page has been saved for about two weeks or more.`,
        linkLine('Continue where you left off:', c),
        `Please continue ${byWhen(c)}. Saving a page restarts the deadline.`,
        `If we hear nothing from you for ${silenceDays.answers} days, the onboarding will be closed. If you are stuck on a question, tell us: we can look at it together.`,
        ownLinkEn,
      ],
    }),
  },
  last_notice: {
    fr: (c) => ({
      subject: 'dernier rappel avant clôture',
      body: [
        `Aucune page du questionnaire de votre organisme, ${c.organisation}, n’a été enregistrée depuis environ huit semaines. Ceci est le dernier rappel.`,
        linkLine('Reprendre le questionnaire :', c),
        `Pour garder votre dossier ouvert, enregistrez au moins une page ${byWhen(c)}.`,
        'Sinon, le dossier sera clos passé ce délai et ce lien ne l’ouvrira plus qu’en lecture. Vous pourrez faire une nouvelle demande. Si vous ne souhaitez plus rejoindre la plateforme, vous pouvez aussi nous l’indiquer depuis ce lien.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'final reminder before closing',
      body: [
        `No page of the questionnaire of ${c.organisation} has been saved for about eight weeks. This is the final reminder.`,
        linkLine('Go back to the questionnaire:', c),
        `To keep your onboarding open, save at least one page ${byWhen(c)}.`,
        'Otherwise the onboarding will be closed after that and this link will open it to read only. You can make a new request. If you no longer wish to join the platform, you can also tell us with this link.',
        ownLinkEn,
      ],
    }),
  },
  talk_asked: {
    fr: (c) => ({
      subject: 'votre suppléant souhaite en parler d’abord',
      body: [
        `Votre suppléant a demandé, pour votre organisme, ${c.organisation}, à en parler avant de répondre au questionnaire : votre interlocuteur prend contact avec vous.`,
        pausedLine(c),
        linkLine('Voir votre dossier :', c),
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your deputy wants to talk first',
      body: [
        `Your deputy has asked, for your organisation, ${c.organisation}, to talk before the questionnaire is answered: your contact will get in touch with you.`,
        pausedLine(c),
        linkLine('View your onboarding:', c),
        ownLinkEn,
      ],
    }),
  },
  talk_ended: {
    fr: (c) => ({
      subject: 'votre questionnaire reprend',
      body: [
        `Votre organisme, ${c.organisation}, avait souhaité en parler avant de répondre au questionnaire. La pause est terminée : le délai pour répondre reprend là où il s’était arrêté.`,
        linkLine('Reprendre le questionnaire :', c),
        `Enregistrez au moins une page ${byWhen(c)} ; chaque page enregistrée fait repartir ce délai. Sans page enregistrée, le dossier sera clos ; vous pourrez faire une nouvelle demande.`,
        'Si une question reste ouverte, répondez à ce message : votre interlocuteur le reçoit.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your questionnaire goes on',
      body: [
        `Your organisation, ${c.organisation}, wanted to talk before answering the questionnaire. The pause is over: the time to answer goes on from where it stopped.`,
        linkLine('Go back to the questionnaire:', c),
        `Save at least one page ${byWhen(c)}; every page you save restarts the deadline. Without a saved page, the onboarding will be closed; you can make a new request.`,
        'If a question is still open, reply to this email: your contact receives it.',
        ownLinkEn,
      ],
    }),
  },
  attestation_asked: {
    fr: (c) => ({
      subject: 'vos réponses sont à relire et à attester',
      body: [
        `Lors d’un entretien, nous avons saisi les réponses de votre organisme, ${c.organisation}, au questionnaire. Elles attendent votre attestation : personne ne la donne à votre place.`,
        linkLine('Relire, corriger et attester les réponses :', c),
        'Vous pouvez modifier chaque réponse. Rien n’est examiné tant que vous n’avez pas attesté et envoyé.',
        'Par prudence, ce message ne reprend aucune de vos réponses.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'please check and attest your answers',
      body: [
        `In an interview, we entered the answers of ${c.organisation} to the questionnaire. They wait for your attestation: no one gives it for you.`,
        linkLine('Check, correct and attest the answers:', c),
        'You can change every answer. Nothing is reviewed until you have attested and submitted.',
        'As a precaution, this email repeats none of your answers.',
        ownLinkEn,
      ],
    }),
  },
  answers_received: {
    fr: (c) => ({
      subject: 'vos réponses sont bien arrivées',
      body: [
        `Nous avons bien reçu les réponses de votre organisme, ${c.organisation}. Vous n’avez rien à faire pour le moment.`,
        'Nous examinons maintenant votre dossier : qualification, niveau de préparation, puis date de migration. Une personne de l’équipe pourra revenir vers vous si un point doit être précisé.',
        linkLine('Suivre votre dossier et lire le résultat motivé :', c),
        'Par prudence, ce message ne reprend aucune de vos réponses.',
      ],
    }),
    en: (c) => ({
      subject: 'we have received your answers',
      body: [
        `We have received the answers of ${c.organisation}. You do not need to do anything for now.`,
        'We are now reviewing your onboarding: qualification, readiness tier, then a migration date. A member of the team may come back to you if a point needs clarification.',
        linkLine('Follow your onboarding and read the result with its reasons:', c),
        'As a precaution, this email repeats none of your answers.',
      ],
    }),
  },
  preparation: {
    fr: (c) => ({
      subject: 'votre préparation commence',
      body: [
        `D’après les réponses reçues, votre organisme, ${c.organisation}, doit se préparer avant de migrer. C’est une étape courante, et nous vous accompagnons.`,
        c.wave === undefined ? undefined : `Votre accompagnement : ${waveName(c)}.`,
        linkLine('Voir les points à traiter, puis mettre vos réponses à jour :', c),
        `Merci de mettre vos réponses à jour ${byWhen(c)}. Votre niveau de préparation sera alors recalculé, et une date de migration pourra vous être proposée.`,
        `Sans mise à jour, nous vous relancerons environ tous les trente jours, un jour ouvré ; après ${silenceDays.reassessment} jours, une personne de l’équipe vous contactera.`,
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your preparation begins',
      body: [
        `According to the answers we received, ${c.organisation} has to prepare before it migrates. This is a normal step, and we will help you through it.`,
        c.wave === undefined ? undefined : `Your preparation: ${waveName(c)}.`,
        linkLine('See the points to work on, then update your answers:', c),
        `Please update your answers ${byWhen(c)}. We will then recalculate your readiness tier, and may be able to offer you a migration date.`,
        `Without an update, we will send you a reminder about every thirty days, on a working day; after ${silenceDays.reassessment} days a member of the team will contact you.`,
        ownLinkEn,
      ],
    }),
  },
  reassessment_reminder: {
    fr: (c) => ({
      subject: 'où en est votre préparation ?',
      body: [
        `Votre organisme, ${c.organisation}, prépare sa migration. Dès que vous avez avancé sur les points indiqués dans votre dossier, mettez vos réponses à jour : votre niveau de préparation sera aussitôt recalculé.`,
        c.wave === undefined ? undefined : `Votre accompagnement : ${waveName(c)}.`,
        linkLine('Voir les points à traiter et mettre vos réponses à jour :', c),
        `Merci de nous dire où vous en êtes ${byWhen(c)}. Sans mise à jour, aucune date de migration ne peut vous être proposée ; après ${silenceDays.reassessment} jours, une personne de l’équipe vous contactera.`,
        alsoToClear(c),
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'how is your preparation going?',
      body: [
        `${c.organisation} is preparing for its migration. As soon as you have made progress on the points listed in your onboarding, update your answers: your readiness tier will be recalculated at once.`,
        c.wave === undefined ? undefined : `Your preparation: ${waveName(c)}.`,
        linkLine('See the points to work on and update your answers:', c),
        `Please tell us how far you have come ${byWhen(c)}. Until you update your answers, we cannot offer you a migration date; after ${silenceDays.reassessment} days a member of the team will contact you.`,
        alsoToClear(c),
        ownLinkEn,
      ],
    }),
  },
  closed: {
    fr: (c) => ({
      subject: 'votre dossier est clos',
      body: [
        `Le dossier de votre organisme, ${c.organisation}, pour rejoindre ${c.platform} est clos.`,
        howItEnded(c).fr,
        wantsReason(c) ? reasonLine(c) : undefined,
        c.statusUrl === undefined
          ? undefined
          : 'Le lien personnel de nos courriels précédents ouvre encore le dossier en lecture, tant que vos données sont conservées : comment il s’est terminé, pourquoi, à qui écrire, et le relevé de vos réponses si vous en avez envoyé.',
        c.outcome === 'HANDED_OVER'
          ? undefined
          : 'Si vous pensez qu’il s’agit d’une erreur, dites-le-nous : une personne réexaminera votre dossier.',
      ],
    }),
    en: (c) => ({
      subject: 'your onboarding is closed',
      body: [
        `The onboarding of ${c.organisation} to ${c.platform} is closed.`,
        howItEnded(c).en,
        wantsReason(c) ? reasonLine(c) : undefined,
        c.statusUrl === undefined
          ? undefined
          : 'The personal link in our earlier emails still opens the onboarding to read, for as long as your data is kept: how it ended, why, whom to write to, and the record of your answers if you submitted any.',
        c.outcome === 'HANDED_OVER'
          ? undefined
          : 'If you think this is a mistake, tell us: a person will review your onboarding again.',
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

/** The customer's own choice, or silence, needs no reason from us. */
function wantsReason({ outcome }: MailContext): boolean {
  return outcome !== 'DECLINED' && outcome !== 'UNANSWERED';
}

/** A person may refuse for want of answers or of a date, too: only a confirmed refusal is about the platform. */
const confirmedRefusal = {
  fr: 'Après examen par une personne de l’équipe, la plateforme ne convient pas à ce besoin. Vous pouvez demander les raisons détaillées et contester cette décision.',
  en: 'After review by a member of the team, the platform does not meet this need. You can ask for the detailed reasons and contest this decision.',
};

function howItEnded({ outcome, confirmedRefusal: confirmed }: MailContext): Text {
  if (outcome === 'NOT_ELIGIBLE' && confirmed === true) return confirmedRefusal;
  return outcomes[outcome ?? 'none'];
}

const outcomes = {
  HANDED_OVER: {
    fr: 'Votre migration est achevée et la surveillance renforcée a pris fin : vos utilisateurs travaillent sur la plateforme.',
    en: 'Your migration is complete and hypercare has ended: your users are working on the platform.',
  },
  NOT_ELIGIBLE: {
    fr: 'Après examen, une personne de l’équipe a décidé de ne pas donner suite à votre demande. Vous pouvez demander les raisons détaillées et contester cette décision.',
    en: 'After review, a member of the team decided not to go on with your request. You can ask for the detailed reasons and contest this decision.',
  },
  DECLINED: {
    fr: 'Vous nous avez indiqué ne pas souhaiter poursuivre. Vous pouvez faire une nouvelle demande à tout moment.',
    en: 'You told us that you do not wish to continue. You can make a new request at any time.',
  },
  UNANSWERED: {
    fr: 'Le questionnaire n’a pas été envoyé malgré plusieurs rappels. Vous pouvez faire une nouvelle demande à tout moment.',
    en: 'The questionnaire was not submitted despite several reminders. You can make a new request at any time.',
  },
  WITHDRAWN: {
    fr: 'La demande a été retirée ; toute place réservée a été rendue. Vous pouvez faire une nouvelle demande à tout moment.',
    en: 'The request was withdrawn; any place that was held has been released. You can make a new request at any time.',
  },
  none: {
    fr: 'Vous n’avez rien à faire.',
    en: 'You do not need to do anything.',
  },
} as const;
