import { addDays, type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import { gateOf } from '../../domain/onboarding/bookings.ts';
import { reviewDays, silenceDays } from '../../domain/onboarding/durations.ts';
import type { ReviewKind } from '../../domain/onboarding/lifecycle.ts';
import { formatInstant, formatLimit } from '../../domain/paris-time.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { goNoGoDay, siteLabel } from '../../domain/waves/wave.ts';
import { addWorkingDays } from '../../domain/working-days.ts';
import { newAnswersBy } from './asked-again.ts';
import { automatic, dated, dateGivenUp, type NextStep, reasonOf, type Standing } from './next-step-words.ts';
import { contactText, pauseText } from './talk-words.ts';

export const checking = (): NextStep => ({
  what: {
    fr: 'Nous vérifions votre organisme dans le registre public, puis nous vous enverrons le questionnaire.',
    en: 'We are verifying your organisation in the public register, and will then send you the questionnaire.',
  },
  when: automatic,
});

/** A place that is kept meanwhile is shown with its date on the same page. */
function withPlace({ booking, state: { territory } }: Standing['now'], { fr, en }: Text): Text {
  if (booking === undefined) return { fr, en };
  const until = gateOf(booking.cutover);
  return {
    fr: `${fr} Votre place vous est conservée jusqu’au ${formatInstant(until, 'fr', territory)} ; ensuite, une autre date sera cherchée.`,
    en: `${en} Your place is kept until ${formatInstant(until, 'en', territory)}; after that, another date is sought.`,
  };
}

export function answering({ now, at, mayBeSubmitted = false }: Standing): NextStep {
  const { wait } = now;
  const { talk } = now.state;
  if (talk !== undefined) return { what: contactText(talk, now.state, at), when: pauseText(talk, wait) };
  if (isAskedAgain(now.state)) {
    const lost = dateGivenUp(now, {
      fr: 'ces réponses manquaient le jour de la décision',
      en: 'these answers were missing on the day of the decision',
    });
    return {
      what: {
        fr: `L’équipe d’exploitation vous demande de revoir certaines de vos réponses, puis d’envoyer de nouveau le questionnaire. Vos autres réponses sont conservées.${lost.fr}`,
        en: `The operations team asks you to look at some of your answers again, then to submit the questionnaire again. Your other answers are kept.${lost.en}`,
      },
      when: withPlace(now, newAnswersBy(now)),
    };
  }
  return {
    what: mayBeSubmitted
      ? {
          fr: 'Toutes vos réponses sont enregistrées : relisez-les, puis envoyez-les. Nous en déduirons votre niveau de préparation, puis une date.',
          en: 'All your answers are saved: check them, then submit them. We use them to work out your readiness tier, then a date.',
        }
      : {
          fr: 'Remplissez le questionnaire. Nous en déduirons votre niveau de préparation, puis une date.',
          en: 'Fill in the questionnaire. We use it to work out your readiness tier, then a date.',
        },
    when:
      wait === undefined
        ? automatic
        : dated(addDays(dayOf(wait.activeAt), silenceDays.answers), (date, language) =>
            language === 'fr'
              ? `À votre rythme. Si aucune réponse n’est enregistrée d’ici le ${date}, le dossier sera clos ; chaque réponse enregistrée fait repartir ce délai.`
              : `At your own pace. If no answer is saved by ${date}, the onboarding will be closed; saving an answer restarts the deadline.`,
          ),
  };
}

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
    fr: 'Une personne de l’équipe cherche une date avec vous.',
    en: 'A member of the team is looking for a date with you.',
  },
  go_no_go: {
    fr: 'La décision de bascule est en cours.',
    en: 'The go/no-go decision is in progress.',
  },
};

/** The review of a customer with a place has to be over when its cutover is decided. */
function untilTheGate(cutover: CalendarDate, { territory }: Standing['now']['state']): Text {
  return dated(cutover, (date, language) => {
    const limit = formatLimit(gateOf(cutover).toISOString(), language, territory);
    return language === 'fr'
      ? `Décision attendue ${limit}. Sans elle, votre bascule du ${date} n’a pas lieu et une autre date sera recherchée en priorité.`
      : `Decision expected ${limit}. Without it, your cutover on ${date} does not take place and another date will be sought with priority.`;
  });
}

export function inReview({ now, today }: Standing): NextStep {
  const { state, wait, booking } = now;
  const by = addWorkingDays(dayOf(wait?.openedAt ?? state.stageSince), reviewDays.decision);
  const reason = reasonOf(now);
  const what = reviewed[state.reviewKind ?? 'readiness'];
  const lost = dateGivenUp(now, {
    fr: 'cette revue n’était pas terminée à temps',
    en: 'this review was not finished in time',
  });
  const why = reason === undefined ? { fr: '', en: '' } : { fr: ` ${reason.fr}`, en: ` ${reason.en}` };
  const kept = booking === undefined || booking.status === 'TO_MOVE' ? undefined : booking.cutover;
  return {
    what: { fr: `${what.fr}${why.fr}${lost.fr}`, en: `${what.en}${why.en}${lost.en}` },
    when:
      kept !== undefined && goNoGoDay(kept) < by
        ? untilTheGate(kept, state)
        : dated(by, (date, language) => {
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

export function preparing({ now, platform, today }: Standing): NextStep {
  const { preparation, wait, state } = now;
  const { territory } = state;
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
  const starts =
    preparation.starts < today ? { fr: 'a commencé', en: 'started' } : { fr: 'commence', en: 'starts' };
  return {
    what,
    when: dated(preparation.starts, (date, language) =>
      language === 'fr'
        ? `Votre vague de préparation ${starts.fr} le ${date} (${site.fr}). Mettez vos réponses à jour quand vous êtes prêts, ${formatLimit(asked, 'fr', territory)}.`
        : `Your preparation wave ${starts.en} on ${date} (${site.en}). Update your answers when you are ready, ${formatLimit(asked, 'en', territory)}.`,
    ),
  };
}

function dayOf(instant: string): string {
  return calendarDateOf(new Date(instant));
}
