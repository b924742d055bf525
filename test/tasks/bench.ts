import type { WrittenKey } from '@onboarding/dynamodb-local';
import type { Context } from 'aws-lambda';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import type { RegistryStatus } from '../../functions/domain/classification/facts.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { randomIds } from '../../functions/platform/ids.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { jsonLogger } from '../../functions/platform/log.ts';
import type { TaskHandler } from '../../functions/platform/task.ts';
import type { Workflow } from '../../functions/platform/workflow.ts';
import { createTasks } from '../../infra/local/tasks.ts';
import type { TaskName } from '../../workflows/tasks.ts';
import { openBench, type StoreBench, sirenOf, waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';

/** The process died: whatever it was about to do is not done. */
export class DiedError extends Error {
  override readonly name = 'DiedError';
}

/** Where a handler dies: at its n-th call of the table, before the call goes out or after its answer came. */
export interface Death {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** All tasks on one table, called by hand: what Step Functions would do is done by the test. */
export interface TaskBench extends StoreBench, ApplicationDependencies {
  readonly clock: StoreBench['clock'];
  readonly tasks: Readonly<Record<TaskName, TaskHandler>>;
  /** Tokens completed, with their outcome. */
  readonly completed: Map<string, string>;
  readonly logged: string[];
  /** What the registry answers next. */
  registryStatus: RegistryStatus;
  run(task: TaskName, input: object): Promise<unknown>;
  /** Runs an action that dies; false when it ended before it came to that call. */
  dies(death: Death, action: () => Promise<unknown>): Promise<boolean>;
  /** From now on every call of the table fails, as of a process that is gone, until `restart`. */
  die(): void;
  restart(): void;
  /** Runs an action, and another one before its n-th call of the table; false when it ended before that call. */
  between(call: number, action: () => Promise<unknown>, comes: () => Promise<unknown>): Promise<boolean>;
  /** Does something once, after a task has read and decided, just before it writes. */
  justBeforeWriting(action: () => Promise<unknown>): void;
  addWave(cutover: string, changes?: Partial<Wave>): Promise<void>;
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'task',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:task',
  memoryLimitInMB: '256',
  awsRequestId: 'test',
  logGroupName: 'task',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** True for the write that stores a change, or the answer of a page. */
function isDecisive(input: object): boolean {
  if ('TransactItems' in input) return true;
  return 'Item' in input && /"sk":"ANSWER#[A-E]\d/.test(JSON.stringify(input.Item));
}

export async function openTaskBench(onWrite?: (keys: readonly WrittenKey[]) => void): Promise<TaskBench> {
  const bench = await openBench(onWrite);
  const completed = new Map<string, string>();
  const logged: string[] = [];
  const state: { registry: RegistryStatus } = { registry: 'active' };
  let death: Death | undefined;
  let calls = 0;
  bench.documents.middlewareStack.add(
    (next) => async (args) => {
      if (death === undefined) return next(args);
      calls += 1;
      // A dead process makes no further call either.
      if (calls > death.call || (calls === death.call && death.when === 'before')) throw new DiedError();
      const result = await next(args);
      if (calls === death.call) throw new DiedError();
      return result;
    },
    { step: 'initialize', name: 'die', priority: 'high' },
  );
  let comesBetween: (() => Promise<unknown>) | undefined;
  bench.documents.middlewareStack.add(
    (next) => async (args) => {
      const action = isDecisive(args.input) ? comesBetween : undefined;
      if (action !== undefined) comesBetween = undefined;
      await action?.();
      return next(args);
    },
    { step: 'initialize', name: 'come-between', priority: 'high' },
  );
  let visit: { readonly call: number; readonly action: () => Promise<unknown> } | undefined;
  let visited = 0;
  bench.documents.middlewareStack.add(
    (next) => async (args) => {
      if (visit !== undefined) visited += 1;
      const { call, action } = visit ?? {};
      if (visited !== call || action === undefined) return next(args);
      visit = undefined;
      await action();
      return next(args);
    },
    { step: 'initialize', name: 'visit', priority: 'high' },
  );
  const workflow: Workflow = {
    start: async () => undefined,
    complete: async (token, outcome) => {
      if (completed.has(token)) return false;
      completed.set(token, outcome);
      return true;
    },
    heartbeat: async () => true,
  };
  const logger = jsonLogger((line) => logged.push(line));
  const tasks = createTasks({
    ...{ store: bench.store, clock: bench.clock, logger, workflow, platform: samplePlatform },
    links: keyedLinks(new Uint8Array(32)),
    registry: { lookUp: async () => ({ status: state.registry }) },
  });
  return {
    ...bench,
    ...{ tasks, completed, logged, workflow, ids: randomIds, platform: samplePlatform },
    get registryStatus() {
      return state.registry;
    },
    set registryStatus(status) {
      state.registry = status;
    },
    run: (task, input) => tasks[task](input, context),
    dies: async (where, action) => {
      death = where;
      calls = 0;
      try {
        await action();
        return false;
      } catch (error) {
        if (error instanceof DiedError) return true;
        throw error;
      } finally {
        death = undefined;
      }
    },
    die: () => {
      death = { call: 0, when: 'before' };
    },
    restart: () => {
      death = undefined;
    },
    between: async (call, action, comes) => {
      visit = { call, action: comes };
      visited = 0;
      await action();
      const came = visit === undefined;
      visit = undefined;
      return came;
    },
    justBeforeWriting: (action) => {
      comesBetween = action;
    },
    addWave: async (cutover, changes = {}) => {
      const wave = waveOf(cutover, { customers: 500, points: 5_000, complex: 500 });
      await bench.store.waves.create({ ...wave, ...changes });
    },
  };
}

export const customer = { kind: 'customer', id: 'link' } as const;
export const operator = { kind: 'operator', id: 'op@platform.example' } as const;

let started = 0;

/** Starts the next sample organisation. */
export async function start(
  bench: ApplicationDependencies,
  intake: Partial<OwnedIntake> = {},
): Promise<string> {
  started += 1;
  return startOnboarding(
    bench,
    { scope: 'test', key: String(started), body: '' },
    {
      ...{ siren: sirenOf(started), legalName: `Organisme ${started}`, bodyType: 'company' },
      ...{ contactName: 'Ada Martin', contactEmail: `ada${started}@client.example`, language: 'fr' },
      ...{ services: ['exchange'], deadlineReason: 'none', owner: 'sales@platform.example', team: 'state' },
      ...intake,
    },
    { kind: 'sales', id: 'sales@platform.example' },
  );
}

let tokens = 0;
/** A token as a wait state would hand out. */
export function newToken(): string {
  tokens += 1;
  return `token-${tokens}`;
}

/** Answers on which no rule holds, with some changed. */
export function answersWith(changes: Partial<Answers> = {}): Answers {
  return { ...plainAnswers, ...changes };
}

export async function qualified(bench: TaskBench, intake: Partial<OwnedIntake> = {}): Promise<string> {
  const reference = await start(bench, intake);
  await bench.run('QualifyProspect', { reference, run: 1 });
  return reference;
}

export async function invited(bench: TaskBench, intake: Partial<OwnedIntake> = {}): Promise<string> {
  const reference = await qualified(bench, intake);
  await bench.run('InviteCustomer', { reference, run: 1, token: newToken() });
  return reference;
}

export async function submitted(
  bench: TaskBench,
  answers: Partial<Answers> = {},
  intake: Partial<OwnedIntake> = {},
): Promise<string> {
  const reference = await invited(bench, intake);
  await submitAnswers(bench, reference, answersWith(answers), customer);
  return reference;
}

export async function assessed(
  bench: TaskBench,
  answers: Partial<Answers> = {},
  intake: Partial<OwnedIntake> = {},
): Promise<string> {
  const reference = await submitted(bench, answers, intake);
  await bench.run('AssignReadinessTier', { reference, run: 1 });
  return reference;
}

export async function placed(
  bench: TaskBench,
  answers: Partial<Answers> = {},
  intake: Partial<OwnedIntake> = {},
): Promise<string> {
  const reference = await assessed(bench, answers, intake);
  await bench.run('ScheduleWave', { reference, run: 1 });
  return reference;
}

export async function held(bench: TaskBench): Promise<string> {
  const reference = await placed(bench);
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: newToken() });
  return reference;
}

export async function confirmed(bench: TaskBench): Promise<string> {
  const reference = await held(bench);
  await answerWave(bench, reference, 'confirm', customer);
  return reference;
}

/** A placement review is open. */
export async function toPlacementReview({ store }: TaskBench, reference: string): Promise<void> {
  await store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: {
      to: 'IN_REVIEW',
      set: { reviewKind: 'placement' },
      event: { type: 'REVIEW_REQUESTED', actor: system, data: { review: 'placement' } },
    },
  }));
}

/** An operator has said go, and the hand-over is next. */
export async function goDecided(bench: TaskBench, answers: Partial<Answers> = {}): Promise<string> {
  const reference = await placed(bench, answers);
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: newToken() });
  await answerWave(bench, reference, 'confirm', customer);
  await bench.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } } },
  }));
  await decideReview(bench, reference, { kind: 'go_no_go', decision: 'go', reason: 'ready' }, operator);
  return reference;
}
