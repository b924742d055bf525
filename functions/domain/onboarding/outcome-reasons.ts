import { formatDate } from '../calendar-date.ts';
import type { Text } from '../text.ts';
import { partBefore } from './parts.ts';
import type { OnboardingState } from './state.ts';

/** The reason why an onboarding ended or has no wave, in words fit for the customer; the state stores the codes. */
export const outcomeReasons: Readonly<Record<string, Text>> = {
  REFUSAL_CONFIRMED: {
    fr: 'Un opérateur a confirmé que la plateforme ne peut pas accueillir ce périmètre.',
    en: 'An operator has confirmed that the platform cannot host this scope.',
  },
  REJECTED_IN_REVIEW: {
    fr: 'Un opérateur a examiné la demande et ne peut pas y donner suite.',
    en: 'An operator has reviewed the request and cannot accept it.',
  },
  QUESTIONS_UNANSWERED: {
    fr: 'Les questions posées de nouveau à l’organisme sont restées sans réponse.',
    en: 'The questions put to the organisation again were left unanswered.',
  },
  DECLINED_INVITATION: {
    fr: 'L’organisme ne souhaite pas poursuivre.',
    en: 'The organisation does not wish to continue.',
  },
  DECLINED_WAVE: {
    fr: 'L’organisme a renoncé à la vague proposée.',
    en: 'The organisation declined the wave that was held for it.',
  },
  WITHDRAWN: {
    fr: 'Le dossier a été retiré.',
    en: 'The onboarding was withdrawn.',
  },
  SPLIT_BY_HAND: {
    fr: 'Le périmètre est trop grand pour une seule vague : il sera repris en plusieurs dossiers.',
    en: 'The scope is too large for one wave: it will be split into several onboardings.',
  },
  TOO_LARGE_FOR_ANY_WAVE: {
    fr: 'Le périmètre dépasse la capacité de toutes les vagues du calendrier.',
    en: 'The scope is too large for any wave in the calendar.',
  },
  NO_WAVE_BEFORE_DEADLINE: {
    fr: 'Aucune vague ne convient avant la date limite indiquée.',
    en: 'No wave fits before the given deadline.',
  },
  CONFIRMATION_TIMED_OUT: {
    fr: 'La vague réservée n’a pas été confirmée à temps.',
    en: 'The wave that was held was not confirmed in time.',
  },
  NO_OTHER_DATE: {
    fr: 'Aucune autre date n’est disponible : la date précédente reste réservée.',
    en: 'No other date is available: the earlier date is still held.',
  },
  PREPARATION_NOT_OPEN: {
    fr: 'La préparation n’est pas encore ouverte.',
    en: 'Preparation is not open yet.',
  },
  WAVE_FULL: {
    fr: 'La première vague possible n’a plus de place.',
    en: 'The first possible wave has no room left.',
  },
  KEPT_FOR_LARGE: {
    fr: 'Ce qui reste de la première vague possible est gardé pour de plus grands clients, jusqu’à 60 jours avant sa bascule.',
    en: 'What is left of the first possible wave is kept for larger customers, until 60 days before its cutover.',
  },
  NO_ROOM_BEFORE_DEADLINE: {
    fr: 'Les vagues possibles avant la date limite n’ont plus de place.',
    en: 'The possible waves before the deadline have no room left.',
  },
  PARENT_NOT_BOOKED: {
    fr: 'L’entité de tête du groupe n’a pas encore de date.',
    en: 'The parent organisation of the group has no date yet.',
  },
  PARENT_NOT_BEFORE: {
    fr: 'L’entité de tête du groupe ne bascule pas en premier : une autre date doit être choisie.',
    en: 'The parent organisation of the group does not cut over first: another date must be chosen.',
  },
  GROUP_IN_A_RING: {
    fr: 'De parent en parent, l’organisme est sa propre entité de tête : aucune de ces dates ne peut suivre les autres.',
    en: 'From parent to parent, the organisation is its own parent: none of these dates can follow the others.',
  },
  GROUP_MOVES_TOO_OFTEN: {
    fr: 'La date de l’entité de tête du groupe a changé plusieurs fois le même jour : une personne fixe la suite.',
    en: 'The date of the parent organisation has changed several times on one day: a person decides what comes next.',
  },
  ALREADY_OFFERED: {
    fr: 'Les seules vagues possibles ont déjà été proposées, et refusées ou laissées sans réponse.',
    en: 'The only possible waves have already been offered, and were refused or left unanswered.',
  },
  OFFER_LAPSED: {
    fr: 'L’organisme a laissé passer la place qui lui était proposée.',
    en: 'The organisation let the place that it was offered pass.',
  },
  NO_WAVE_IN_CALENDAR: {
    fr: 'Le calendrier ne comporte pas encore de vague possible.',
    en: 'No wave in the calendar fits yet.',
  },
};

/** Reasons of a part, whose parts cut over in order. */
const reasonsOfParts: Readonly<Record<string, Text>> = {
  PARENT_NOT_BOOKED: {
    fr: 'La partie qui précède celle-ci n’a pas encore de date.',
    en: 'The part before this one has no date yet.',
  },
  PARENT_NOT_BEFORE: {
    fr: 'La partie qui précède celle-ci ne bascule pas avant elle : une autre date doit être choisie.',
    en: 'The part before this one does not cut over before it: another date must be chosen.',
  },
};

/** The reason why an onboarding ended or has no wave, with its date where there is one; undefined without a reason. */
export function reasonOf({
  reference,
  part,
  cause,
  letPass,
}: Pick<OnboardingState, 'reference' | 'part' | 'cause' | 'letPass'>): Text | undefined {
  if (cause === 'OFFER_LAPSED' && letPass !== undefined) {
    return {
      fr: `L’organisme a laissé passer la proposition du ${formatDate(letPass, 'fr')}.`,
      en: `The organisation let the offer of ${formatDate(letPass, 'en')} pass.`,
    };
  }
  if (cause === undefined) return undefined;
  const ofPart = partBefore({ reference, part }) === undefined ? undefined : reasonsOfParts[cause];
  return ofPart ?? outcomeReasons[cause];
}
