import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb, type WrittenKey } from '@onboarding/dynamodb-local';
import * as z from 'zod';
import { type Actor, system } from '../../functions/domain/onboarding/actor.ts';
import type { Message } from '../../functions/domain/onboarding/messages.ts';
import type { IntakeRecord } from '../../functions/domain/onboarding/records.ts';
import { firstRun } from '../../functions/domain/onboarding/run.ts';
import type { OnboardingState } from '../../functions/domain/onboarding/state.ts';
import type { CapacityVector } from '../../functions/domain/waves/capacity.ts';
import { noCapacity } from '../../functions/domain/waves/capacity.ts';
import { type Wave, waveId } from '../../functions/domain/waves/wave.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore, type Store } from '../../functions/store/store.ts';
import { inProcess } from '../../infra/local/in-process-client.ts';
import { createTable } from '../../infra/local/table.ts';

/** A clock that stays at the instant it is set to. */
export interface StandingClock {
  now(): Date;
  set(instant: string): void;
}

/** What a read cost, as DynamoDB counts it. */
export interface Cost {
  readonly requests: number;
  readonly items: number;
  readonly units: number;
}

/** A store on a table of its own: on the DynamoDB the environment names, or on one in memory. */
export interface StoreBench {
  readonly store: Store;
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: StandingClock;
  /** What an action cost to read, with nothing else under way. */
  costOf(action: () => Promise<unknown>): Promise<Cost>;
  close(): Promise<void>;
}

const capacity = z.object({ CapacityUnits: z.number() });
const answer = z.object({
  Count: z.number().optional(),
  Item: z.unknown().optional(),
  Responses: z.record(z.string(), z.array(z.unknown())).optional(),
  ConsumedCapacity: z.union([capacity, z.array(capacity)]).optional(),
});

/** `onWrite` sees the writes of the DynamoDB in memory only. */
export async function openBench(onWrite?: (keys: readonly WrittenKey[]) => void): Promise<StoreBench> {
  const endpoint = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  const own = endpoint === undefined ? await startDynamoDb({ onWrite }) : undefined;
  const client = new DynamoDBClient({
    ...(own === undefined ? {} : inProcess(own.answer)),
    endpoint: endpoint ?? own?.endpoint ?? '',
    region: process.env['AWS_REGION'] ?? 'eu-west-3',
    credentials: {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
  });
  const tableName = `store-contract-${randomUUID()}`;
  await createTable(client, tableName);
  let at = new Date('2026-11-23T08:00:00.000Z');
  const clock: StandingClock = {
    now: () => at,
    set: (instant) => {
      at = new Date(instant);
    },
  };
  const documents = documentClient(client);
  let cost: Cost | undefined;
  documents.middlewareStack.add(
    (next) => (args) =>
      next(
        cost === undefined ? args : { ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } },
      ),
    { step: 'initialize', name: 'ask-for-cost', priority: 'high' },
  );
  documents.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (cost !== undefined) cost = withAnswer(cost, result.output);
      return result;
    },
    { step: 'initialize', name: 'count-cost' },
  );
  return {
    store: createStore(documents, tableName, clock),
    documents,
    tableName,
    clock,
    costOf: async (action) => {
      cost = { requests: 0, items: 0, units: 0 };
      await action();
      const counted = cost;
      cost = undefined;
      return counted;
    },
    close: async () => {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      client.destroy();
      await own?.close();
    },
  };
}

function withAnswer(cost: Cost, output: unknown): Cost {
  const { Count, Item, Responses, ConsumedCapacity } = answer.parse(output);
  const found = Object.values(Responses ?? {}).reduce((sum, items) => sum + items.length, 0);
  const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
  return {
    requests: cost.requests + 1,
    items: cost.items + (Count ?? 0) + (Item === undefined ? 0 : 1) + found,
    units: cost.units + units,
  };
}

export const customer: Actor = { kind: 'customer', id: 'link' };

/** SIREN of the sample organisation with this number. */
export function sirenOf(number: number): string {
  return String(900_000_000 + number);
}

export function referenceOf(number: number): string {
  return `REF${String(number).padStart(5, '0')}`;
}

export function stateOf(number: number, changes: Partial<OnboardingState> = {}): OnboardingState {
  const at = '2026-11-23T08:00:00.000Z';
  return {
    reference: referenceOf(number),
    siren: sirenOf(number),
    name: `Organisme ${number}`,
    language: 'fr',
    owner: 'sales@platform.example',
    team: 'state',
    stage: 'REGISTERED',
    stageSince: at,
    version: 1,
    eventHash: '',
    episode: 1,
    run: firstRun(at),
    requestedAt: at,
    link: 0,
    submission: 0,
    reviews: 0,
    settledRules: [],
    anotherDates: 0,
    confirmationTimeouts: 0,
    ...changes,
  };
}

export function intakeOf(state: OnboardingState, changes: Partial<IntakeRecord> = {}): IntakeRecord {
  return {
    siren: state.siren,
    legalName: state.name,
    bodyType: 'company',
    contactName: 'Ada Martin',
    contactEmail: `${state.reference}@client.example`,
    language: 'fr',
    services: ['exchange'],
    deadlineReason: 'none',
    owner: state.owner,
    team: state.team,
    ...changes,
  };
}

/** Stores an onboarding as its start does. */
export async function add(
  store: Store,
  state: OnboardingState,
  intake: Partial<IntakeRecord> = {},
  messages: readonly Message[] = [],
): Promise<string> {
  const start = { state, event: { type: 'STARTED', actor: system }, messages } as const;
  const request = { scope: 'test', key: state.reference, body: state.siren };
  return store.starts.create(request, start, intakeOf(state, intake));
}

export function waveOf(cutover: string, capacity: CapacityVector, site = 'paris'): Wave {
  return {
    id: waveId({ kind: 'MIGRATION', site, cutover }),
    site,
    kind: 'MIGRATION',
    state: 'OPEN',
    cutover,
    capacity,
    booked: noCapacity,
  };
}
