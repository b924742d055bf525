import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { plainAnswers } from './sample-answers.ts';

/**
 * What people say, with words in it that stand nowhere else: wherever one of them turns up, something was told that
 * should not have been.
 */
export const secretiveIntake: Omit<OwnedIntake, 'siren'> = {
  legalName: 'Société Canarivert',
  bodyType: 'company',
  contactName: 'Camille Canaribleu',
  contactEmail: 'camille.canaribleu@client.example',
  language: 'fr',
  services: ['exchange', 'azure_iaas'],
  deadlineReason: 'none',
  owner: 'sales@platform.example',
  team: 'companies',
};

export const secretiveAnswers: Answers = {
  ...plainAnswers,
  C2: { usersInScope: 83, totalStaff: 83_179 },
  E1: { earliest: '2027-01-01', reason: 'none' },
  E2: [],
  E3: 0,
  E5: {
    sponsor: { name: 'Noa Canarijaune', email: 'noa.canarijaune@client.example' },
    projectManager: { name: 'Lou Canarigris', email: 'lou.canarigris@client.example' },
  },
};

/** Found in what people say, never in histories, logs, events or messages. */
export const canary = /canari|83179|83 179/i;
/** Found in answers only: not in mails either, which name the organisation and greet its contact. */
export const answerCanary = /canarijaune|canarigris|83179|83 179/i;

/** Organisations that the stub of the public registry knows as active. */
export const sirens = [
  '999000102',
  '999000375',
  '999000649',
  '999000912',
  '999001183',
  '999001456',
  '999001720',
  '999001993',
  '999002264',
  '999002538',
  '999002801',
  '999003072',
  '999003346',
  '999003619',
  '999003882',
  '999004153',
  '999004427',
  '999004690',
  '999004963',
  '999005234',
] as const;
/** The registry says that it has ceased. */
export const ceasedSiren = '999006851';
/** Valid, and not in the registry: it may have refused publication. */
export const unlistedSiren = '999888779';
