import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { placingWith } from '../../functions/application/read-placing.ts';
import { calendarDateOf } from '../../functions/domain/calendar-date.ts';
import type { ConditionCode } from '../../functions/domain/classification/outcomes.ts';
import type { IntakeRecord, ResultRecord } from '../../functions/domain/onboarding/records.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import type { Placing } from '../../functions/domain/onboarding/transitions/placement.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { assess } from '../../functions/domain/readiness/assessment.ts';
import { listedDemand } from '../../functions/domain/waves/listed-demand.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { keys } from '../../functions/store/keys.ts';
import { fromState } from '../../functions/store/stored-onboarding.ts';
import type { Item } from '../../functions/store/table.ts';
import { demandWith } from '../domain/waves/fixtures.ts';
import { intakeOf, type StoreBench, sirenOf, stateOf } from '../store/bench.ts';
import { plainAnswers } from './sample-answers.ts';

/** A customer that waits for a place. */
export interface WaitingCustomer {
  /** Gives its reference and its SIREN. */
  readonly number: number;
  readonly answers?: Partial<Answers>;
  readonly cleared?: readonly ConditionCode[];
  readonly state?: Partial<OnboardingState>;
  readonly intake?: Partial<IntakeRecord>;
  /** Its entry is one of an earlier release, which kept no demand; or it has none yet. */
  readonly entry?: 'bare' | 'none';
}

/** Whatever is written at once. */
type Destination = Pick<StoreBench, 'documents' | 'tableName'>;

/** Writes items without reading any. */
export async function writeItems(
  { documents, tableName }: Destination,
  items: readonly Item[],
): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
}

/** The items of a customer on the waiting list, as its own acts would have left them. */
async function itemsOf({ store, clock }: StoreBench, customer: WaitingCustomer): Promise<readonly Item[]> {
  const asOf = calendarDateOf(clock.now());
  const answers: Answers = { ...plainAnswers, ...customer.answers };
  const { cleared = [] } = customer;
  const assessment = assess({
    ...{ organisation: { registryStatus: 'active' }, answers, asOf, platform: samplePlatform },
    clearedConditions: cleared,
  });
  const { readiness, requirementLevel } = assessment;
  const before = stateOf(customer.number, {
    ...{ stage: 'WAITING_LIST', cause: 'WAVE_FULL', submission: 1, requirementLevel },
    ...{ tier: readiness.tier, score: readiness.score, ...customer.state },
  });
  const { reference } = before;
  const intake = intakeOf(before, customer.intake);
  const result: ResultRecord = { standsOn: '1.0', assessedOn: asOf, assessment, cleared };
  const placing = await placingWith(store, before, { intake, answers, result }, asOf);
  const state = { ...before, waitingRank: placing.rank };
  return [
    { ...keys.state(reference), ...fromState(state) },
    { ...keys.active(state.siren, state.scope), reference },
    { ...keys.intake(reference), ...intake },
    { ...keys.submission(reference), questionnaireVersion: 1, answers, number: 1, at: state.requestedAt },
    { ...keys.result(reference), ...result },
    ...(customer.entry === 'none' ? [] : [entryOf(reference, placing, customer.entry === 'bare')]),
  ];
}

/** The entry of a customer on the list. */
export function entryOf(
  reference: string,
  { rank, listed }: Pick<Placing, 'rank' | 'listed'>,
  bare = false,
): Item {
  const entry = { ...keys.waiting(rank, reference), reference, rank };
  return bare ? entry : { ...entry, since: '2026-11-23T08:00:00.000Z', demand: listed };
}

/** Puts customers on the waiting list, by writing what their acts would have left. */
export async function fillWaitingList(
  bench: StoreBench,
  customers: readonly WaitingCustomer[],
): Promise<void> {
  for (const customer of customers) await writeItems(bench, await itemsOf(bench, customer));
}

const rankOfAll = '1|9999-12-31|1|0|0000|2026-11-23';

/** Puts the customers with these numbers on the list, with what its page reads of each; nothing else is stored of them. */
export async function listCustomers(bench: Destination, from: number, to: number): Promise<void> {
  const placing = { rank: rankOfAll, listed: listedDemand(demandWith(), undefined) };
  const items = Array.from({ length: to - from + 1 }).flatMap((_, index) => {
    const changes = { stage: 'WAITING_LIST', waitingRank: rankOfAll, tier: 'READY' } as const;
    const state = stateOf(from + index, changes);
    return [{ ...keys.state(state.reference), ...fromState(state) }, entryOf(state.reference, placing)];
  });
  await writeItems(bench, items);
}

/** The SIREN of the customer with this number, as the parent of others. */
export const parentOf = (number: number): Partial<IntakeRecord> => ({
  parentSiren: sirenOf(number),
  group: 'group',
});
