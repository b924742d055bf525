import { seeksAnotherDate } from '../../domain/onboarding/cutover.ts';
import { hasPlaceInWave, type Stage } from '../../domain/onboarding/lifecycle.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import { afterIncident } from '../../domain/onboarding/silence.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isDecided } from '../../domain/onboarding/waits.ts';
import type { Text } from '../../domain/text.ts';
import { answering, checking, inReview, preparing } from './next-step-assessment.ts';
import { afterHandOver, beforeCutover, confirming, inHypercare, waitingForPlace } from './next-step-wave.ts';
import { automatic, type NextStep, reasonOf, type Standing } from './next-step-words.ts';

export type { Standing } from './next-step-words.ts';

const incident: Text = {
  fr: 'Un incident technique a interrompu le traitement de votre dossier.',
  en: 'A technical incident has interrupted your onboarding.',
};
const untilResolved: Text = {
  fr: 'Pas de date tant que l’incident n’est pas résolu ; vous n’avez rien à faire.',
  en: 'There is no date until the incident is resolved; you do not need to do anything.',
};

/** The customer declined the place that was held; the run that closes its onboarding has not come to it. */
function hasDeclined({ state, wait }: Snapshot): boolean {
  return state.stage === 'WAVE_HELD' && isDecided(state, wait) && wait?.decision === 'DECLINED';
}

/**
 * A run has failed. A place that is held or offered runs out all the same, so its customer is asked as ever: the answer is
 * stored, and processed when the run goes on.
 */
function interrupted(standing: Standing): NextStep {
  const { now, at } = standing;
  if (placeToAnswer(now, at) !== undefined) {
    const { what, when } = stages[now.state.stage](standing);
    return {
      what,
      when: {
        fr: `${when.fr} ${incident.fr} Votre réponse sera enregistrée ; la suite prendra plus de temps.`,
        en: `${when.en} ${incident.en} Your answer will be recorded; what follows will take longer.`,
      },
    };
  }
  if (hasDeclined(now)) {
    const place =
      now.booking === undefined
        ? { fr: 'elle est rendue', en: 'it has been given back' }
        : { fr: 'elle sera rendue', en: 'it will be given back' };
    return {
      what: {
        fr: `${incident.fr} Vous avez renoncé à cette place : ${place.fr}, et votre dossier sera clos dès que l’incident sera résolu.`,
        en: `${incident.en} You declined this place: ${place.en}, and your onboarding will be closed once the incident is resolved.`,
      },
      when: untilResolved,
    };
  }
  const placeGone = hasPlaceInWave(now.state) && now.booking === undefined;
  const rest = placeGone
    ? {
        fr: `La place qui vous était réservée est rendue. ${afterIncident(now.state).fr}`,
        en: `The place that was held for you is given back. ${afterIncident(now.state).en}`,
      }
    : {
        fr: 'Rien n’est perdu : l’équipe d’exploitation est prévenue et le reprendra là où il s’est arrêté.',
        en: 'Nothing is lost: the operations team has been notified and will resume it where it stopped.',
      };
  return { what: { fr: `${incident.fr} ${rest.fr}`, en: `${incident.en} ${rest.en}` }, when: untilResolved };
}

/** The next step of an onboarding, in words for the customer. */
export function nextStep(standing: Standing): NextStep {
  const { now } = standing;
  if (now.state.run.status === 'failed') return interrupted(standing);
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

const anotherDate: Text = {
  fr: 'Votre bascule n’a pas pu se faire comme prévu : nous cherchons votre prochaine place en priorité. Vos réponses restent valables ; vous n’avez rien à faire.',
  en: 'Your cutover could not be completed as planned: we are looking for your next place with priority. Your answers remain valid; you do not need to do anything.',
};

const stages: Readonly<Record<Stage, (standing: Standing) => NextStep>> = {
  REGISTERED: checking,
  QUALIFYING: checking,
  IN_REVIEW: inReview,
  INVITED: answering,
  ANSWERING: answering,
  SUBMITTED: ({ now }) => ({
    what: seeksAnotherDate(now.state)
      ? anotherDate
      : {
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
  IN_PARTS: () => ({
    what: {
      fr: 'Votre migration se fait en plusieurs parties. Chacune a sa place, sa date et sa décision ; vos réponses valent pour toutes.',
      en: 'Your migration takes place in several parts. Each has its own place, date and decision; your answers hold for all of them.',
    },
    when: {
      fr: 'Ouvrez chaque partie ci-dessous : sa page dit ce qu’il y a à faire, et jusqu’à quand. Le dossier sera clos avec la dernière.',
      en: 'Open each part below: its page says what there is to do, and until when. The onboarding will be closed with the last one.',
    },
  }),
  HANDED_OVER: afterHandOver,
  CUT_OVER: inHypercare,
  CLOSED: ({ now }) => ({
    what: reasonOf(now) ?? { fr: 'Le dossier est clos.', en: 'The onboarding is closed.' },
    when: {
      fr: 'Plus rien n’est prévu pour ce dossier : votre lien l’ouvre encore en lecture, tant que vos données sont conservées. Vous pouvez faire une nouvelle demande.',
      en: 'Nothing more is planned for this onboarding: your link still opens it to read, for as long as your data is kept. You can make a new request.',
    },
  }),
};
