import type { CustomerTemplate, MailContext, MailWording } from './mail-context.ts';
import { byWhen, linkLine, reasonLine, waveName } from './phrases.ts';

const ownLinkFr =
  'Ce lien vous est personnel : il donne accès au dossier de votre organisme. Ne le transmettez qu’aux collègues qui répondent avec vous.';
const ownLinkEn =
  'This link is personal: it opens your organisation’s file. Pass it on only to colleagues who answer with you.';

/** Mails about the questionnaire and the preparation. Names of organisations follow no « de »: they may need an article. */
export const questionnaireMails = {
  invitation: {
    fr: (c) => ({
      subject: 'votre questionnaire d’entrée',
      body: [
        `Votre organisme, ${c.organisation}, souhaite rejoindre ${c.platform}. Pour préparer son arrivée, nous avons besoin de vos réponses à un questionnaire sur vos données, vos usages et vos échéances.`,
        linkLine('Répondre au questionnaire :', c),
        `Merci de commencer ${byWhen(c)}. Vous pouvez vous arrêter et reprendre à tout moment : chaque page enregistrée est gardée. « Je ne sais pas » est une réponse acceptée.`,
        'Sans réponse, nous vous écrirons de nouveau toutes les deux semaines. Après 70 jours sans aucune page enregistrée, le dossier est clos ; une nouvelle demande reste possible.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your onboarding questionnaire',
      body: [
        `Your organisation, ${c.organisation}, wishes to join ${c.platform}. To prepare its arrival we need your answers to a questionnaire about your data, your use and your deadlines.`,
        linkLine('Answer the questionnaire:', c),
        `Please begin ${byWhen(c)}. You may stop and come back at any time: every page you save is kept. “I don’t know” is an accepted answer.`,
        'Without an answer we will write again every two weeks. After 70 days without any page saved, the file is closed; a new request stays possible.',
        ownLinkEn,
      ],
    }),
  },
  own_link: {
    fr: (c) => ({
      subject: 'votre lien vers votre dossier',
      body: [
        `Voici le lien qui ouvre le dossier de ${c.organisation} : ce qui est fait, ce qui vient, et ce que vous pouvez y décider.`,
        linkLine('Voir où en est votre dossier :', c),
        c.stage === undefined ? undefined : `Étape actuelle : ${c.stage.toLowerCase()}.`,
        'Le questionnaire n’est pas à remplir de nouveau. La page dit s’il y a quelque chose à faire, et pour quand.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your link to your file',
      body: [
        `Here is the link that opens the file of ${c.organisation}: what is done, what comes next, and what you may decide there.`,
        linkLine('See where your file stands:', c),
        c.stage === undefined ? undefined : `Present stage: ${c.stage.toLowerCase()}.`,
        'The questionnaire need not be filled in again. The page says whether there is anything to do, and by when.',
        ownLinkEn,
      ],
    }),
  },
  reminder: {
    fr: (c) => ({
      subject: 'votre questionnaire vous attend',
      body: [
        `Le questionnaire d’entrée de ${c.organisation} n’est pas terminé, et aucune page n’a été enregistrée depuis au moins deux semaines.`,
        linkLine('Reprendre où vous en étiez :', c),
        `Merci de continuer ${byWhen(c)}. Chaque page enregistrée fait repartir le délai.`,
        'Sans nouvelle de votre part, le dossier sera clos après 70 jours de silence. Si une question vous arrête, dites-le nous : nous pouvons la traiter ensemble.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your questionnaire is waiting',
      body: [
        `The onboarding questionnaire of ${c.organisation} is not finished, and no page has been saved for at least two weeks.`,
        linkLine('Go on where you stopped:', c),
        `Please continue ${byWhen(c)}. Every page you save starts the period again.`,
        'If we hear nothing, the file will be closed after 70 days of silence. If a question holds you up, tell us: we can look at it together.',
        ownLinkEn,
      ],
    }),
  },
  last_notice: {
    fr: (c) => ({
      subject: 'dernier rappel avant clôture',
      body: [
        `Nous n’avons reçu aucune page du questionnaire de ${c.organisation} depuis huit semaines. Ceci est le dernier rappel.`,
        linkLine('Reprendre le questionnaire :', c),
        `Pour garder votre dossier ouvert, enregistrez au moins une page ${byWhen(c)}.`,
        'Sinon, le dossier sera clos deux semaines après ce message et ce lien cessera de fonctionner. Vous pourrez faire une nouvelle demande. Si vous ne souhaitez plus rejoindre la plateforme, vous pouvez aussi nous le dire depuis ce lien.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'last reminder before closing',
      body: [
        `We have received no page of the questionnaire of ${c.organisation} for eight weeks. This is the last reminder.`,
        linkLine('Go back to the questionnaire:', c),
        `To keep your file open, save at least one page ${byWhen(c)}.`,
        'Otherwise the file will be closed two weeks after this message and this link will stop working. You may make a new request. If you no longer wish to join the platform, you can also say so from this link.',
        ownLinkEn,
      ],
    }),
  },
  answers_received: {
    fr: (c) => ({
      subject: 'vos réponses sont bien arrivées',
      body: [
        `Nous avons bien reçu les réponses de ${c.organisation}. Vous n’avez rien à faire pour le moment.`,
        'Nous examinons maintenant votre dossier : qualification, niveau de préparation, puis date de migration. Une personne de l’équipe peut revenir vers vous si un point doit être précisé.',
        linkLine('Suivre votre dossier et lire le résultat motivé :', c),
        'Par prudence, ce message ne reprend aucune de vos réponses.',
      ],
    }),
    en: (c) => ({
      subject: 'your answers have arrived',
      body: [
        `We have received the answers of ${c.organisation}. There is nothing for you to do for now.`,
        'We are now examining your file: qualification, readiness tier, then a migration date. Somebody of the team may come back to you if a point needs to be made clear.',
        linkLine('Follow your file and read the result with its reasons:', c),
        'As a precaution, this message repeats none of your answers.',
      ],
    }),
  },
  preparation: {
    fr: (c) => ({
      subject: 'votre préparation commence',
      body: [
        `D’après les réponses reçues, ${c.organisation} doit se préparer avant de migrer. C’est une étape ordinaire : nous vous accompagnons.`,
        c.wave === undefined ? undefined : `Votre accompagnement : ${waveName(c)}.`,
        linkLine('Voir les points à traiter, puis mettre vos réponses à jour :', c),
        `Merci de mettre vos réponses à jour ${byWhen(c)}. Votre niveau de préparation est alors recalculé, et une date de migration peut être proposée.`,
        'Sans mise à jour, nous vous écrirons tous les trente jours ; après 180 jours, une personne de l’équipe prendra contact avec vous.',
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'your preparation begins',
      body: [
        `From the answers we received, ${c.organisation} has to prepare before it migrates. This is an ordinary step: we help you through it.`,
        c.wave === undefined ? undefined : `Your programme: ${waveName(c)}.`,
        linkLine('See the points to work on, then update your answers:', c),
        `Please update your answers ${byWhen(c)}. Your readiness tier is then computed again, and a migration date can be offered.`,
        'Without an update we will write every thirty days; after 180 days somebody of the team will contact you.',
        ownLinkEn,
      ],
    }),
  },
  reassessment_reminder: {
    fr: (c) => ({
      subject: 'où en est votre préparation ?',
      body: [
        `${c.organisation} est en préparation avant sa migration. Dès que vous avez avancé sur les points indiqués dans votre dossier, mettez vos réponses à jour : votre niveau de préparation est recalculé aussitôt.`,
        c.wave === undefined ? undefined : `Votre accompagnement : ${waveName(c)}.`,
        linkLine('Voir les points à traiter et mettre vos réponses à jour :', c),
        `Merci de nous dire où vous en êtes ${byWhen(c)}. Tant que la mise à jour n’est pas faite, aucune date de migration ne peut être proposée ; après 180 jours, une personne de l’équipe prendra contact avec vous.`,
        ownLinkFr,
      ],
    }),
    en: (c) => ({
      subject: 'how is your preparation going?',
      body: [
        `${c.organisation} is preparing for its migration. As soon as you have made progress on the points named in your file, update your answers: your readiness tier is computed again at once.`,
        c.wave === undefined ? undefined : `Your programme: ${waveName(c)}.`,
        linkLine('See the points to work on and update your answers:', c),
        `Please tell us where you stand ${byWhen(c)}. Until the update is made, no migration date can be offered; after 180 days somebody of the team will contact you.`,
        ownLinkEn,
      ],
    }),
  },
  closed: {
    fr: (c) => ({
      subject: 'votre dossier est clos',
      body: [
        `Le dossier d’entrée de ${c.organisation} sur ${c.platform} est clos.`,
        outcomes[c.outcome ?? 'none'].fr,
        wantsReason(c) ? reasonLine(c) : undefined,
        'Si vous pensez qu’il s’agit d’une erreur, dites-le nous : une personne réexaminera votre dossier.',
      ],
    }),
    en: (c) => ({
      subject: 'your file is closed',
      body: [
        `The onboarding file of ${c.organisation} on ${c.platform} is closed.`,
        outcomes[c.outcome ?? 'none'].en,
        wantsReason(c) ? reasonLine(c) : undefined,
        'If you think this is a mistake, tell us: a person will look at your file again.',
      ],
    }),
  },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

/** The customer's own choice, or silence, needs no reason from us. */
function wantsReason({ outcome }: MailContext): boolean {
  return outcome !== 'DECLINED' && outcome !== 'UNANSWERED';
}

const outcomes = {
  HANDED_OVER: {
    fr: 'Votre migration est menée à bien et la surveillance renforcée a pris fin : vos utilisateurs travaillent sur la plateforme.',
    en: 'Your migration is carried out and hypercare has ended: your users work on the platform.',
  },
  NOT_ELIGIBLE: {
    fr: 'Après examen par une personne de l’équipe, la plateforme ne convient pas à ce besoin. Vous pouvez demander les raisons détaillées et contester cette décision.',
    en: 'After examination by a person of the team, the platform does not suit this need. You may ask for the detailed reasons and contest this decision.',
  },
  DECLINED: {
    fr: 'Vous nous avez indiqué ne pas souhaiter poursuivre. Une nouvelle demande reste possible à tout moment.',
    en: 'You told us that you do not wish to go on. A new request stays possible at any time.',
  },
  UNANSWERED: {
    fr: 'Nous n’avons reçu aucune réponse malgré plusieurs rappels. Une nouvelle demande reste possible à tout moment.',
    en: 'We received no answer in spite of several reminders. A new request stays possible at any time.',
  },
  WITHDRAWN: {
    fr: 'La demande a été retirée ; toute place réservée a été rendue. Une nouvelle demande reste possible à tout moment.',
    en: 'The request was withdrawn; any place held was given back. A new request stays possible at any time.',
  },
  none: {
    fr: 'Vous n’avez rien à faire.',
    en: 'There is nothing for you to do.',
  },
} as const;
