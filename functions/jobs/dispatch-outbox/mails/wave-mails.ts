import type { CustomerTemplate, MailContext, MailWording, Wording } from './mail-context.ts';
import { byWhen, linkLine, reasonLine, waveName } from './phrases.ts';

/** Mails about a place in a wave and the cutover. */
export const waveMails = {
  waiting_list: {
    fr: (c) => ({
      subject: 'vous êtes sur liste d’attente',
      body: [
        `${c.organisation} peut migrer, mais aucune vague n’a de place qui lui convienne aujourd’hui. Votre organisme est inscrit sur la liste d’attente ; vous n’avez rien à faire.`,
        reasonLine(c),
        linkLine('Voir votre rang et ce qui l’explique :', c),
        'Dès qu’une place se libère, nous vous la proposons par courriel ; elle vous est gardée quelques jours. Si une échéance change de votre côté, dites-le nous sans attendre.',
      ],
    }),
    en: (c) => ({
      subject: 'you are on the waiting list',
      body: [
        `${c.organisation} is ready to migrate, but no wave has a suitable place today. Your organisation is on the waiting list; there is nothing for you to do.`,
        reasonLine(c),
        linkLine('See your rank and what explains it:', c),
        'As soon as a place becomes free we offer it to you by mail; it is kept for you for some days. If a deadline changes on your side, tell us without delay.',
      ],
    }),
  },
  wave_offer: {
    fr: (c) => ({
      subject: 'une place s’est libérée',
      body: [
        `Une place s’est libérée pour ${c.organisation} : ${waveName(c)}.`,
        linkLine('Accepter ou refuser cette place :', c),
        `Merci de répondre ${byWhen(c)}. Sans réponse à cette date, la place est proposée à l’organisme suivant et vous restez sur la liste d’attente.`,
      ],
    }),
    en: (c) => ({
      subject: 'a place has become free',
      body: [
        `A place has become free for ${c.organisation}: ${waveName(c)}.`,
        linkLine('Accept or refuse this place:', c),
        `Please answer ${byWhen(c)}. Without an answer by then, the place is offered to the next organisation and you stay on the waiting list.`,
      ],
    }),
  },
  wave_held: {
    fr: (c) => ({
      subject: 'votre date de migration à confirmer',
      body: [
        `Nous avons réservé une place pour ${c.organisation} : ${waveName(c)}.`,
        linkLine('Confirmer, demander une autre date ou renoncer :', c),
        `Merci de répondre ${byWhen(c)}. Sans réponse, la place est rendue et une autre date est recherchée, une seule fois ; ensuite une personne de l’équipe examine votre dossier.`,
      ],
    }),
    en: (c) => ({
      subject: 'your migration date, to be confirmed',
      body: [
        `We hold a place for ${c.organisation}: ${waveName(c)}.`,
        linkLine('Confirm, ask for another date or decline:', c),
        `Please answer ${byWhen(c)}. Without an answer the place is given back and another date is sought, once only; after that somebody of the team looks at your file.`,
      ],
    }),
  },
  wave_confirmed: {
    fr: (c) => ({
      subject: 'votre date de migration est confirmée',
      body: [
        `La place de ${c.organisation} est confirmée : ${waveName(c)}.`,
        'Les étapes : calendrier détaillé cinq semaines avant la bascule, réunions quatre puis deux semaines avant, information de vos utilisateurs trois puis une semaine avant, décision la veille, surveillance renforcée la semaine suivante.',
        linkLine('Suivre les étapes, ou demander un changement :', c),
        'Vous n’avez rien à faire d’ici la première étape. Si la date ne vous convient plus, dites-le nous au plus tôt : une autre équipe peut en profiter.',
      ],
    }),
    en: (c) => ({
      subject: 'your migration date is confirmed',
      body: [
        `The place of ${c.organisation} is confirmed: ${waveName(c)}.`,
        'The steps: detailed schedule five weeks before the cutover, meetings four and then two weeks before, word to your users three weeks and then one week before, decision the day before, hypercare the week after.',
        linkLine('Follow the steps, or ask for a change:', c),
        'There is nothing for you to do until the first step. If the date no longer suits you, tell us as early as you can: another team may use it.',
      ],
    }),
  },
  wave_moved: {
    fr: (c) => ({
      subject: 'votre date de migration a changé',
      body: [
        c.wave === undefined
          ? `La migration de ${c.organisation} n’aura pas lieu à la date prévue. Une nouvelle date est recherchée en priorité et vous sera proposée par courriel.`
          : `La migration de ${c.organisation} a été déplacée. Nouvelle place : ${waveName(c)}.`,
        reasonLine(c),
        linkLine('Voir où en est votre dossier :', c),
        c.wave === undefined
          ? 'Vous n’avez rien à faire pour le moment. Si une échéance vous presse, dites-le nous sans attendre.'
          : `Si cette date ne vous convient pas, dites-le nous ${byWhen(c)}. Sinon, elle remplace la précédente.`,
      ],
    }),
    en: (c) => ({
      subject: 'your migration date has changed',
      body: [
        c.wave === undefined
          ? `The migration of ${c.organisation} will not take place on the date planned. A new date is sought with priority and will be offered to you by mail.`
          : `The migration of ${c.organisation} was moved. New place: ${waveName(c)}.`,
        reasonLine(c),
        linkLine('See where your file stands:', c),
        c.wave === undefined
          ? 'There is nothing for you to do for now. If a deadline presses, tell us without delay.'
          : `If this date does not suit you, tell us ${byWhen(c)}. Otherwise it replaces the one before.`,
      ],
    }),
  },
  go_no_go: { fr: (c) => goNoGo(c), en: (c) => goNoGo(c) },
} as const satisfies Partial<Record<CustomerTemplate, MailWording>>;

const decided = {
  go: {
    fr: {
      subject: 'la bascule aura lieu',
      next: 'La décision est favorable : la bascule aura lieu comme prévu. Gardez vos contacts techniques joignables ; la surveillance renforcée dure ensuite une semaine.',
    },
    en: {
      subject: 'the cutover goes ahead',
      next: 'The decision is go: the cutover takes place as planned. Keep your technical contacts within reach; hypercare then lasts one week.',
    },
  },
  no_go: {
    fr: {
      subject: 'la bascule est reportée',
      next: 'La décision est défavorable : la bascule n’a pas lieu à cette date. Rien ne change pour vos utilisateurs. Une nouvelle date est recherchée en priorité et vous sera proposée par courriel.',
    },
    en: {
      subject: 'the cutover is postponed',
      next: 'The decision is no-go: the cutover does not take place on that date. Nothing changes for your users. A new date is sought with priority and will be offered to you by mail.',
    },
  },
  open: {
    fr: {
      subject: 'décision de bascule en cours',
      next: 'La décision de bascule se prend la veille, avant 18 h, avec votre chef de projet. Signalez-nous avant cette heure tout ce qui empêcherait la bascule. Sans décision à 18 h, elle est reportée.',
    },
    en: {
      subject: 'go/no-go under way',
      next: 'The go/no-go is taken the day before, by 18:00 Paris time, with your project manager. Tell us before that time of anything that would prevent the cutover. Without a decision by 18:00 it is postponed.',
    },
  },
} as const;

function goNoGo(context: MailContext): Wording {
  const { subject, next } = decided[context.goNoGo ?? 'open'][context.language];
  const about =
    context.language === 'fr'
      ? `Ce message concerne la bascule de ${context.organisation} : ${waveName(context)}.`
      : `This message is about the cutover of ${context.organisation}: ${waveName(context)}.`;
  return { subject, body: [about, next, reasonLine(context)] };
}
