import type { Language } from '../../../domain/text.ts';
import { alsoToClear, conditionLines } from './condition-mails.ts';
import type { CustomerTemplate, MailContext, MailWording, Wording } from './mail-context.ts';
import {
  answerPlaceLine,
  gateHour,
  goNoGoOn,
  linkLine,
  reasonLine,
  silenceLine,
  waveName,
} from './phrases.ts';
import { placeLost } from './place-lost.ts';

interface GoNoGo {
  readonly subject: string;
  readonly next: string;
}

function hasAhead({ conditions = [] }: MailContext): boolean {
  return conditions.length > 0;
}

/** What the customer has to clear before the go/no-go, if anything. */
function conditionsAhead(c: MailContext): readonly (string | undefined)[] {
  if (!hasAhead(c)) return [];
  const lead =
    c.language === 'fr'
      ? 'À lever avant la décision de bascule, sans quoi elle est en principe défavorable (la page de votre dossier indique comment) :'
      : 'To be cleared before the go/no-go decision, which is normally a no-go otherwise (the page of your onboarding says how):';
  return [`${lead}\n${conditionLines(c)}`];
}

/** The place instead of which the customer has another. */
function formerPlace({ movedFrom, language }: MailContext): string {
  if (movedFrom === undefined) return '';
  const { wave, cause, asked } = movedFrom;
  if (language === 'fr') {
    return `${asked ? 'Vous l’avez demandé. ' : ''}Ancienne place : la ${wave}${cause === undefined ? '' : ` ; ${cause}`}. `;
  }
  return `${asked ? 'You asked for this. ' : ''}Former place: the ${wave}${cause === undefined ? '' : `; ${cause}`}. `;
}

/** That the contract is not recorded yet, and what follows if it stays so. */
function contractAhead({ contractMissing, language }: MailContext): string | undefined {
  if (contractMissing !== true) return undefined;
  return language === 'fr'
    ? 'Le contrat signé n’est pas encore enregistré : l’équipe commerciale l’enregistre dès qu’il est signé, avec l’accord sur le traitement des données. S’il manque encore au moment de la décision de bascule, elle est en principe défavorable.'
    : 'The signed contract is not recorded yet: sales record it as soon as it is signed, with the agreement on data processing. If it is still missing at the go/no-go decision, that is normally a no-go.';
}

/** Why operators have moved the customer, in their words. */
function movedFor({ movedFrom, language }: MailContext): string | undefined {
  if (movedFrom?.reason === undefined) return undefined;
  return language === 'fr' ? `Motif : ${movedFrom.reason}` : `Reason: ${movedFrom.reason}`;
}

