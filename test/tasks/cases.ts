import { answerWave } from '../../functions/application/answer-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { declineInvitation, submitAnswers } from '../../functions/application/submit-answers.ts';
import type { TaskName } from '../../workflows/tasks.ts';
import {
  answersWith,
  assessed,
  confirmed,
  customer,
  goDecided,
  held,
  invited,
  newToken,
  operator,
  placed,
  qualified,
  start,
  submitted,
  type TaskBench,
} from './bench.ts';

/** A situation in which a task is due. */
export interface Case {
  readonly name: string;
  readonly task: TaskName;
  /** Brings a new onboarding to where the task is due. */
  readonly prepare: (bench: TaskBench) => Promise<string>;
  /** What the input holds besides the subject. */
  readonly input?: object;
  /** Receives a token. */
  readonly waits?: boolean;
  /** Where it leads. */
  readonly stage: string;
}

const notReady = { D1: 0, D2: 0, D3: 0, D4: 0, D5: 0, D6: 0, D7: 0, D8: 0, D9: 0 } as const;
const huge = { C2: { usersInScope: 900_000, totalStaff: 900_000 } } as const;
const tooLate = { E1: { earliest: '2026-12-01', latest: '2026-12-20', reason: 'contract_end' } } as const;
const nowhere = { E2: [{ from: '2027-01-01', to: '2029-12-31' }] } as const;

async function review(bench: TaskBench, kind: 'placement' | 'qualification', reference: string) {
  await bench.run('AskForReview', { reference, run: 1, review: kind, token: newToken() });
}

async function notEligible(bench: TaskBench): Promise<string> {
  bench.registryStatus = 'not_found';
  const reference = await start(bench);
  await bench.run('QualifyProspect', { reference, run: 1 });
  bench.registryStatus = 'active';
  return reference;
}

async function later(bench: TaskBench, instant: string, prepared: Promise<string>): Promise<string> {
  const reference = await prepared;
  bench.clock.set(instant);
  return reference;
}

/** The silence of a customer up to a turn before the present one. */
async function silentUntil(bench: TaskBench, reference: string, days: readonly string[]): Promise<string> {
  for (const day of days) {
    bench.clock.set(`${day}T08:00:00.000Z`);
    await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  }
  return reference;
}

/** A wave of its own, which is open again for the next one. */
async function goInCancelledWave(bench: TaskBench): Promise<string> {
  await bench.addWave('2027-10-19');
  const before = await bench.store.waves.get('paris', 'paris-2027-10-19');
  await bench.store.waves.replace(before, { ...before, state: 'OPEN' });
  const reference = await goDecided(bench, { E1: { earliest: '2027-10-01', reason: 'none' } });
  const wave = await bench.store.waves.get('paris', 'paris-2027-10-19');
  await bench.store.waves.replace(wave, { ...wave, state: 'CANCELLED' });
  return reference;
}

async function decidedToWait(bench: TaskBench): Promise<string> {
  const reference = await placed(bench, tooLate);
  await review(bench, 'placement', reference);
  await decideReview(bench, reference, { kind: 'placement', decision: 'wait', reason: 'soon' }, operator);
  return reference;
}

async function anotherDate(bench: TaskBench): Promise<string> {
  const reference = await held(bench);
  await answerWave(bench, reference, 'another_date', customer);
  return reference;
}

async function expiredTwice(bench: TaskBench): Promise<string> {
  const reference = await held(bench);
  bench.clock.set('2026-12-03T09:00:00.000Z');
  await bench.run('ScheduleWave', { reference, run: 1 });
  bench.clock.set('2026-12-14T09:00:00.000Z');
  return reference;
}

async function declined(bench: TaskBench): Promise<string> {
  const reference = await invited(bench);
  await declineInvitation(bench, reference, 'no', customer);
  return reference;
}

async function declinedWave(bench: TaskBench): Promise<string> {
  const reference = await held(bench);
  await answerWave(bench, reference, 'decline', customer);
  return reference;
}

async function preparing(bench: TaskBench): Promise<string> {
  const reference = await assessed(bench, notReady);
  await bench.run('BookPreparationWave', { reference, run: 1 });
  return reference;
}

async function readyAgain(bench: TaskBench): Promise<string> {
  const reference = await preparing(bench);
  await bench.run('WaitForReassessment', { reference, run: 1, token: newToken() });
  await submitAnswers(bench, reference, answersWith(), customer);
  return reference;
}

/** A customer who was asked again, a turn before the end of its silence. */
async function silentWhenAsked(bench: TaskBench): Promise<string> {
  const reference = await assessed(bench, { B2: 'unknown' });
  await bench.run('AskForReview', { reference, run: 1, review: 'readiness', token: newToken() });
  const asked = { questions: ['B2'], message: 'Please check.' };
  const decision = { kind: 'readiness', decision: 'ask_customer', reason: 'in doubt', ...asked } as const;
  await decideReview(bench, reference, decision, operator);
  const days = ['2026-11-23', '2026-12-07', '2026-12-21', '2027-01-04', '2027-01-18'];
  return later(bench, '2027-02-01T08:00:00.000Z', silentUntil(bench, reference, days));
}

const waits = true;

