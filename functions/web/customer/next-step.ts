import { addDays, calendarDateOf, formatDate, formatLimit } from '../../domain/calendar-date.ts';
import { reviewDays, silenceDays } from '../../domain/onboarding/durations.ts';
import type { Party, ReviewKind, Stage } from '../../domain/onboarding/lifecycle.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { outcomeReasons } from '../../domain/onboarding/outcome-reasons.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { gatesOf, siteLabel } from '../../domain/waves/wave.ts';
import { addWorkingDays } from '../../domain/working-days.ts';
import type { Now } from '../../store/onboarding-state.ts';
import { businessStage } from '../../store/onboardings.ts';
import { countedRanks } from '../../store/waiting-list.ts';
import { isDecided } from './questionnaire-access.ts';

/** The next step, and its date or the reason why there is none. */
export interface NextStep {
  readonly what: Text;
  readonly when: Text;
}

export interface Standing {
  readonly now: Now;
  readonly today: string;
  readonly platform: PlatformConfiguration;
  /** Position on the waiting list, from 1; undefined beyond the counted positions. */
  readonly rank: number | undefined;
}

function dated(date: string, sentence: (date: string, language: 'fr' | 'en') => string): Text {
  return { fr: sentence(formatDate(date, 'fr'), 'fr'), en: sentence(formatDate(date, 'en'), 'en') };
}

/** A request to answer by the limit of a place, and the consequence of silence. */
function answerBy(limit: string, consequence: Text): Text {
  return {
    fr: `Répondez ${formatLimit(limit, 'fr')}. ${consequence.fr}`,
    en: `Please answer ${formatLimit(limit, 'en')}. ${consequence.en}`,
  };
}

function dayOf(instant: string): string {
  return calendarDateOf(new Date(instant));
}

const automatic: Text = {
  fr: 'Cette étape est automatique et prend d’ordinaire quelques minutes : elle n’a donc pas de date. Rechargez la page pour voir la suite.',
  en: 'This step is automatic and usually takes a few minutes: it therefore has no date. Load the page again to see what follows.',
};

const reviewed: Readonly<Record<ReviewKind, Text>> = {
  qualification: {
    fr: 'Une personne vérifie votre organisme, que le registre public ne suffit pas à confirmer.',
    en: 'A person checks your organisation, which the public register alone does not confirm.',
  },
  confirmation: {
    fr: 'Une personne examine vos réponses : une règle suggère un refus, et seule une personne peut le décider.',
    en: 'A person examines your answers: a rule suggests a refusal, and only a person can decide it.',
  },
  readiness: {
    fr: 'Une personne examine vos réponses avant de fixer votre niveau de préparation.',
    en: 'A person examines your answers before your readiness is settled.',
  },
  placement: {
    fr: 'Une personne cherche avec vous une date, que le calendrier ne donne pas d’elle-même.',
    en: 'A person looks for a date with you, since the calendar gives none by itself.',
  },
  go_no_go: {
    fr: 'La décision de bascule est en cours.',
    en: 'The go/no-go is under way.',
  },
};

function reasonOf({ state }: Now): Text | undefined {
  return state.because === undefined ? undefined : outcomeReasons[state.because];
}

function answering({ now }: Standing): NextStep {
  const { wait } = now;
  return {
    what: {
      fr: 'Vous remplissez le questionnaire. Nous en tirons votre niveau de préparation, puis une date.',
      en: 'You fill in the questionnaire. From it we derive your readiness, then a date.',
    },
    when:
      wait === undefined
        ? automatic
        : dated(addDays(dayOf(wait.activeAt), silenceDays.answers), (date, language) =>
            language === 'fr'
              ? `À votre rythme. Sans aucune partie enregistrée d’ici le ${date}, le dossier sera clos ; chaque partie enregistrée repousse cette date.`
              : `At your own pace. Without any section saved by ${date} the file will be closed; each section you save moves this date.`,
          ),
  };
}

function inReview({ now, today }: Standing): NextStep {
  const { state, wait } = now;
  const by = addWorkingDays(dayOf(wait?.openedAt ?? state.stageSince), reviewDays.decision);
  const reason = reasonOf(now);
  const what = reviewed[state.reviewKind ?? 'readiness'];
  return {
    what: reason === undefined ? what : { fr: `${what.fr} ${reason.fr}`, en: `${what.en} ${reason.en}` },
    when: dated(by, (date, language) => {
      if (by >= today)
        return language === 'fr'
          ? `Décision attendue au plus tard le ${date} (cinq jours ouvrés).`
          : `Decision expected by ${date} at the latest (five working days).`;
      return language === 'fr'
        ? `La décision était attendue le ${date} : elle a du retard, et l’exploitation a été relancée. Nous n’avons pas encore de nouvelle date.`
        : `The decision was expected by ${date}: it is late, and operations have been reminded. There is no new date yet.`;
    }),
  };
}

