import {
  caughtOutput,
  evaluationOf,
  findCatch,
  findRetry,
  outputOf,
  placeResult,
  retryPause,
} from './data-flow.ts';
import type { EngineServices } from './engine-services.ts';
import { type Execution, stateOf } from './execution.ts';
import type { Json } from './json.ts';
import type { StateOf } from './machine.ts';
import { checkSize, StateError } from './state-error.ts';
import { readValue } from './template.ts';

/** Moves executions from state to state; one instance serves all of them. */
export class Interpreter {
  readonly #services: EngineServices;

  constructor(services: EngineServices) {
    this.#services = services;
  }

  /** Enters one state after the other until the execution waits or has ended. */
  run(execution: Execution): void {
    while (execution.facts.status === 'RUNNING' && execution.frame.phase === 'ready') {
      this.#guard(execution, () => this.#enter(execution));
    }
  }

  perform(execution: Execution): void {
    this.#guard(execution, () => this.#perform(execution));
  }

  finish(execution: Execution, result: Json): void {
    const state = stateOf(execution);
    if (state.type !== 'Task') return;
    this.#guard(execution, () =>
      this.#leave(execution, outputOf(state, evaluationOf(execution), result), state.next),
    );
  }

  failState(execution: Execution, error: StateError): void {
    const state = stateOf(execution);
    this.#services.release(execution);
    if (state.type === 'Task' && this.#recover(execution, state, error)) return;
    this.#fail(execution, error);
  }

  /** Turns an error of the state into its Retry, its Catch or the failure of the execution. */
  #guard(execution: Execution, work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!(cause instanceof StateError)) throw cause;
      this.failState(execution, cause);
    }
  }

  #enter(execution: Execution): void {
    const { frame, facts } = execution;
    const { ledger, options, now } = this.#services;
    frame.enteredAt = now();
    execution.transitions += 1;
    options.onStateEntered?.(facts.name, frame.state, facts.machine);
    ledger.event(execution, `${stateOf(execution).type}StateEntered`, {
      name: frame.state,
      input: JSON.stringify(frame.input),
      inputDetails: { truncated: false },
    });
    this.#perform(execution);
  }

  #perform(execution: Execution): void {
    const state = stateOf(execution);
    const evaluation = evaluationOf(execution);
    const { data: input } = evaluation;
    switch (state.type) {
      case 'Task':
        this.#services.schedule(execution, state);
        return;
      case 'Pass': {
        const { parameters, result = parameters === undefined ? input : parameters(evaluation) } = state;
        this.#leave(execution, placeResult(state.resultPath, input, result), state.next);
        return;
      }
      case 'Choice':
        this.#choose(execution, state);
        return;
      case 'Succeed': {
        const { outputPath } = state;
        this.#leave(execution, outputPath === undefined ? input : readValue(outputPath, evaluation));
        return;
      }
      case 'Fail':
        throw new StateError(state.error, state.cause);
    }
  }

  #choose(execution: Execution, state: StateOf<'Choice'>): void {
    const evaluation = evaluationOf(execution);
    const index = state.choices.findIndex(({ test }) => test(evaluation));
    const next = state.choices[index]?.next ?? state.otherwise;
    if (next === undefined) {
      throw new StateError(
        'States.NoChoiceMatched',
        `No choice of state "${execution.frame.state}" matched its input`,
      );
    }
    this.#leave(execution, evaluation.data, next, index < 0 ? 'Default' : `Choice[${index}]`);
  }

  /** Writes the state's exit and goes to the next state, or ends the execution. */
  #leave(execution: Execution, output: Json, next?: string, via = 'Next'): void {
    const { frame } = execution;
    const text = JSON.stringify(output);
    checkSize(text, `The state '${frame.state}' returned a result`);
    this.#services.release(execution);
    this.#services.ledger.event(execution, `${stateOf(execution).type}StateExited`, {
      name: frame.state,
      output: text,
      outputDetails: { truncated: false },
    });
    if (next === undefined) {
      this.#services.end(execution, { status: 'SUCCEEDED', output: text });
      return;
    }
    this.#reportEdge(execution, next, via);
    Object.assign(frame, { state: next, input: output, phase: 'ready', retries: [], token: null });
  }

  #reportEdge({ facts, frame }: Execution, to: string, via: string): void {
    const { machine, name } = facts;
    this.#services.options.onEdge?.({ machine, execution: name, from: frame.state, to, via });
  }

  /** Takes the Retry or the Catch that covers the error; false when there is none. */
  #recover(execution: Execution, state: StateOf<'Task'>, error: StateError): boolean {
    if (this.#retry(execution, state, error)) return true;
    const found = findCatch(state, error);
    if (found === undefined) return false;
    const { catcher, index } = found;
    try {
      const output = caughtOutput(catcher, execution.frame.input, error);
      this.#leave(execution, output, catcher.next, `Catch[${index}]`);
    } catch (cause) {
      if (!(cause instanceof StateError)) throw cause;
      // The caught error itself cannot be placed: that ends the run, or the catcher would catch for ever.
      this.#fail(execution, cause);
    }
    return true;
  }

  #retry(execution: Execution, state: StateOf<'Task'>, error: StateError): boolean {
    const { frame } = execution;
    const found = findRetry(state, frame.retries, error);
    if (found === undefined) return false;
    const { index, retrier } = found;
    const { ledger, options, now, arm } = this.#services;
    const used = frame.retries[index] ?? 0;
    frame.retries = Array.from({ length: Math.max(frame.retries.length, index + 1) }, (_, at) =>
      at === index ? used + 1 : (frame.retries[at] ?? 0),
    );
    frame.phase = 'pausing';
    frame.wakeAt = now() + retryPause(retrier, used, options.random ?? Math.random);
    execution.transitions += 1;
    this.#reportEdge(execution, frame.state, `Retry[${index}]`);
    ledger.touch(execution);
    arm(execution);
    return true;
  }

  #fail(execution: Execution, { error, reason }: StateError): void {
    execution.frame.phase = 'failed';
    this.#services.end(execution, { status: 'FAILED', error, cause: reason });
  }
}
