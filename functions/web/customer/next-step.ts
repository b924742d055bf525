import { addDays, calendarDateOf, formatDate, formatLimit } from '../../domain/calendar-date.ts';
import { reviewDays, silenceDays } from '../../domain/onboarding/durations.ts';
import type { ReviewKind, Stage } from '../../domain/onboarding/lifecycle.ts';
import { outcomeReasons } from '../../domain/onboarding/outcome-reasons.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isDecided } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { gatesOf, siteLabel } from '../../domain/waves/wave.ts';
import { addWorkingDays } from '../../domain/working-days.ts';
import { countedRanks } from '../../store/waiting-list.ts';

/** The next step, and its date or the reason why there is none. */
export interface NextStep {
  readonly what: Text;
  readonly when: Text;
}

export interface Standing {
  readonly now: Snapshot;
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
  fr: 'Cette étape est automatique et prend en général quelques minutes ; elle n’a donc pas de date. Rechargez la page pour voir la suite.',
  en: 'This step is automatic and usually takes a few minutes, so it has no date. Reload the page to see what comes next.',
};

const reviewed: Readonly<Record<ReviewKind, Text>> = {
  qualification: {
    fr: 'Une personne vérifie votre organisme, car le registre public ne suffit pas.',
    en: 'A person is verifying your organisation, because the public register is not enough.',
  },
  confirmation: {
    fr: 'Une personne examine vos réponses : une règle suggère un refus, et seule une personne peut le décider.',
    en: 'A person is reviewing your answers: a rule suggests a refusal, which only a person can decide.',
  },
  readiness: {
    fr: 'Une personne examine vos réponses avant de fixer votre niveau de préparation.',
    en: 'A person is reviewing your answers before your readiness tier is set.',
  },
  placement: {
    fr: 'Une personne cherche une date avec vous, car aucune vague du calendrier ne convient.',
    en: 'A person is looking for a date with you, because no wave in the calendar fits.',
  },
  go_no_go: {
    fr: 'La décision de bascule est en cours.',
    en: 'The go/no-go decision is in progress.',
  },
};

function reasonOf({ state }: Snapshot): Text | undefined {
  return state.cause === undefined ? undefined : outcomeReasons[state.cause];
}

function answering({ now }: Standing): NextStep {
  const { wait } = now;
  return {
    what: {
      fr: 'Remplissez le questionnaire. Nous en déduirons votre niveau de préparation, puis une date.',
      en: 'Fill in the questionnaire. We use it to work out your readiness tier, then a date.',
    },
    when:
      wait === undefined
        ? automatic
        : dated(addDays(dayOf(wait.activeAt), silenceDays.answers), (date, language) =>
            language === 'fr'
              ? `À votre rythme. Si aucune partie n’est enregistrée d’ici le ${date}, le dossier sera clos ; chaque partie enregistrée fait repartir ce délai.`
              : `At your own pace. If no section is saved by ${date}, the onboarding will be closed; saving a section restarts the deadline.`,
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
          : `Decision expected by ${date} (five working days).`;
      return language === 'fr'
        ? `La décision était attendue le ${date} : elle est en retard, et l’équipe d’exploitation a été relancée. Il n’y a pas encore de nouvelle date.`
        : `The decision was expected by ${date}: it is late, and the operations team has been reminded. There is no new date yet.`;
    }),
  };
}

function preparing({ now, platform }: Standing): NextStep {
  const { preparation, wait, state } = now;
  const what: Text = {
    fr: 'Traitez les points indiqués plus bas, puis mettez vos réponses à jour : votre niveau de préparation sera aussitôt recalculé.',
    en: 'Work on the points listed below, then update your answers: your readiness tier will be recalculated at once.',
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
          ? `Mettez vos réponses à jour quand vous êtes prêts ; sans nouvelles, nous vous contacterons le ${date}. Pas encore de vague de préparation : ${midSentence(reason).fr}`
          : `Update your answers when you are ready; if we do not hear from you, we will contact you on ${date}. No preparation wave yet: ${midSentence(reason).en}`,
      ),
    };
  }
  const site = siteLabel(platform, preparation.site);
  return {
    what,
    when: dated(preparation.starts, (date, language) =>
      language === 'fr'
        ? `Votre vague de préparation commence le ${date} (${site.fr}). Mettez vos réponses à jour quand vous êtes prêts, ${formatLimit(asked, 'fr')}.`
        : `Your preparation wave starts on ${date} (${site.en}). Update your answers when you are ready, ${formatLimit(asked, 'en')}.`,
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
          ? `Une place s’est libérée, avec une bascule le ${date} : acceptez-la ou refusez-la.`
          : `A place has become free, with a cutover on ${date}: accept it or refuse it.`,
      ),
      when: answerBy(booking.holdUntil, {
        fr: 'Sans réponse, la place est proposée à l’organisme suivant et vous gardez votre rang sur la liste d’attente.',
        en: 'Without an answer, the place is offered to the next organisation and you keep your position on the waiting list.',
      }),
    };
  }
  const reason = midSentence(reasonOf(now) ?? outcomeReasons['NO_WAVE_IN_CALENDAR'] ?? { fr: '', en: '' });
  const place =
    rank === undefined
      ? { fr: `au-delà du rang ${countedRanks}`, en: `beyond position ${countedRanks}` }
      : { fr: `au rang ${rank}`, en: `at position ${rank}` };
  return {
    what: {
      fr: `Vous êtes sur la liste d’attente, ${place.fr}. Dès qu’une place se libérera, nous vous la proposerons par courriel.`,
      en: `You are on the waiting list, ${place.en}. As soon as a place becomes free, we will offer it to you by email.`,
    },
    when: { fr: `Pas encore de date : ${reason.fr}`, en: `No date yet: ${reason.en}` },
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
        ? `Une place vous est réservée, avec une bascule le ${date} : confirmez-la, demandez une autre date ou renoncez.`
        : `A place is held for you, with a cutover on ${date}: confirm it, ask for another date or decline.`,
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
  const otherDate = now.state.cause === 'PARENT_NOT_BEFORE' ? reasonOf(now) : undefined;
  return {
    what:
      otherDate ??
      (gate === undefined
        ? {
            fr: 'L’équipe d’exploitation enregistre la bascule.',
            en: 'The operations team records the cutover.',
          }
        : {
            fr: `Prochaine étape : ${gate.label.fr.toLowerCase()}, le ${formatDate(gate.date, 'fr')}.`,
            en: `Next step: ${gate.label.en.toLowerCase()}, on ${formatDate(gate.date, 'en')}.`,
          }),
    when: dated(cutover, (date, language) =>
      language === 'fr'
        ? `Bascule le ${date}. La décision se prend la veille, au plus tard à 18 h, heure de Paris.`
        : `Cutover on ${date}. The decision is taken the day before, by 18:00 Paris time.`,
    ),
  };
}

