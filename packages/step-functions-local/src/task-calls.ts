import { functionOfArn, region } from './arn.ts';
import { evaluationOf } from './data-flow.ts';
import type { EngineServices } from './engine-services.ts';
import { type Execution, noTimer, stateOf } from './execution.ts';
import { isJsonObject, type Json, throughJson } from './json.ts';
import type { StateOf } from './machine.ts';
import { afterRealTime } from './real-time.ts';
import { checkSize, errorDetails, lambdaFailure, runtimeError, StateError } from './state-error.ts';

const afterSeconds = (now: number, seconds: number | undefined): number | null =>
  seconds === undefined ? null : now + seconds * 1000;

/** Calls functions for Task states, keeps their tokens, time-outs and heartbeats. */
export class TaskCalls {
  readonly #services: EngineServices;
  readonly #issueToken: () => string;
  readonly #byToken = new Map<string, Execution>();

  constructor(services: EngineServices, issueToken: () => string) {
    this.#services = services;
    this.#issueToken = issueToken;
  }

  /** The execution whose present state still waits for this token. */
  find(token: string): Execution | undefined {
    return this.#byToken.get(token);
  }

  schedule(execution: Execution, state: StateOf<'Task'>): void {
    const { frame } = execution;
    frame.call += 1;
    frame.token = state.waitsForToken ? this.#issueToken() : null;
    const parameters = state.parameters(evaluationOf(execution));
    const text = JSON.stringify(parameters);
    checkSize(text, `The state '${frame.state}' was given an input`);
    frame.phase = 'calling';
    this.#event(execution, state, 'Scheduled', {
      region,
      parameters: text,
      ...(state.timeoutSeconds === undefined ? {} : { timeoutInSeconds: state.timeoutSeconds }),
      ...(state.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: state.heartbeatSeconds }),
    });
    this.#event(execution, state, 'Started');
    this.#callAfterCommit(execution, state, parameters);
  }

  /** Goes on after a restart; a function that was called is called again, with the same token and payload. */
  resume(execution: Execution): void {
    const { phase, token } = execution.frame;
    const state = stateOf(execution);
    if (phase === 'calling' && state.type === 'Task') {
      this.#callAfterCommit(execution, state, state.parameters(evaluationOf(execution)));
      return;
    }
    if (phase === 'token' && token !== null) this.#byToken.set(token, execution);
    this.arm(execution);
  }

  arm(execution: Execution): void {
    const { wakeAt, deadline, heartbeatAt, phase } = execution.frame;
    execution.cancelTimer();
    execution.cancelTimer = noTimer;
    if (phase === 'calling') return;
    const instants = [wakeAt, deadline, heartbeatAt].filter((instant) => instant !== null);
    if (instants.length === 0) return;
    const { options, advance } = this.#services;
    execution.cancelTimer = options.clock.setTimer(new Date(Math.min(...instants)), () =>
      advance(execution, () => this.#timeIsUp(execution)),
    );
  }

  release(execution: Execution): void {
    const { frame } = execution;
    execution.cancelTimer();
    execution.cancelTimer = noTimer;
    if (frame.token !== null) this.#byToken.delete(frame.token);
    Object.assign(frame, { wakeAt: null, deadline: null, heartbeatAt: null });
  }

  succeed(execution: Execution, result: Json): void {
    const state = stateOf(execution);
    if (state.type !== 'Task') return;
    const text = JSON.stringify(result);
    try {
      checkSize(text, `The state '${execution.frame.state}' returned a result`);
    } catch (cause) {
      if (!(cause instanceof StateError)) throw cause;
      this.#services.failState(execution, cause);
      return;
    }
    this.#event(execution, state, 'Succeeded', { output: text, outputDetails: { truncated: false } });
    this.#services.finish(execution, result);
  }

  fail(execution: Execution, error: StateError): void {
    this.#failBy(execution, 'Failed', error);
  }

  /** A heartbeat moves the instant of the next one; the task's own time-out remains. */
  beat(execution: Execution): void {
    const state = stateOf(execution);
    if (state.type !== 'Task' || state.heartbeatSeconds === undefined) return;
    execution.frame.heartbeatAt = afterSeconds(this.#services.now(), state.heartbeatSeconds);
    this.#services.ledger.touch(execution);
    this.arm(execution);
  }

  #failBy(execution: Execution, how: 'Failed' | 'TimedOut', error: StateError): void {
    const state = stateOf(execution);
    if (state.type === 'Task') this.#event(execution, state, how, errorDetails(error.error, error.reason));
    this.#services.failState(execution, error);
  }

  #timeIsUp(execution: Execution): void {
    const { frame, facts } = execution;
    if (facts.status !== 'RUNNING') return;
    if (frame.phase === 'pausing') {
      frame.wakeAt = null;
      this.#services.perform(execution);
      return;
    }
    const { heartbeatAt, deadline } = frame;
    const missed = heartbeatAt !== null && heartbeatAt < (deadline ?? Number.POSITIVE_INFINITY);
    this.#failBy(
      execution,
      'TimedOut',
      new StateError(missed ? 'States.HeartbeatTimeout' : 'States.Timeout'),
    );
  }

  #event(
    execution: Execution,
    { waitsForToken }: StateOf<'Task'>,
    what: string,
    details: Record<string, unknown> = {},
  ): void {
    const resource = waitsForToken ? 'invoke.waitForTaskToken' : 'invoke';
    this.#services.ledger.event(execution, `Task${what}`, { resourceType: 'lambda', resource, ...details });
  }

  #callAfterCommit(execution: Execution, state: StateOf<'Task'>, parameters: Json): void {
    const { frame } = execution;
    const { ledger, options, advance, report } = this.#services;
    const { call } = frame;
    if (frame.token !== null) this.#byToken.set(frame.token, execution);
    execution.invocations += 1;
    ledger.afterCommit(() => {
      const settled = this.#callInTime(execution, state, parameters).then((step) => {
        const current = frame.phase === 'calling' && frame.call === call;
        if (current && execution.facts.status === 'RUNNING') advance(execution, step);
      });
      void options.clock.track(settled.catch(report));
    });
  }

  /**
   * Gives the step that follows from the function's answer, or from its lack of one: a function works in real time, on
   * a clock that may run a million times as fast.
   */
  #callInTime(execution: Execution, state: StateOf<'Task'>, parameters: Json): Promise<() => void> {
    const answer = this.#call(parameters).then(
      (result) => () => this.#returned(execution, state, result),
      (thrown) => () => {
        if (!(thrown instanceof StateError)) throw thrown;
        this.#failBy(execution, 'Failed', thrown);
      },
    );
    if (state.timeoutSeconds === undefined) return answer;
    const { promise, resolve } = Promise.withResolvers<() => void>();
    const cancel = afterRealTime(state.timeoutSeconds * 1000, () =>
      resolve(() => this.#failBy(execution, 'TimedOut', new StateError('States.Timeout'))),
    );
    return Promise.race([answer, promise]).finally(cancel);
  }

  async #call(parameters: Json): Promise<Json> {
    const { FunctionName: name, Payload: payload = {} } = isJsonObject(parameters) ? parameters : {};
    if (typeof name !== 'string') throw runtimeError('Parameters.FunctionName must name a function');
    try {
      const answer = await this.#services.options.invoke(functionOfArn(name), throughJson(payload));
      return { ExecutedVersion: '$LATEST', Payload: throughJson(answer), StatusCode: 200 };
    } catch (thrown) {
      throw lambdaFailure(thrown);
    }
  }

  #returned(execution: Execution, state: StateOf<'Task'>, result: Json): void {
    if (!state.waitsForToken) {
      this.succeed(execution, result);
      return;
    }
    const { frame } = execution;
    const now = this.#services.now();
    frame.phase = 'token';
    frame.deadline = afterSeconds(now, state.timeoutSeconds);
    frame.heartbeatAt = afterSeconds(now, state.heartbeatSeconds);
    const output = { output: JSON.stringify(result), outputDetails: { truncated: false } };
    this.#event(execution, state, 'Submitted', output);
    this.arm(execution);
  }
}