function preparing({ now, platform }: Standing): NextStep {
  const { preparation, wait, state } = now;
  const what: Text = {
    fr: 'Vous travaillez sur les points indiqués plus bas, puis vous mettez vos réponses à jour : votre niveau de préparation est recalculé aussitôt.',
    en: 'You work on the points named below, then update your answers: your readiness is computed again at once.',
  };
  const asked = addDays(dayOf(wait?.activeAt ?? state.stageSince), silenceDays.reassessment);
  if (preparation === undefined) {
    const reason = reasonOf(now) ?? {
      fr: 'Aucune vague de préparation n’a de place pour le moment.',
      en: 'No preparation wave has room at the moment.',
    };
    return {
      what,
      when: dated(asked, (date, language) =>
        language === 'fr'
          ? `Mettez vos réponses à jour quand vous êtes prêts ; sans nouvelle, nous prendrons contact le ${date}. Pas de date d’accompagnement : ${midSentence(reason).fr}`
          : `Update your answers when you are ready; without news we will contact you on ${date}. No date for the programme: ${midSentence(reason).en}`,
      ),
    };
  }
  const site = siteLabel(platform, preparation.site);
  return {
    what,
    when: dated(preparation.starts, (date, language) =>
      language === 'fr'
        ? `Votre vague de préparation commence le ${date} (${site.fr}). Mettez vos réponses à jour quand vous êtes prêts, avant le ${formatDate(asked, 'fr')}.`
        : `Your preparation wave starts on ${date} (${site.en}). Update your answers when you are ready, before ${formatDate(asked, 'en')}.`,
    ),
  };
}

function waitingForPlace({ now, rank }: Standing): NextStep {
  const { booking } = now;
  if (booking?.status === 'OFFERED' && booking.holdUntil !== undefined) {
    const cutover = booking.cutover;
    return {
      what: dated(cutover, (date, language) =>
        language === 'fr'
          ? `Une place s’est libérée, bascule le ${date} : vous l’acceptez ou vous la refusez.`
          : `A place has become free, cutover on ${date}: you accept or refuse it.`,
      ),
      when: answerBy(booking.holdUntil, {
        fr: 'Sans réponse, la place est proposée à l’organisme suivant et vous gardez votre rang sur la liste d’attente.',
        en: 'Without an answer, the place is offered to the next organisation and you keep your position on the waiting list.',
      }),
    };
  }
  const why = midSentence(reasonOf(now) ?? outcomeReasons['NO_WAVE_IN_CALENDAR'] ?? { fr: '', en: '' });
  const place =
    rank === undefined
      ? { fr: `au-delà du ${countedRanks}e`, en: `beyond ${countedRanks}` }
      : { fr: String(rank), en: String(rank) };
  return {
    what: {
      fr: `Vous êtes sur la liste d’attente, au rang ${place.fr}. Dès qu’une place se libère, nous vous la proposons par courriel.`,
      en: `You are on the waiting list, at rank ${place.en}. As soon as a place becomes free, we offer it to you by mail.`,
    },
    when: { fr: `Pas encore de date : ${why.fr}`, en: `No date yet: ${why.en}` },
  };
}

function confirming({ now }: Standing): NextStep {
  const { booking } = now;
  if (booking?.holdUntil === undefined || booking.status !== 'HELD') {
    return {
      what: { fr: 'Nous cherchons votre date.', en: 'We are looking for your date.' },
      when: automatic,
    };
  }
  return {
    what: dated(booking.cutover, (date, language) =>
      language === 'fr'
        ? `Une place vous est réservée, bascule le ${date} : vous la confirmez, demandez une autre date ou renoncez.`
        : `A place is held for you, cutover on ${date}: you confirm it, ask for another date or decline.`,
    ),
    when: answerBy(booking.holdUntil, {
      fr: 'Sans réponse, la place est rendue.',
      en: 'Without an answer, the place is released.',
    }),
  };
}

function beforeCutover({ now, today }: Standing): NextStep {
  const cutover = now.booking?.cutover ?? now.state.cutover;
  if (cutover === undefined) {
    return {
      what: { fr: 'Nous cherchons votre date.', en: 'We are looking for your date.' },
      when: automatic,
    };
  }
  const gate = gatesOf({ kind: 'MIGRATION', cutover }).find(({ date }) => date >= today);
  const otherDate = now.state.because === 'PARENT_NOT_BEFORE' ? reasonOf(now) : undefined;
  return {
    what:
      otherDate ??
      (gate === undefined
        ? { fr: 'La bascule est enregistrée par l’exploitation.', en: 'Operations record the cutover.' }
        : {
            fr: `Prochaine étape : ${gate.label.fr.toLowerCase()}, le ${formatDate(gate.date, 'fr')}.`,
            en: `Next step: ${gate.label.en.toLowerCase()}, on ${formatDate(gate.date, 'en')}.`,
          }),
    when: dated(cutover, (date, language) =>
      language === 'fr'
        ? `Bascule le ${date}. La décision se prend la veille, avant 18 h.`
        : `Cutover on ${date}. The decision is taken the day before, by 18:00 Paris time.`,
    ),
  };
}

