import type { Text } from '../text.ts';
import type { LostPlace } from './messages.ts';

/** Why a customer no longer has a place, in mid-sentence, as it reads it: it stands after the place and its wave. */
export const lostPlaceReasons: Readonly<Record<LostPlace['by'], Text>> = {
  silence: {
    fr: 'nous n’avons pas reçu votre réponse à temps',
    en: 'we did not receive your answer in time',
  },
  platform: { fr: 'nous n’avons pas pu tenir cette date', en: 'we could not keep that date' },
  wave_cancelled: { fr: 'nous avons annulé cette vague', en: 'we cancelled that wave' },
  cutover_failed: {
    fr: 'la bascule n’a pas pu se faire comme prévu',
    en: 'the cutover could not be completed as planned',
  },
  group_order: {
    fr: 'la date qui doit précéder la vôtre, celle de votre entité de tête ou de la partie précédente, a changé',
    en: 'the date that has to come before yours, that of your parent organisation or of the part before, has changed',
  },
  operators: {
    fr: 'l’équipe d’exploitation vous en a donné une autre',
    en: 'the operations team gave you another one',
  },
  no_go: { fr: 'la décision de bascule a été défavorable', en: 'the go/no-go decision was no-go' },
  no_decision: {
    fr: 'nous n’avons pas décidé de la bascule à temps',
    en: 'we did not decide on the cutover in time',
  },
  review_open: {
    fr: 'nous n’avons pas terminé la revue de votre dossier à temps',
    en: 'we did not finish the review of your onboarding in time',
  },
  answers_awaited: {
    fr: 'nous attendions encore vos nouvelles réponses',
    en: 'we were still waiting for your new answers',
  },
  condition: {
    fr: 'une condition bloquante de votre dossier n’était pas levée',
    en: 'a blocking condition of your onboarding was not cleared',
  },
  unsuited: {
    fr: 'cette vague ne convient plus à votre dossier (services, dates, périodes de gel ou site)',
    en: 'that wave no longer fits your onboarding (services, dates, freeze windows or site)',
  },
};
