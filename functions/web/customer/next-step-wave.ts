import { type CalendarDate, calendarDateOf, formatDate } from '../../domain/calendar-date.ts';
import { choiceRefusal } from '../../domain/onboarding/another-date.ts';
import { gateOf, holdIsOver } from '../../domain/onboarding/bookings.ts';
import { dateOf } from '../../domain/onboarding/date-outlook.ts';
import { proposedMove } from '../../domain/onboarding/group-moves.ts';
import { lostPlaceReasons } from '../../domain/onboarding/lost-place.ts';
import { mayMoveText } from '../../domain/onboarding/may-move.ts';
import { partBefore } from '../../domain/onboarding/parts.ts';
import { endOfHold, silenceAboutPlace } from '../../domain/onboarding/silence.ts';
import type { Booking } from '../../domain/onboarding/state.ts';
import { formatHour } from '../../domain/paris-time.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Language, Text } from '../../domain/text.ts';
import { overtakings } from '../../domain/waves/overtaking.ts';
import { gatesOf, goNoGoDay, waveLabel } from '../../domain/waves/wave.ts';
import { countedRanks, type Standing as ListStanding } from '../../store/waiting-list.ts';
import { automatic, dated, type NextStep, reasonOf, type Standing } from './next-step-words.ts';

/** A place whose time is over, until the system has taken it back: that takes minutes. */
function givenBack({ cutover }: Booking): NextStep {
  return {
    what: dated(cutover, (date, language) =>
      language === 'fr'
        ? `Le délai de réponse pour la place du ${date} est dépassé : cette place est rendue.`
        : `The time to answer about the place of ${date} is over: this place is given back.`,
    ),
    when: automatic,
  };
}

/** Why others have come before the customer since it has its rank. */
function overtaken({ own, before }: ListStanding): Text {
  const reasons = overtakings(own, before);
  const count = reasons.reduce((sum, reason) => sum + reason.count, 0);
  if (count === 0 || own.since === undefined) return { fr: '', en: '' };
  const why = (language: Language) =>
    reasons.map((reason) => `${reason.label[language]} (${reason.count})`).join(', ');
  return dated(calendarDateOf(new Date(own.since)), (date, language) =>
    language === 'fr'
      ? ` Depuis le ${date}, ${count === 1 ? 'une organisation est passée' : `${count} organisations sont passées`} devant vous : ${why('fr')}.`
      : ` Since ${date}, ${count === 1 ? 'one organisation has' : `${count} organisations have`} come before you: ${why('en')}.`,
  );
}

const freesPlace: Text = {
  fr: ' Une place se libère quand une autre organisation rend la sienne, ou quand une vague est ajoutée ou agrandie.',
  en: ' A place becomes free when another organisation gives its own back, or when a wave is added or enlarged.',
};

const opensWaves: Text = {
  fr: ' Des conditions levées vous ouvriraient d’autres vagues.',
  en: ' Conditions cleared would open other waves to you.',
};

const keptForTime: Text = {
  fr: ' Ce qui reste de certaines vagues est gardé un temps pour les plus grands clients : ce qu’ils ne prennent pas est proposé ensuite, par ordre de priorité.',
  en: ' What is left of some waves is kept for the largest customers for a time: what they do not take is offered next, in order of priority.',
};

const beforeOpening: Text = {
  fr: ' Aucune date ne peut être réservée avant l’ouverture de la préparation : une place pourra vous être proposée à partir de ce jour.',
  en: ' No date can be booked before preparation opens: we can offer you a place from that day on.',
};

const parentFirst: Text = {
  fr: ' Une place pourra vous être proposée dès que l’entité de tête de votre groupe aura sa date.',
  en: ' We can offer you a place once the parent organisation of your group has its date.',
};

const partFirst: Text = {
  fr: ' Une place pourra vous être proposée dès que la partie qui précède celle-ci aura sa date.',
  en: ' We can offer you a place once the part before this one has its date.',
};

/** What has to happen before a place can be offered. */
function whatFrees({ state }: Standing['now']): Text {
  if (state.cause === 'PARENT_NOT_BOOKED') return partBefore(state) === undefined ? parentFirst : partFirst;
  if (state.cause === 'PREPARATION_NOT_OPEN') return beforeOpening;
  const frees = state.cause === 'KEPT_FOR_LARGE' ? and(keptForTime, freesPlace) : freesPlace;
  return state.tier === 'CONDITIONAL' && state.blockingDue !== undefined ? and(frees, opensWaves) : frees;
}

function position(listed: ListStanding | undefined, today: CalendarDate): Text {
  return dated(today, (date, language) => {
    if (language === 'fr') {
      return listed === undefined
        ? `au-delà du rang ${countedRanks} le ${date}`
        : `au rang ${listed.position} le ${date}`;
    }
    return listed === undefined
      ? `beyond position ${countedRanks} on ${date}`
      : `at position ${listed.position} on ${date}`;
  });
}

