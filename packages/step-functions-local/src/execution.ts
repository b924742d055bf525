import * as z from 'zod';
import type { Json } from './json.ts';
import type { Machine, State } from './machine.ts';

/** A value read back from the journal is JSON already: it is not checked again. */
const storedJson = z.custom<Json>((value) => value !== undefined);

export const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type Status = (typeof statuses)[number];

/**
 * The position of an execution: everything needed to go on after a crash without replaying. Instants are milliseconds
 * since 1970.
 *
 * - `ready`: about to enter its state
 * - `calling`: its function was called and has not answered
 * - `token`: waits for its task token
 * - `pausing`: between two attempts
 * - `done`: ended; `failed`, `stopped`: kept as it was for a redrive
 * - `sleeping`, `children`: no longer written; a journal may hold them
 */
export const frameSchema = z.strictObject({
  /** Always 0, as `parent` is null and `index` is 0: earlier releases had a frame for each branch. */
  id: z.int(),
  parent: z.int().nullable(),
  index: z.int(),
  state: z.string(),
  input: storedJson,
  phase: z.enum([
    'ready',
    'calling',
    'token',
    'sleeping',
    'pausing',
    'children',
    'done',
    'failed',
    'stopped',
  ]),
  enteredAt: z.number(),
  retries: z.array(z.int()),
  /** Tells the answer of this call from the late answer of an earlier one. */
  call: z.int(),
  wakeAt: z.number().nullable(),
  deadline: z.number().nullable(),
  heartbeatAt: z.number().nullable(),
  token: z.string().nullable(),
  /** No longer written but as null. */
  items: z.array(storedJson).nullable(),
  output: storedJson,
  lastEvent: z.int(),
});
export type Frame = z.infer<typeof frameSchema>;

export const factsSchema = z.strictObject({
  arn: z.string(),
  name: z.string(),
  machine: z.string(),
  definition: z.string(),
  input: z.string(),
  status: z.enum(statuses),
  startDate: z.number(),
  stopDate: z.number().nullable(),
  deadline: z.number().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  redriveCount: z.int(),
  redriveDate: z.number().nullable(),
  /** No longer read. */
  nextFrame: z.int(),
});
export type Facts = z.infer<typeof factsSchema>;

export const historyEventSchema = z.strictObject({
  id: z.int(),
  previous: z.int(),
  type: z.string(),
  at: z.number(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** As EventBridge delivers it: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export const statusChangeSchema = z.strictObject({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.literal('Step Functions Execution Status Change'),
  source: z.literal('aws.states'),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.strictObject({
    executionArn: z.string(),
    stateMachineArn: z.string(),
    stateMachineVersionArn: z.null(),
    stateMachineAliasArn: z.null(),
    name: z.string(),
    status: z.enum(statuses),
    startDate: z.number(),
    stopDate: z.number().nullable(),
    input: z.string(),
    inputDetails: z.strictObject({ included: z.boolean() }),
    output: z.string().nullable(),
    outputDetails: z.strictObject({ included: z.boolean() }).nullable(),
    error: z.string().nullable(),
    cause: z.string().nullable(),
    redriveCount: z.int(),
    redriveDate: z.number().nullable(),
  }),
});
export type StatusChange = z.infer<typeof statusChangeSchema>;

/** One execution as the journal keeps it. */
export interface StoredExecution {
  /** Short name of the execution in the journal. */
  readonly x: number;
  facts: Facts;
  readonly events: HistoryEvent[];
  /** None when the execution has succeeded. */
  readonly frames: Frame[];
  counts: [transitions: number, invocations: number];
  unsent: StatusChange[];
}

export interface Execution {
  readonly id: number;
  readonly facts: Facts;
  readonly machine: Machine;
  readonly events: HistoryEvent[];
  readonly unsent: StatusChange[];
  frame: Frame;
  transitions: number;
  invocations: number;
  /** Cancels the timer of the present state. */
  cancelTimer: () => void;
  /** Cancels the timer of the execution as a whole. */
  cancelDeadline: () => void;
  /** Settles when the status changes up to now have been delivered. */
  emission: Promise<void>;
}

export const noTimer = (): void => undefined;

export function stateOf({ machine, frame }: Execution): State {
  const state = machine.states.get(frame.state);
  if (state === undefined) throw new Error(`There is no state "${frame.state}"`);
  return state;
}

export const newFrame = (state: string, input: Json): Frame => ({
  id: 0,
  parent: null,
  index: 0,
  state,
  input,
  phase: 'ready',
  enteredAt: 0,
  retries: [],
  call: 0,
  wakeAt: null,
  deadline: null,
  heartbeatAt: null,
  token: null,
  items: null,
  output: null,
  lastEvent: 0,
});

/** The frame of an execution that has succeeded; it is not stored. */
export const endedFrame = (): Frame => ({ ...newFrame('', null), phase: 'done' });

/** A Standard execution lives a year: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const longestRun = 365 * 86_400_000;

/** When the run as a whole times out, in milliseconds since 1970. */
export const deadlineOf = (timeoutSeconds: number | undefined, from: number): number =>
  from + Math.min((timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, longestRun);

export const createExecution = (stored: StoredExecution, machine: Machine): Execution => ({
  id: stored.x,
  facts: stored.facts,
  machine,
  events: stored.events,
  unsent: stored.unsent,
  frame: stored.frames[0] ?? endedFrame(),
  transitions: stored.counts[0],
  invocations: stored.counts[1],
  cancelTimer: noTimer,
  cancelDeadline: noTimer,
  emission: Promise.resolve(),
});