function afterHandOver({ now, today }: Standing): NextStep {
  const { cutover } = now.state;
  const what: Text = {
    fr: 'La décision est favorable : l’équipe d’exploitation réalise votre bascule.',
    en: 'The decision is go: the operations team is carrying out your cutover.',
  };
  if (cutover === undefined)
    return {
      what,
      when: {
        fr: 'La date est fixée par l’équipe d’exploitation.',
        en: 'The operations team sets the date.',
      },
    };
  return {
    what,
    when: dated(cutover, (date, language) => {
      if (cutover >= today) return language === 'fr' ? `Bascule le ${date}.` : `Cutover on ${date}.`;
      return language === 'fr'
        ? `La bascule était prévue le ${date} ; son résultat n’est pas encore enregistré, il n’y a donc pas de nouvelle date.`
        : `The cutover was planned for ${date}; its result has not been recorded yet, so there is no new date.`;
    }),
  };
}

function inHypercare({ now }: Standing): NextStep {
  return {
    what: {
      fr: 'Vos utilisateurs sont sur la plateforme. La surveillance renforcée est en cours ; le dossier sera clos ensuite.',
      en: 'Your users are on the platform. Hypercare is in progress; your onboarding will be closed afterwards.',
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
    fr: 'Nous vérifions votre organisme dans le registre public, puis nous vous enverrons le questionnaire.',
    en: 'We are verifying your organisation in the public register, and will then send you the questionnaire.',
  },
  when: automatic,
});

const stages: Readonly<Record<Stage, (standing: Standing) => NextStep>> = {
  REGISTERED: checking,
  QUALIFYING: checking,
  IN_REVIEW: inReview,
  INVITED: answering,
  ANSWERING: answering,
  SUBMITTED: () => ({
    what: {
      fr: 'Nous appliquons les règles à vos réponses : éligibilité, conditions, niveau de préparation, puis date.',
      en: 'We are applying the rules to your answers: eligibility, conditions, readiness tier, then a date.',
    },
    when: automatic,
  }),
  PREPARING: preparing,
  WAITING_LIST: waitingForPlace,
  WAVE_HELD: confirming,
  WAVE_CONFIRMED: beforeCutover,
  GO_NO_GO: beforeCutover,
  HANDED_OVER: afterHandOver,
  CUT_OVER: inHypercare,
  CLOSED: ({ now }) => ({
    what: reasonOf(now) ?? { fr: 'Le dossier est clos.', en: 'The onboarding is closed.' },
    when: {
      fr: 'Plus rien n’est prévu pour ce dossier. Vous pouvez faire une nouvelle demande.',
      en: 'Nothing more is planned for this onboarding. You can make a new request.',
    },
  }),
};

/** The next step of an onboarding, in words for the customer. */
export function nextStep(standing: Standing): NextStep {
  const { now } = standing;
  if (now.state.run.status === 'failed') {
    return {
      what: {
        fr: 'Un incident technique a interrompu le traitement de votre dossier. Rien n’est perdu : l’équipe d’exploitation est prévenue et le reprendra là où il s’est arrêté.',
        en: 'A technical incident has interrupted your onboarding. Nothing is lost: the operations team has been notified and will resume it where it stopped.',
      },
      when: {
        fr: 'Pas de date tant que l’incident n’est pas résolu ; vous n’avez rien à faire.',
        en: 'There is no date until the incident is resolved; you do not need to do anything.',
      },
    };
  }
  if (isDecided(now.state, now.wait)) {
    return {
      what: {
        fr: 'La dernière décision est enregistrée ; l’étape suivante est en préparation.',
        en: 'The last decision has been recorded; the next step is being prepared.',
      },
      when: automatic,
    };
  }
  return stages[now.state.stage](standing);
}