function afterHandOver({ now, today }: Standing): NextStep {
  const { cutover } = now.state;
  const what: Text = {
    fr: 'La décision est favorable : l’équipe d’exploitation mène votre bascule.',
    en: 'The decision is go: the operations team carries out your cutover.',
  };
  if (cutover === undefined)
    return { what, when: { fr: 'La date est tenue par l’exploitation.', en: 'Operations keep the date.' } };
  return {
    what,
    when: dated(cutover, (date, language) => {
      if (cutover >= today) return language === 'fr' ? `Bascule le ${date}.` : `Cutover on ${date}.`;
      return language === 'fr'
        ? `La bascule était prévue le ${date} ; son résultat n’est pas encore enregistré, d’où l’absence de date.`
        : `The cutover was planned for ${date}; its result is not recorded yet, which is why there is no date.`;
    }),
  };
}

function watched({ now }: Standing): NextStep {
  return {
    what: {
      fr: 'Vos utilisateurs sont sur la plateforme. La surveillance renforcée est en cours ; ensuite, le dossier se referme.',
      en: 'Your users are on the platform. Hypercare is under way; after it the file is closed.',
    },
    when:
      now.state.hypercareEnd === undefined
        ? automatic
        : dated(now.state.hypercareEnd, (date, language) =>
            language === 'fr' ? `Jusqu’au ${date}.` : `Until ${date}.`,
          ),
  };
}

const checking = (): NextStep => ({
  what: {
    fr: 'Nous vérifions votre organisme auprès du registre public, puis nous vous envoyons le questionnaire.',
    en: 'We check your organisation in the public register, then send you the questionnaire.',
  },
  when: automatic,
});

const stages: Readonly<Record<Exclude<Stage, 'FAILED'>, (standing: Standing) => NextStep>> = {
  REGISTERED: checking,
  QUALIFYING: checking,
  IN_REVIEW: inReview,
  INVITED: answering,
  ANSWERING: answering,
  SUBMITTED: () => ({
    what: {
      fr: 'Nous appliquons les règles à vos réponses : éligibilité, conditions, niveau de préparation, puis une date.',
      en: 'We apply the rules to your answers: eligibility, conditions, readiness, then a date.',
    },
    when: automatic,
  }),
  PREPARING: preparing,
  WAITING_LIST: waitingForPlace,
  WAVE_HELD: confirming,
  WAVE_CONFIRMED: beforeCutover,
  GO_NO_GO: beforeCutover,
  HANDED_OVER: afterHandOver,
  CUT_OVER: watched,
  CLOSED: ({ now }) => ({
    what: reasonOf(now) ?? { fr: 'Le dossier est clos.', en: 'The file is closed.' },
    when: {
      fr: 'Plus rien n’est prévu sur ce dossier : il n’a donc pas de date. Une nouvelle demande reste possible.',
      en: 'Nothing more is planned on this file: it therefore has no date. A new request stays possible.',
    },
  }),
};

/** The next step of an onboarding, in words for the customer. */
export function nextStep(standing: Standing): NextStep {
  const { now } = standing;
  if (now.state.stage === 'FAILED') {
    return {
      what: {
        fr: 'Un incident technique a interrompu le traitement. Rien n’est perdu ; l’exploitation est prévenue et le reprendra là où il s’est arrêté.',
        en: 'A technical incident has interrupted the processing. Nothing is lost; operations have been told and will take it up where it stopped.',
      },
      when: {
        fr: 'Pas de date tant que l’incident n’est pas résolu ; vous n’avez rien à faire.',
        en: 'No date until the incident is resolved; there is nothing for you to do.',
      },
    };
  }
  if (isDecided(now)) {
    return {
      what: {
        fr: 'Votre dernière décision est enregistrée ; la suite se prépare.',
        en: 'The last decision is recorded; what follows is being prepared.',
      },
      when: automatic,
    };
  }
  const stage = businessStage(now.state);
  return stage === 'FAILED' ? checking() : stages[stage](standing);
}

/** The party that must act next: the customer for an offered place, the platform after a decision. */
export function ballOf(now: Now): Party {
  if (now.state.stage !== 'FAILED' && isDecided(now)) return 'platform';
  return now.booking?.status === 'OFFERED' ? 'customer' : lifecycle[now.state.stage].ball;
}
