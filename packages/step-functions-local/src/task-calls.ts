import { createHash } from 'node:crypto';
import { functionOfArn, region } from './arn.ts';
import { effectiveInput } from './data-flow.ts';
import type { EngineOptions } from './engine-options.ts';
import { type Execution, noTimer, stateOf, type Thread } from './execution.ts';
import type { Interpreter } from './interpreter.ts';
import { isJsonObject, type Json, throughJson } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { StateOf } from './machine.ts';
import { afterRealTime } from './real-time.ts';
import { checkSize, errorDetails, lambdaFailure, runtimeError, StateError } from './state-error.ts';

interface TaskSurroundings {
  readonly options: EngineOptions;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly interpreter: () => Interpreter;
  readonly issueToken: () => string;
  /** Does one step of an execution and saves it. */
  readonly advance: (execution: Execution, work: () => void) => void;
  readonly startChild: (machineArn: string, name: string, input: Json) => { arn: string; startDate: number };
  readonly report: (fault: unknown) => void;
}

const kinds = {
  lambdaInvoke: { resourceType: 'lambda', resource: 'invoke' },
  lambdaToken: { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' },
  startExecution: { resourceType: 'states', resource: 'startExecution' },
} as const;

/** Calls functions for Task states, keeps their tokens, time-outs and heartbeats. */
export class TaskCalls {
  readonly #around: TaskSurroundings;
  readonly #tokens = new Map<string, { execution: Execution; thread: Thread }>();

  constructor(around: TaskSurroundings) {
    this.#around = around;
  }

  /** The task that still waits for this token. */
  find(token: string): { execution: Execution; thread: Thread } | undefined {
    return this.#tokens.get(token);
  }

  schedule(execution: Execution, thread: Thread, state: StateOf<'Task'>): void {
    const { frame } = thread;
    frame.call += 1;
    frame.token = state.kind === 'lambdaToken' ? this.#around.issueToken() : null;
    const parameters = effectiveInput(state, this.#around.interpreter().sight(execution, thread));
    const text = JSON.stringify(parameters);
    checkSize(text, `The state '${frame.state}' was given an input`);
    frame.phase = 'calling';
    this.#scheduled(execution, thread, state, text);
    this.#around.ledger.touch(execution, thread);
    this.resume(execution, thread, parameters);
  }

  /** Calls the function, also again after a crash: then with the same token and the same payload. */
  resume(execution: Execution, thread: Thread, given?: Json): void {
    const { frame } = thread;
    const state = stateOf(thread);
    if (state.type !== 'Task') return;
    this.hold(execution, thread);
    const parameters = given ?? effectiveInput(state, this.#around.interpreter().sight(execution, thread));
    const { call } = frame;
    execution.invocations += 1;
    this.#around.ledger.afterCommit(() => {
      const settle = this.#callInTime(execution, thread, state, parameters).then((step) => {
        const current = frame.phase === 'calling' && frame.call === call && execution.threads.has(frame.id);
        if (current && execution.facts.status === 'RUNNING') this.#around.advance(execution, step);
      });
      void this.#around.options.clock.track(settle.catch(this.#around.report));
    });
  }

  /**
   * Gives what follows from the function's answer, or from its lack of one: a function works in real time, on a clock
   * that may run a million times as fast.
   */
  #callInTime(
    execution: Execution,
    thread: Thread,
    state: StateOf<'Task'>,
    parameters: Json,
  ): Promise<() => void> {
    const answer = this.#call(execution, thread, state, parameters).then(
      (result) => () => this.#returned(execution, thread, state, result),
      (thrown) => () => this.#threw(execution, thread, state, thrown),
    );
    if (state.timeoutSeconds === undefined) return answer;
    const { promise, resolve } = Promise.withResolvers<() => void>();
    const cancel = afterRealTime(state.timeoutSeconds * 1000, () =>
      resolve(() => this.#timeOut(execution, thread, 'States.Timeout')),
    );
    return Promise.race([answer, promise]).finally(cancel);
  }

  /** Registers token and timer of a task that waits. */
  hold(execution: Execution, thread: Thread): void {
    const { token } = thread.frame;
    if (token !== null) this.#tokens.set(token, { execution, thread });
    this.arm(execution, thread);
  }

  arm(execution: Execution, thread: Thread): void {
    const { wakeAt, deadline, heartbeatAt, phase } = thread.frame;
    thread.cancelTimer();
    if (phase === 'calling') return;
    const at = Math.min(
      ...[wakeAt, deadline, heartbeatAt].map((instant) => instant ?? Number.POSITIVE_INFINITY),
    );
    thread.cancelTimer =
      at === Number.POSITIVE_INFINITY
        ? noTimer
        : this.#around.options.clock.setTimer(new Date(at), () =>
            this.#around.advance(execution, () => this.#timeIsUp(execution, thread)),
          );
  }

  release(thread: Thread): void {
    const { frame } = thread;
    thread.cancelTimer();
    thread.cancelTimer = noTimer;
    if (frame.token !== null) this.#tokens.delete(frame.token);
    frame.wakeAt = null;
    frame.deadline = null;
    frame.heartbeatAt = null;
  }

  succeed(execution: Execution, thread: Thread, result: Json): void {
    const text = JSON.stringify(result);
    this.#around.interpreter().guard(execution, thread, () => {
      checkSize(text, `The state '${thread.frame.state}' returned a result`);
      this.#event(execution, thread, 'Succeeded', { output: text, outputDetails: { truncated: false } });
      this.#around.ledger.touch(execution, thread);
      this.#around.interpreter().finish(execution, thread, result);
    });
  }

  fail(execution: Execution, thread: Thread, error: StateError): void {
    this.#event(execution, thread, 'Failed', errorDetails(error.error, error.reason));
    this.#around.interpreter().failState(execution, thread, error);
  }

  /** A heartbeat moves the next one's deadline; the task's own deadline stands. */
  beat(execution: Execution, thread: Thread): void {
    const state = stateOf(thread);
    if (state.type !== 'Task' || state.heartbeatSeconds === undefined) return;
    thread.frame.heartbeatAt = this.#around.now() + state.heartbeatSeconds * 1000;
    this.#around.ledger.touch(execution, thread);
    this.arm(execution, thread);
  }

  #timeIsUp(execution: Execution, thread: Thread): void {
    const { frame } = thread;
    const now = this.#around.now();
    if (execution.facts.status !== 'RUNNING' || !execution.threads.has(frame.id)) return;
    if (frame.phase === 'sleeping') {
      this.#around.interpreter().wake(execution, thread);
      return;
    }
    if (frame.phase === 'pausing') {
      frame.wakeAt = null;
      this.#around.interpreter().perform(execution, thread);
      return;
    }
    const missed = frame.heartbeatAt !== null && frame.heartbeatAt <= now;
    const first = missed && frame.heartbeatAt !== null && frame.heartbeatAt < (frame.deadline ?? Infinity);
    this.#timeOut(execution, thread, first ? 'States.HeartbeatTimeout' : 'States.Timeout');
  }

  #timeOut(execution: Execution, thread: Thread, error: string): void {
    this.#event(execution, thread, 'TimedOut', { error });
    this.#around.interpreter().failState(execution, thread, new StateError(error));
  }

  #event(execution: Execution, thread: Thread, what: string, details: Record<string, unknown>): void {
    const state = stateOf(thread);
    if (state.type !== 'Task') return;
    if (state.kind === 'lambdaFunction') {
      this.#around.ledger.event(execution, thread, `LambdaFunction${what}`, details);
    } else {
      this.#around.ledger.event(execution, thread, `Task${what}`, { ...kinds[state.kind], ...details });
    }
  }

  #scheduled(execution: Execution, thread: Thread, state: StateOf<'Task'>, text: string): void {
    const limits = {
      ...(state.timeoutSeconds === undefined ? {} : { timeoutInSeconds: state.timeoutSeconds }),
      ...(state.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: state.heartbeatSeconds }),
    };
    if (state.kind === 'lambdaFunction') {
      const { heartbeatInSeconds: _, ...timeout } = limits;
      this.#event(execution, thread, 'Scheduled', { resource: state.resource, input: text, ...timeout });
      this.#around.ledger.event(execution, thread, 'LambdaFunctionStarted');
      return;
    }
    this.#event(execution, thread, 'Scheduled', { region, parameters: text, ...limits });
    this.#event(execution, thread, 'Started', {});
  }

  async #call(execution: Execution, thread: Thread, state: StateOf<'Task'>, input: Json): Promise<Json> {
    if (state.kind === 'lambdaFunction') return this.#invoke(functionOfArn(state.resource), input);
    const parameters = isJsonObject(input) ? input : {};
    if (state.kind === 'startExecution') return this.#startChild(execution, thread, parameters);
    const name = parameters['FunctionName'];
    if (typeof name !== 'string') throw runtimeError('Parameters.FunctionName must name a function');
    const { Payload: given = {} } = parameters;
    const payload = await this.#invoke(functionOfArn(name), given);
    return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
  }

  async #invoke(name: string, payload: Json): Promise<Json> {
    try {
      return throughJson(await this.#around.options.invoke(name, throughJson(payload)));
    } catch (thrown) {
      throw lambdaFailure(thrown);
    }
  }

  #startChild(execution: Execution, thread: Thread, parameters: { [key: string]: Json }): Json {
    const { StateMachineArn: arn, Name: given, Input: input = {} } = parameters;
    if (typeof arn !== 'string') throw runtimeError('Parameters.StateMachineArn must name a state machine');
    // A name that follows from the call makes a second call after a crash find the first one's execution.
    const call = `${execution.facts.arn} ${execution.facts.redriveCount} ${thread.frame.id} ${thread.frame.call}`;
    const name =
      typeof given === 'string' ? given : createHash('sha256').update(call).digest('hex').slice(0, 40);
    const child = this.#around.startChild(arn, name, input);
    return { ExecutionArn: child.arn, StartDate: child.startDate / 1000 };
  }

  #returned(execution: Execution, thread: Thread, state: StateOf<'Task'>, result: Json): void {
    if (state.kind !== 'lambdaToken') {
      this.succeed(execution, thread, result);
      return;
    }
    const { frame } = thread;
    const now = this.#around.now();
    frame.phase = 'token';
    frame.deadline = state.timeoutSeconds === undefined ? null : now + state.timeoutSeconds * 1000;
    frame.heartbeatAt = state.heartbeatSeconds === undefined ? null : now + state.heartbeatSeconds * 1000;
    this.arm(execution, thread);
    this.#event(execution, thread, 'Submitted', {
      output: JSON.stringify(result),
      outputDetails: { truncated: false },
    });
    this.#around.ledger.touch(execution, thread);
  }

  #threw(execution: Execution, thread: Thread, state: StateOf<'Task'>, thrown: unknown): void {
    if (thrown instanceof StateError) {
      this.fail(execution, thread, thrown);
      return;
    }
    if (state.kind !== 'startExecution' || !(thrown instanceof Error)) throw thrown;
    this.fail(execution, thread, new StateError(`StepFunctions.${thrown.name}Exception`, thrown.message));
  }
}