export function waitingForPlace({ now, listed, today, at }: Standing): NextStep {
  const { booking } = now;
  if (booking?.status === 'OFFERED' && booking.holdUntil !== undefined) {
    if (holdIsOver(booking, at)) return givenBack(booking);
    const cutover = booking.cutover;
    return {
      what: dated(cutover, (date, language) =>
        language === 'fr'
          ? `Une place est disponible, avec une bascule le ${date} : acceptez-la ou refusez-la.`
          : `A place is available, with a cutover on ${date}: accept it or refuse it.`,
      ),
      when: silenceAboutPlace(booking.holdUntil, 'stays_listed', now.state.territory),
    };
  }
  const place = position(listed, today);
  const frees = whatFrees(now);
  const passed = listed === undefined ? { fr: '', en: '' } : overtaken(listed);
  return {
    what: {
      fr: `Vous êtes sur la liste d’attente, ${place.fr}. Dès qu’une place se libérera, nous vous la proposerons par courriel.`,
      en: `You are on the waiting list, ${place.en}. As soon as a place becomes free, we will offer it to you by email.`,
    },
    when: {
      fr: `Ce rang peut changer : les échéances et les obligations légales passent d’abord.${passed.fr}${frees.fr}`,
      en: `This position may change: deadlines and legal obligations come first.${passed.en}${frees.en}`,
    },
  };
}

/** That the customer has this place instead of another, why, and whether it has asked for it. */
function movedText({ movedFrom }: Booking, platform: PlatformConfiguration): Text | undefined {
  if (movedFrom === undefined) return undefined;
  const { reason, by, asked = false, ...place } = movedFrom;
  const wave = waveLabel({ kind: 'MIGRATION', ...place }, platform);
  if (reason !== undefined) {
    const team = asked
      ? { fr: 'À votre demande, l’équipe', en: 'As you asked, the' }
      : { fr: 'L’équipe', en: 'The' };
    // Operators may have ended it themselves.
    const why = reason.replace(/\.$/, '');
    return {
      fr: `${team.fr} d’exploitation a remplacé votre place dans la ${wave.fr} ; motif : ${why}.`,
      en: `${team.en} operations team has replaced your place in the ${wave.en}; reason: ${why}.`,
    };
  }
  if (by === undefined) {
    return {
      fr: `À votre demande, cette place remplace celle que vous aviez dans la ${wave.fr}.`,
      en: `As you asked, this place replaces the one that you had in the ${wave.en}.`,
    };
  }
  const cause = lostPlaceReasons[by];
  return {
    fr: `Cette place remplace celle que vous aviez dans la ${wave.fr} : ${cause.fr}.`,
    en: `This place replaces the one that you had in the ${wave.en}: ${cause.en}.`,
  };
}

/** That the date may have to change, while an operator is asked to move the customer; nothing otherwise. */
function mayMove({ now, at }: Standing): Text {
  const proposed = proposedMove(now, at);
  if (proposed === undefined) return { fr: '', en: '' };
  const { fr, en } = mayMoveText(proposed, now.state.territory);
  return { fr: ` ${fr}`, en: ` ${en}` };
}

/** What is said of a step, with what may come of it. */
function and(one: Text, other: Text): Text {
  return { fr: `${one.fr}${other.fr}`, en: `${one.en}${other.en}` };
}

/** The answers that would be accepted. */
function answersLeft({ now, today }: Standing): Text {
  return choiceRefusal(now, today) === undefined
    ? {
        fr: 'confirmez-la, voyez les autres dates ou renoncez.',
        en: 'confirm it, see the other dates or decline.',
      }
    : { fr: 'confirmez-la ou renoncez.', en: 'confirm it or decline.' };
}

export function confirming(standing: Standing): NextStep {
  const { now, at, platform } = standing;
  const { booking } = now;
  if (booking?.holdUntil === undefined || booking.status !== 'HELD') {
    return {
      what: { fr: 'Nous cherchons votre date.', en: 'We are looking for your date.' },
      when: automatic,
    };
  }
  if (holdIsOver(booking, at)) return givenBack(booking);
  const answers = answersLeft(standing);
  const held = dated(booking.cutover, (date, language) =>
    language === 'fr'
      ? `Une place vous est réservée, avec une bascule le ${date} : ${answers.fr}`
      : `A place is held for you, with a cutover on ${date}: ${answers.en}`,
  );
  const reason = movedText(booking, platform) ?? reasonOf(now);
  return {
    what: reason === undefined ? held : { fr: `${reason.fr} ${held.fr}`, en: `${reason.en} ${held.en}` },
    when: and(silenceAboutPlace(booking.holdUntil, endOfHold(now), now.state.territory), mayMove(standing)),
  };
}

export function beforeCutover(standing: Standing): NextStep {
  const { now, today } = standing;
  const cutover = dateOf(now);
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
    when: and(
      dated(cutover, (date, language) => {
        const decided = formatDate(goNoGoDay(cutover), language);
        const hour = formatHour(gateOf(cutover), language, now.state.territory);
        return language === 'fr'
          ? `Bascule le ${date}. La décision se prend le ${decided}, au plus tard à ${hour}.`
          : `Cutover on ${date}. The decision is taken on ${decided}, by ${hour}.`;
      }),
      mayMove(standing),
    ),
  };
}

export function afterHandOver({ now, today }: Standing): NextStep {
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

export function inHypercare({ now }: Standing): NextStep {
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
