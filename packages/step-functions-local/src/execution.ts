import * as z from 'zod';
import type { Json } from './json.ts';
import type { Machine, State, StateList } from './machine.ts';

/** A value read back from the journal is JSON already; checking its depths again would only cost time. */
const storedJson = z.custom<Json>((value) => value !== undefined);

export const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type Status = (typeof statuses)[number];

/**
 * Where one thread of an execution stands: everything needed to go on after a crash without replaying.
 * Instants are milliseconds since 1970.
 *
 * - `ready`: about to enter its state
 * - `calling`: its function was called and has not answered
 * - `token`: waits for its task token
 * - `sleeping`, `pausing`: inside a Wait state, between two attempts
 * - `children`: waits for branches or iterations
 * - `done`: reached the end of its list; `failed`, `stopped`: kept as it stood for a redrive
 */
export const frameSchema = z.strictObject({
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

/** One line of control through a list of states: the run itself, a branch or an iteration. */
export interface Thread {
  readonly frame: Frame;
  readonly list: StateList;
  readonly parent: Thread | undefined;
  readonly children: Map<number, Thread>;
  finishedChildren: number;
  cancelTimer: () => void;
}

export interface Execution {
  /** Short name of the execution in the journal. */
  readonly id: number;
  readonly facts: Facts;
  readonly machine: Machine;
  /** The input, parsed once for the context object. */
  readonly input: Json;
  readonly events: HistoryEvent[];
  readonly threads: Map<number, Thread>;
  readonly unsent: StatusChange[];
  transitions: number;
  invocations: number;
  cancelTimer: () => void;
  emission: Promise<void>;
}

export const noTimer = (): void => undefined;

export function stateOf(thread: Thread): State {
  const state = thread.list.states.get(thread.frame.state);
  if (state === undefined) throw new Error(`There is no state "${thread.frame.state}"`);
  return state;
}

/** The list of states a child walks through: its branch of a Parallel, or the processor of a Map. */
export function listOfChild(parent: Thread, index: number): StateList {
  const state = stateOf(parent);
  const list = state.type === 'Parallel' ? state.branches[index] : undefined;
  if (list !== undefined) return list;
  if (state.type === 'Map') return state.processor;
  throw new Error(`State "${parent.frame.state}" has no branch ${index}`);
}

export function createThread(frame: Frame, list: StateList, parent: Thread | undefined): Thread {
  return { frame, list, parent, children: new Map(), finishedChildren: 0, cancelTimer: noTimer };
}

export const newFrame = (
  place: Pick<Frame, 'id' | 'parent' | 'index' | 'state' | 'input' | 'lastEvent'>,
): Frame => ({
  ...place,
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
});