/** Mails about a place in a wave and the cutover. */
export const waveMails = {
  waiting_list: {
    fr: (c) => ({
      subject: 'vous êtes sur la liste d’attente',
      body: [
        `Votre organisme, ${c.organisation}, est prêt à migrer, mais aucune date ne peut lui être proposée aujourd’hui. Il est inscrit sur la liste d’attente${hasAhead(c) ? '.' : ' ; vous n’avez rien à faire.'}`,
        reasonLine(c),
        ...conditionsAhead(c),
        linkLine('Voir votre rang et ses raisons :', c),
        'Dès qu’une date sera possible, nous vous la proposerons par courriel ; elle vous sera réservée quelques jours. Si une échéance change de votre côté, dites-le-nous sans attendre.',
      ],
    }),
    en: (c) => ({
      subject: 'you are on the waiting list',
      body: [
        `${c.organisation} is ready to migrate, but we cannot offer you a date at the moment. Your organisation is on the waiting list${hasAhead(c) ? '.' : '; you do not need to do anything.'}`,
        reasonLine(c),
        ...conditionsAhead(c),
        linkLine('See your position and the reasons for it:', c),
        'As soon as a date is possible, we will offer it to you by email and hold it for you for a few days. If a deadline changes on your side, tell us at once.',
      ],
    }),
  },
  wave_offer: {
    fr: (c) => ({
      subject: 'une place est disponible',
      body: [
        `Une place est disponible pour votre organisme, ${c.organisation} : ${waveName(c)}.`,
        linkLine('Accepter ou refuser cette place :', c),
        silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
    en: (c) => ({
      subject: 'a place is available',
      body: [
        `A place is available for ${c.organisation}: ${waveName(c)}.`,
        linkLine('Accept or refuse this place:', c),
        silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
  },
  wave_held: {
    fr: (c) => ({
      subject: 'votre date de migration à confirmer',
      body: [
        `Nous avons réservé une place pour votre organisme, ${c.organisation} : ${waveName(c)}.`,
        reasonLine(c),
        answerPlaceLine(c),
        silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
    en: (c) => ({
      subject: 'please confirm your migration date',
      body: [
        `We are holding a place for ${c.organisation}: ${waveName(c)}.`,
        reasonLine(c),
        answerPlaceLine(c),
        silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
  },
  wave_confirmed: {
    fr: (c) => ({
      subject: 'votre date de migration est confirmée',
      body: [
        `La place de votre organisme, ${c.organisation}, est confirmée : ${waveName(c)}.`,
        `Les étapes : calendrier détaillé cinq semaines avant la bascule, réunions quatre puis deux semaines avant, information de vos utilisateurs trois puis une semaine avant, décision ${goNoGoOn(c)}, surveillance renforcée la semaine suivante.`,
        linkLine(
          c.noOtherDate === true ? 'Suivre les étapes :' : 'Suivre les étapes, ou changer de date :',
          c,
        ),
        c.mayMove,
        ...conditionsAhead(c),
        contractAhead(c),
        `${hasAhead(c) || c.contractMissing === true ? '' : 'Vous n’avez rien à faire d’ici la première étape. '}Si la date ne vous convient plus, dites-le-nous au plus tôt : un autre organisme pourra en profiter.`,
      ],
    }),
    en: (c) => ({
      subject: 'your migration date is confirmed',
      body: [
        `The place of ${c.organisation} is confirmed: ${waveName(c)}.`,
        `The steps: detailed schedule five weeks before the cutover, meetings four weeks and two weeks before, notices to your users three weeks and one week before, the decision ${goNoGoOn(c)}, hypercare the week after.`,
        linkLine(c.noOtherDate === true ? 'Follow the steps:' : 'Follow the steps, or change the date:', c),
        c.mayMove,
        ...conditionsAhead(c),
        contractAhead(c),
        `${hasAhead(c) || c.contractMissing === true ? '' : 'You do not need to do anything until the first step. '}If the date no longer suits you, tell us as soon as you can: another organisation may be able to use it.`,
      ],
    }),
  },
  wave_moved: {
    fr: (c) => ({
      subject:
        c.movedFrom?.sameDay === true
          ? 'votre site de migration a changé'
          : 'votre date de migration a changé',
      body: [
        c.wave === undefined
          ? `La migration de votre organisme, ${c.organisation}, n’aura pas lieu à la date prévue. Une nouvelle date est recherchée en priorité et vous sera proposée par courriel.`
          : `La migration de votre organisme, ${c.organisation}, a été déplacée. ${formerPlace(c)}Nouvelle place : ${waveName(c)}.`,
        movedFor(c) ?? reasonLine(c),
        c.wave === undefined ? linkLine('Voir où en est votre dossier :', c) : answerPlaceLine(c),
        c.wave === undefined
          ? `${hasAhead(c) ? '' : 'Vous n’avez rien à faire pour le moment. '}Si une échéance est proche, dites-le-nous sans attendre.`
          : silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
    en: (c) => ({
      subject:
        c.movedFrom?.sameDay === true ? 'your migration site has changed' : 'your migration date has changed',
      body: [
        c.wave === undefined
          ? `The migration of ${c.organisation} will not take place on the planned date. We are looking for a new date with priority and will offer it to you by email.`
          : `The migration of ${c.organisation} has been moved. ${formerPlace(c)}New place: ${waveName(c)}.`,
        movedFor(c) ?? reasonLine(c),
        c.wave === undefined ? linkLine('View the status of your onboarding:', c) : answerPlaceLine(c),
        c.wave === undefined
          ? `${hasAhead(c) ? '' : 'You do not need to do anything for now. '}If you have a pressing deadline, tell us at once.`
          : silenceLine(c),
        ...conditionsAhead(c),
      ],
    }),
  },
  place_reminder: {
    fr: (c) => ({
      subject: 'rappel : une place attend votre réponse',
      body: [
        `Une place est réservée pour votre organisme, ${c.organisation} : ${waveName(c)}. Vous n’avez pas encore répondu.`,
        linkLine('Répondre :', c),
        silenceLine(c),
        c.mayMove,
        alsoToClear(c),
      ],
    }),
    en: (c) => ({
      subject: 'reminder: a place awaits your answer',
      body: [
        `A place is held for ${c.organisation}: ${waveName(c)}. You have not answered yet.`,
        linkLine('Answer:', c),
        silenceLine(c),
        c.mayMove,
        alsoToClear(c),
      ],
    }),
  },
  place_lost: { fr: (c) => placeLost(c), en: (c) => placeLost(c) },
  cutover_failed: {
    fr: (c) => ({
      subject: 'la bascule n’a pas pu se faire comme prévu',
      body: [
        `La bascule de votre organisme, ${c.organisation}, prévue dans ${waveName(lostWave(c))}, n’a pas pu se faire comme prévu.`,
        'Vos réponses restent valables : vous n’avez pas à répondre de nouveau. Nous cherchons votre prochaine place en priorité ; nous vous l’enverrons par courriel, et vous pourrez la confirmer.',
        ...conditionsAhead(c),
      ],
    }),
    en: (c) => ({
      subject: 'the cutover could not be completed as planned',
      body: [
        `The cutover of ${c.organisation} in ${waveName(lostWave(c))} could not be completed as planned.`,
        'Your answers remain valid: you do not need to answer again. We are looking for your next place with priority; we will send it to you by email, and you can confirm it.',
        ...conditionsAhead(c),
      ],
    }),
  },
  go_no_go: { fr: (c) => goNoGo(c), en: (c) => goNoGo(c) },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

const noGos = ['no_go', 'no_decision', 'review_open', 'answers_awaited'] as const;
type NoGo = (typeof noGos)[number];

const decided: Readonly<
  Record<'go' | 'open' | NoGo, Readonly<Record<Language, (c: MailContext) => GoNoGo>>>
> = {
  go: {
    fr: () => ({
      subject: 'la bascule aura lieu',
      next: 'La décision est favorable : la bascule aura lieu comme prévu. Veillez à ce que vos contacts techniques soient joignables ; la surveillance renforcée durera ensuite une semaine.',
    }),
    en: () => ({
      subject: 'the cutover goes ahead',
      next: 'The decision is go: the cutover will take place as planned. Make sure that your technical contacts can be reached; hypercare then lasts one week.',
    }),
  },
  no_go: {
    fr: () => ({
      subject: 'la bascule est reportée',
      next: 'La décision est défavorable : la bascule n’a pas lieu à cette date. Rien ne change pour vos utilisateurs. Votre prochaine place est recherchée en priorité ; vous la recevrez par courriel, avec un lien vers les autres dates possibles s’il y en a.',
    }),
    en: () => ({
      subject: 'the cutover is postponed',
      next: 'The decision is no-go: the cutover will not take place on that date. Nothing changes for your users. We are looking for your next place with priority and will send it to you by email, with a link to the other possible dates if there are any.',
    }),
  },
  no_decision: {
    fr: () => ({
      subject: 'la bascule est reportée',
      next: 'La bascule n’a pas lieu à cette date, faute de décision de notre part. Vous n’y êtes pour rien, et rien ne change pour vos utilisateurs. Votre prochaine place est recherchée en priorité ; vous la recevrez par courriel, avec un lien vers les autres dates possibles s’il y en a.',
    }),
    en: () => ({
      subject: 'the cutover is postponed',
      next: 'The cutover will not take place on that date because we did not decide in time. This is our fault, not yours, and nothing changes for your users. We are looking for your next place with priority and will send it to you by email, with a link to the other possible dates if there are any.',
    }),
  },
  review_open: {
    fr: () => ({
      subject: 'la bascule est reportée',
      next: 'La bascule n’a pas lieu à cette date, car nous n’avons pas terminé la revue de votre dossier à temps. Rien ne change pour vos utilisateurs. Une fois cette revue terminée, votre prochaine place sera recherchée en priorité ; vous la recevrez par courriel.',
    }),
    en: () => ({
      subject: 'the cutover is postponed',
      next: 'The cutover will not take place on that date because we did not finish the review of your onboarding in time. Nothing changes for your users. Once this review is over, we will look for your next place with priority and send it to you by email.',
    }),
  },
  answers_awaited: {
    fr: () => ({
      subject: 'la bascule est reportée',
      next: 'La bascule n’a pas lieu à cette date, car nous attendons encore les réponses que nous vous avons demandé de revoir. Rien ne change pour vos utilisateurs. Une fois vos réponses envoyées et examinées, votre prochaine place sera recherchée en priorité ; vous la recevrez par courriel.',
    }),
    en: () => ({
      subject: 'the cutover is postponed',
      next: 'The cutover will not take place on that date because we are still waiting for the answers that we asked you to look at again. Nothing changes for your users. Once your answers are submitted and reviewed, we will look for your next place with priority and send it to you by email.',
    }),
  },
  open: {
    fr: (c) => ({
      subject: 'décision de bascule en cours',
      next: `La décision de bascule se prend ${goNoGoOn(c)}, avant ${gateHour(c)}, avec votre chef de projet. Signalez-nous avant cette heure tout ce qui empêcherait la bascule. Sans décision à cette heure, elle sera reportée.`,
    }),
    en: (c) => ({
      subject: 'go/no-go decision in progress',
      next: `The go/no-go decision is taken ${goNoGoOn(c)}, by ${gateHour(c)}, with your project manager. Before then, tell us about anything that would prevent the cutover. Without a decision by then, it will be postponed.`,
    }),
  },
};

/** The context with the wave that was lost, if one was, in place of the present one. */
function lostWave(context: MailContext): MailContext {
  return context.lost === undefined ? context : { ...context, wave: context.lost.wave };
}

function goNoGo(context: MailContext): Wording {
  const { language, lost, organisation } = context;
  const refused = noGos.find((cause) => cause === lost?.by);
  const { subject, next } = decided[refused ?? context.goNoGo ?? 'open'][language](context);
  // By the time of sending, the customer may already have its next place.
  const wave = waveName(lostWave(context));
  const about =
    language === 'fr'
      ? `Ce message concerne la bascule de votre organisme, ${organisation} : ${wave}.`
      : `This email is about the cutover of ${organisation}: ${wave}.`;
  return { subject, body: [about, next, refused === undefined ? reasonLine(context) : undefined] };
}
