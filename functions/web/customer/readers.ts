import type { Text } from '../../domain/text.ts';

/** What a reader is shown of the answers: all of them, those to their own questions, numbers that a date is decided on, or none. */
type AnswersShown = 'all' | 'own' | 'numbers' | 'none';

export const readerCodes = [
  'respondent',
  'deputy',
  'invitee',
  'integrator',
  'sales_team',
  'other_sales',
  'operators',
  'programs',
] as const;
export type ReaderCode = (typeof readerCodes)[number];

export interface Reader {
  readonly name: Text;
  readonly answers: AnswersShown;
  /** Whether the result is shown, with its reasons. */
  readonly result: boolean;
}

/** Who is shown what. A test opens every page and every operation as each of them, and compares. */
export const readers: Readonly<Record<ReaderCode, Reader>> = {
  respondent: {
    name: { fr: 'Le contact principal de votre organisme', en: 'Your organisation’s main contact' },
    answers: 'all',
    result: true,
  },
  deputy: {
    name: { fr: 'Les suppléants qu’il a nommés', en: 'The deputies that the main contact has named' },
    answers: 'all',
    result: true,
  },
  invitee: {
    name: { fr: 'Les collègues invités', en: 'The colleagues who were invited' },
    answers: 'own',
    result: false,
  },
  integrator: {
    name: { fr: 'L’intégrateur, s’il est invité', en: 'The integrator, if one was invited' },
    answers: 'own',
    result: false,
  },
  sales_team: {
    name: {
      fr: 'L’équipe commerciale chargée de votre dossier',
      en: 'The sales team in charge of your onboarding',
    },
    answers: 'none',
    result: true,
  },
  other_sales: {
    name: { fr: 'Les autres équipes commerciales', en: 'Other sales teams' },
    answers: 'none',
    result: false,
  },
  operators: {
    name: { fr: 'Les opérateurs de la plateforme', en: 'The operators of the platform' },
    answers: 'numbers',
    result: true,
  },
  programs: {
    name: {
      fr: 'Les programmes de l’exploitant qui ont le droit de lecture (API)',
      en: 'The operator’s programs with the right to read (API)',
    },
    answers: 'all',
    result: true,
  },
};

export const answersShown: Readonly<Record<AnswersShown, Text>> = {
  all: { fr: 'Toutes', en: 'All' },
  own: {
    fr: 'Celles aux questions qui leur sont confiées, jusqu’à l’envoi',
    en: 'Those to the questions asked of them, until submission',
  },
  numbers: {
    fr: 'Aucune, sauf les nombres (utilisateurs, boîtes aux lettres, serveurs) quand aucune date ne convient ; toutes pour celui qui les saisit avec vous lors d’un entretien',
    en: 'None, except the numbers (users, mailboxes, servers) when no date fits; all of them for the one who enters them with you in an interview',
  },
  none: { fr: 'Aucune', en: 'None' },
};