/** Every task, in each situation that makes it write something else. */
export const cases: readonly Case[] = [
  { name: 'qualifies', task: 'QualifyProspect', prepare: start, stage: 'QUALIFYING' },
  {
    ...{ name: 'asks for a review', task: 'AskForReview', prepare: notEligible, waits },
    ...{ input: { review: 'qualification' }, stage: 'IN_REVIEW' },
  },
  {
    ...{ name: 'recalls a review', task: 'AskForReview', waits, stage: 'IN_REVIEW' },
    input: { review: 'qualification' },
    prepare: async (bench) => {
      const reference = await notEligible(bench);
      await review(bench, 'qualification', reference);
      bench.clock.set('2026-11-26T08:00:00.000Z');
      return reference;
    },
  },
  { name: 'invites', task: 'InviteCustomer', prepare: qualified, waits, stage: 'INVITED' },
  {
    ...{ name: 'reminds of an invitation', task: 'InviteCustomer', waits, stage: 'INVITED' },
    prepare: (bench) => later(bench, '2026-12-07T08:00:00.000Z', invited(bench)),
  },
  {
    ...{ name: 'ends an invitation without an answer', task: 'InviteCustomer', waits, stage: 'INVITED' },
    prepare: async (bench) => {
      const days = ['2026-12-07', '2026-12-21', '2027-01-04', '2027-01-18'];
      const reference = await silentUntil(bench, await invited(bench), days);
      bench.clock.set('2027-02-01T08:00:00.000Z');
      return reference;
    },
  },
  {
    ...{
      name: 'ends the silence of a customer asked again',
      task: 'InviteCustomer',
      waits,
      stage: 'INVITED',
    },
    prepare: silentWhenAsked,
  },
  { name: 'assigns a tier', task: 'AssignReadinessTier', prepare: submitted, stage: 'SUBMITTED' },
  { name: 'assigns a tier again', task: 'AssignReadinessTier', prepare: readyAgain, stage: 'SUBMITTED' },
  {
    ...{ name: 'books a preparation wave', task: 'BookPreparationWave', stage: 'PREPARING' },
    prepare: (bench) => assessed(bench, notReady),
  },
  {
    ...{ name: 'waits for reassessment', task: 'WaitForReassessment', prepare: preparing, waits },
    stage: 'PREPARING',
  },
  { name: 'holds a place', task: 'ScheduleWave', prepare: assessed, stage: 'WAVE_HELD' },
  {
    ...{ name: 'puts on the waiting list', task: 'ScheduleWave', stage: 'WAITING_LIST' },
    prepare: (bench) => assessed(bench, nowhere),
  },
  {
    ...{ name: 'finds a customer too large', task: 'ScheduleWave', stage: 'SUBMITTED' },
    prepare: (bench) => assessed(bench, huge),
  },
  {
    ...{ name: 'finds no wave before a deadline', task: 'ScheduleWave', stage: 'SUBMITTED' },
    prepare: (bench) => assessed(bench, tooLate),
  },
  { name: 'moves a place', task: 'ScheduleWave', prepare: anotherDate, stage: 'WAVE_HELD' },
  {
    ...{ name: 'holds a place again when its hold is over', task: 'ScheduleWave', stage: 'WAVE_HELD' },
    prepare: (bench) => later(bench, '2026-12-04T08:00:00.000Z', held(bench)),
  },
  {
    ...{ name: 'gives a place back that was not confirmed twice', task: 'ScheduleWave' },
    ...{ prepare: expiredTwice, stage: 'WAVE_HELD' },
  },
  {
    ...{ name: 'waits for a slot', task: 'WaitForSlot', waits, stage: 'WAITING_LIST' },
    prepare: (bench) => placed(bench, nowhere),
  },
  {
    ...{ name: 'waits for a slot as an operator said', task: 'WaitForSlot', prepare: decidedToWait, waits },
    stage: 'WAITING_LIST',
  },
  {
    ...{ name: 'asks to confirm', task: 'AskCustomerToConfirmWave', prepare: placed, waits },
    stage: 'WAVE_HELD',
  },
  {
    ...{ name: 'finds a hold over', task: 'AskCustomerToConfirmWave', waits, stage: 'WAVE_HELD' },
    prepare: (bench) => later(bench, '2026-12-04T08:00:00.000Z', placed(bench)),
  },
  {
    ...{ name: 'waits for the go', task: 'WaitForGoNoGo', prepare: confirmed, waits },
    stage: 'WAVE_CONFIRMED',
  },
  {
    ...{
      name: 'finds the go',
      task: 'WaitForGoNoGo',
      prepare: (bench) => goDecided(bench),
      waits,
      stage: 'GO_NO_GO',
    },
  },
  { name: 'hands over', task: 'HandOver', prepare: (bench) => goDecided(bench), stage: 'HANDED_OVER' },
  {
    ...{ name: 'leads out of a cancelled wave', task: 'HandOver', prepare: goInCancelledWave },
    stage: 'GO_NO_GO',
  },
  {
    ...{ name: 'closes', task: 'CloseOnboarding', prepare: declined, stage: 'CLOSED' },
    input: { outcome: 'DECLINED' },
  },
  {
    ...{ name: 'closes and frees a place', task: 'CloseOnboarding', prepare: declinedWave, stage: 'CLOSED' },
    input: { outcome: 'DECLINED' },
  },
  { name: 'continues in a successor', task: 'ContinueInSuccessor', prepare: held, stage: 'WAVE_HELD' },
];
