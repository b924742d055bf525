import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { unlistedSiren } from './canaries.ts';
import type { Scenario } from './scenario.ts';

/** A customer that has hardly begun in any dimension. */
export const notReady = {
  D1: 1,
  D2: 1,
  D3: 1,
  D4: 1,
  D5: 1,
  D6: 1,
  D7: 1,
  D8: 1,
  D9: 1,
} as const satisfies Partial<Answers>;

/** 300 points for its users alone: more than any wave of the sample calendar takes. */
export const tooLarge = {
  C2: { usersInScope: 30_000, totalStaff: 31_000 },
} as const satisfies Partial<Answers>;

/** A deadline before every wave of the sample calendar that could still be booked. */
export const tooLate = {
  E1: { earliest: '2026-12-01', latest: '2026-12-20', reason: 'contract_end' },
} as const satisfies Partial<Answers>;

/** Classified information: the machine suggests a refusal. */
export const classified = { B1: 'yes' } as const satisfies Partial<Answers>;

/** Information marked "Diffusion Restreinte" may be in scope: somebody has to look. */
export const doubtful = { B2: 'unknown' } as const satisfies Partial<Answers>;

/** Every date of the sample calendar is ruled out. */
export const noDate = { E2: [{ from: '2027-01-01', to: '2028-12-31' }] } as const satisfies Partial<Answers>;

async function invited(s: Scenario): Promise<string> {
  const reference = await s.start();
  await s.until(reference, 'INVITED');
  return reference;
}

async function answered(
  s: Scenario,
  answers: Partial<Answers>,
  leadsTo: Parameters<Scenario['until']>[1],
): Promise<string> {
  const reference = await invited(s);
  await s.submit(reference, answers);
  await s.until(reference, leadsTo);
  return reference;
}

async function held(s: Scenario): Promise<string> {
  return answered(s, {}, 'WAVE_HELD');
}

async function confirmed(s: Scenario): Promise<string> {
  const reference = await held(s);
  await s.confirm(reference);
  return reference;
}

async function inGoNoGo(s: Scenario): Promise<string> {
  const reference = await confirmed(s);
  await s.until(reference, 'GO_NO_GO');
  return reference;
}

/** How far a customer comes, by what it and the operators say; each gives the reference. */
export const journeys = {
  invited,
  inQualificationReview: async (s: Scenario) => {
    const reference = await s.start({ siren: unlistedSiren });
    await s.until(reference, 'IN_REVIEW');
    return reference;
  },
  answering: async (s: Scenario) => {
    const reference = await invited(s);
    await s.savePage(reference, 'D');
    return reference;
  },
  inConfirmationReview: async (s: Scenario) => answered(s, classified, 'IN_REVIEW'),
  inReadinessReview: async (s: Scenario) => answered(s, doubtful, 'IN_REVIEW'),
  tooLateForEveryWave: async (s: Scenario) => answered(s, tooLate, 'IN_REVIEW'),
  inPlacementReview: async (s: Scenario) => answered(s, tooLarge, 'IN_REVIEW'),
  preparing: async (s: Scenario) => answered(s, notReady, 'PREPARING'),
  waiting: async (s: Scenario) => answered(s, noDate, 'WAITING_LIST'),
  held,
  confirmed,
  inGoNoGo,
  handedOver: async (s: Scenario) => {
    const reference = await inGoNoGo(s);
    await s.review(reference, 'go_no_go', 'go');
    await s.until(reference, 'HANDED_OVER');
    return reference;
  },
} as const satisfies Readonly<Record<string, (s: Scenario) => Promise<string>>>;
