import {
  caughtOutput,
  contextOf,
  effectiveInput,
  findCatch,
  findRetry,
  outputOf,
  retryPause,
  select,
} from './data-flow.ts';
import type { EngineOptions } from './engine-options.ts';
import { createThread, type Execution, listOfChild, newFrame, stateOf, type Thread } from './execution.ts';
import type { Json } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { FailText, State, StateOf } from './machine.ts';
import { checkSize, describeJson, errorDetails, runtimeError, StateError } from './state-error.ts';
import { readSight, type Sight } from './template.ts';
import { wakeInstant } from './wait-until.ts';

/** What the interpreter needs of the rest of the engine. */
export interface Surroundings {
  readonly options: EngineOptions;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly schedule: (execution: Execution, thread: Thread, state: StateOf<'Task'>) => void;
  /** Sets the one timer of a thread to the earliest of its instants. */
  readonly arm: (execution: Execution, thread: Thread) => void;
  /** Takes timer and token away; what is still in flight is then ignored. */
  readonly release: (thread: Thread) => void;
  readonly succeed: (execution: Execution, output: string) => void;
  readonly fail: (execution: Execution, error: StateError) => void;
}

/** Moves threads from state to state; one instance serves all executions. */
export class Interpreter {
  readonly #around: Surroundings;
  #ready: { execution: Execution; thread: Thread }[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
  }

  makeReady(execution: Execution, thread: Thread): void {
    this.#ready.push({ execution, thread });
  }

  forgetReady(): void {
    this.#ready = [];
  }

  /** Runs every ready thread until all wait for something. */
  drain(): void {
    for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) {
      const { execution, thread } = next;
      if (execution.facts.status !== 'RUNNING' || thread.frame.phase !== 'ready') continue;
      this.guard(execution, thread, () => this.#enter(execution, thread));
    }
  }

  /** Turns an error of the state into its Retry, its Catch or the failure of what holds it. */
  guard(execution: Execution, thread: Thread, work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!(cause instanceof StateError)) throw cause;
      this.failState(execution, thread, cause);
    }
  }

  sight(execution: Execution, thread: Thread): Sight {
    return { data: thread.frame.input, context: () => contextOf(execution, thread) };
  }

  /** The state's work gave `result`: selects, places and goes on. */
  finish(execution: Execution, thread: Thread, result: Json): void {
    this.guard(execution, thread, () => {
      const output = outputOf(stateOf(thread), this.sight(execution, thread), result);
      this.#leave(execution, thread, output);
    });
  }

  /** Does the state's work (again): used on entry, after a retry pause and by a redrive. */
  perform(execution: Execution, thread: Thread): void {
    this.guard(execution, thread, () => this.#perform(execution, thread));
  }

  failState(execution: Execution, thread: Thread, error: StateError): void {
    this.#around.release(thread);
    if (this.#retry(execution, thread, error) || this.#catch(execution, thread, error)) return;
    thread.frame.phase = 'failed';
    this.#around.ledger.touch(execution, thread);
    const { parent } = thread;
    if (parent === undefined) {
      this.#around.fail(execution, error);
      return;
    }
    this.freeze(execution, parent);
    this.#childFailed(execution, thread, parent, error);
  }

  /** Stops what runs below a thread but keeps it as it stands, for a redrive. */
  freeze(execution: Execution, parent: Thread): void {
    for (const child of parent.children.values()) {
      if (child.frame.phase === 'done' || child.frame.phase === 'failed') continue;
      this.#around.release(child);
      child.frame.phase = 'stopped';
      this.#around.ledger.touch(execution, child);
      this.freeze(execution, child);
    }
  }

  dropChildren(execution: Execution, parent: Thread): void {
    for (const child of parent.children.values()) {
      this.dropChildren(execution, child);
      this.#around.release(child);
      execution.threads.delete(child.frame.id);
      this.#around.ledger.drop(execution, child);
    }
    parent.children.clear();
    parent.finishedChildren = 0;
  }

  #enter(execution: Execution, thread: Thread): void {
    const { frame } = thread;
    const { ledger, options } = this.#around;
    const state = stateOf(thread);
    frame.enteredAt = this.#around.now();
    execution.transitions += 1;
    ledger.touch(execution, thread);
    options.onStateEntered?.(execution.facts.name, frame.state, execution.facts.machine);
    ledger.event(execution, thread, `${state.type}StateEntered`, {
      name: frame.state,
      input: JSON.stringify(frame.input),
      inputDetails: { truncated: false },
    });
    this.#perform(execution, thread);
  }

  #perform(execution: Execution, thread: Thread): void {
    const state = stateOf(thread);
    const sight = this.sight(execution, thread);
    switch (state.type) {
      case 'Task':
        this.#around.schedule(execution, thread, state);
        return;
      case 'Pass':
        this.#leave(
          execution,
          thread,
          outputOf(state, sight, state.result === undefined ? effectiveInput(state, sight) : state.result),
        );
        return;
      case 'Wait':
        this.#wait(execution, thread, state);
        return;
      case 'Choice':
        this.#choose(execution, thread, state);
        return;
      case 'Succeed':
        this.#leave(execution, thread, passOn(state, sight));
        return;
      case 'Fail':
        throw new StateError(failText(state.error, sight), failText(state.cause, sight));
      case 'Parallel':
        this.#startBranches(execution, thread, state);
        return;
      case 'Map':
        this.#startItems(execution, thread, state);
        return;
    }
  }

  #wait(execution: Execution, thread: Thread, state: StateOf<'Wait'>): void {
    const sight = this.sight(execution, thread);
    const selected = { ...sight, data: select(state.inputPath, sight) };
    const at = wakeInstant(state.until, selected, this.#around.now());
    if (at <= this.#around.now()) {
      this.#leave(execution, thread, passOn(state, sight));
      return;
    }
    thread.frame.phase = 'sleeping';
    thread.frame.wakeAt = at;
    this.#around.ledger.touch(execution, thread);
    this.#around.arm(execution, thread);
  }

  wake(execution: Execution, thread: Thread): void {
    this.guard(execution, thread, () =>
      this.#leave(execution, thread, passOn(stateOf(thread), this.sight(execution, thread))),
    );
  }

  #choose(execution: Execution, thread: Thread, state: StateOf<'Choice'>): void {
    const sight = this.sight(execution, thread);
    const selected = { ...sight, data: select(state.inputPath, sight) };
    const index = state.choices.findIndex(({ test }) => test(selected));
    const next = state.choices[index]?.next ?? state.otherwise;
    if (next === undefined) {
      throw new StateError(
        'States.NoChoiceMatched',
        `No choice of state "${thread.frame.state}" matched its input`,
      );
    }
    this.#leave(execution, thread, passOn(state, sight), {
      next,
      via: index < 0 ? 'Default' : `Choice[${index}]`,
    });
  }

  #startBranches(execution: Execution, thread: Thread, state: StateOf<'Parallel'>): void {
    const input = effectiveInput(state, this.sight(execution, thread));
    checkSize(JSON.stringify(input), `The state '${thread.frame.state}' was given an input`);
    this.#awaitChildren(execution, thread);
    this.#around.ledger.event(execution, thread, 'ParallelStateStarted');
    for (const index of state.branches.keys()) this.#startChild(execution, thread, index, input);
  }

  #startItems(execution: Execution, thread: Thread, state: StateOf<'Map'>): void {
    const sight = this.sight(execution, thread);
    const selected = { ...sight, data: select(state.inputPath, sight) };
    const items = select(state.itemsPath, selected);
    if (!Array.isArray(items)) {
      throw runtimeError(`Reference path "${state.itemsPath?.text ?? '$'}" must point to array.`);
    }
    thread.frame.items = items;
    this.#awaitChildren(execution, thread);
    this.#around.ledger.event(execution, thread, 'MapStateStarted', { length: items.length });
    if (items.length === 0) {
      this.#childrenDone(execution, thread);
      return;
    }
    this.#startMoreItems(execution, thread, state);
  }

  #awaitChildren(execution: Execution, thread: Thread): void {
    thread.frame.phase = 'children';
    this.#around.ledger.touch(execution, thread);
  }

  #startMoreItems(execution: Execution, thread: Thread, state: StateOf<'Map'>): void {
    const items = thread.frame.items ?? [];
    const most = state.maxConcurrency === 0 ? items.length : state.maxConcurrency;
    while (thread.children.size < items.length && thread.children.size - thread.finishedChildren < most) {
      const index = thread.children.size;
      this.#around.ledger.event(execution, thread, 'MapIterationStarted', {
        name: thread.frame.state,
        index,
      });
      this.#startChild(execution, thread, index, this.#itemInput(execution, thread, state, index));
    }
  }

  #itemInput(execution: Execution, thread: Thread, state: StateOf<'Map'>, index: number): Json {
    const value = thread.frame.items?.[index] ?? null;
    if (state.itemSelector === undefined) return value;
    const sight = this.sight(execution, thread);
    const context = sight.context();
    const withItem = { ...Object(context), Map: { Item: { Index: index, Value: value } } };
    return state.itemSelector({ data: select(state.inputPath, sight), context: () => withItem });
  }

  #startChild(execution: Execution, parent: Thread, index: number, input: Json): void {
    const list = listOfChild(parent, index);
    const frame = newFrame({
      id: execution.facts.nextFrame,
      parent: parent.frame.id,
      index,
      state: list.startAt,
      input,
      lastEvent: parent.frame.lastEvent,
    });
    execution.facts.nextFrame += 1;
    const child = createThread(frame, list, parent);
    execution.threads.set(frame.id, child);
    parent.children.set(index, child);
    this.#around.ledger.touch(execution, child);
    this.makeReady(execution, child);
  }

  /** Ends the state: checks the size, writes its exit and goes to the next one or ends the list. */
  #leave(execution: Execution, thread: Thread, output: Json, chosen?: { next: string; via: string }): void {
    const { frame } = thread;
    const state = stateOf(thread);
    const text = JSON.stringify(output);
    checkSize(text, `The state '${frame.state}' returned a result`);
    this.#around.release(thread);
    this.dropChildren(execution, thread);
    this.#around.ledger.event(execution, thread, `${state.type}StateExited`, {
      name: frame.state,
      output: text,
      outputDetails: { truncated: false },
    });
    const next = chosen?.next ?? state.next;
    if (next === undefined) {
      this.#endList(execution, thread, output, text);
      return;
    }
    const { machine, name } = execution.facts;
    this.#around.options.onEdge?.({
      machine,
      execution: name,
      from: frame.state,
      to: next,
      via: chosen?.via ?? 'Next',
    });
    Object.assign(frame, {
      state: next,
      input: output,
      phase: 'ready',
      retries: [],
      items: null,
      token: null,
    });
    this.#around.ledger.touch(execution, thread);
    this.makeReady(execution, thread);
  }

  #endList(execution: Execution, thread: Thread, output: Json, text: string): void {
    const { parent, frame } = thread;
    this.#around.ledger.touch(execution, thread);
    frame.phase = 'done';
    if (parent === undefined) {
      this.#around.succeed(execution, text);
      return;
    }
    frame.output = output;
    parent.finishedChildren += 1;
    const state = stateOf(parent);
    if (state.type === 'Map') {
      const details = { name: parent.frame.state, index: frame.index };
      this.#around.ledger.event(execution, thread, 'MapIterationSucceeded', details);
      this.guard(execution, parent, () => this.#startMoreItems(execution, parent, state));
    }
    this.continueParent(execution, parent);
  }

  /** Lets the holder of branches or iterations go on when the last one has ended. */
  continueParent(execution: Execution, parent: Thread): void {
    const state = stateOf(parent);
    const expected = state.type === 'Parallel' ? state.branches.length : (parent.frame.items?.length ?? 0);
    if (parent.frame.phase === 'children' && parent.finishedChildren === expected) {
      this.#childrenDone(execution, parent);
    }
  }

  #childrenDone(execution: Execution, parent: Thread): void {
    const outputs: Json[] = [];
    for (const child of parent.children.values()) outputs[child.frame.index] = child.frame.output;
    this.#around.ledger.event(execution, parent, `${stateOf(parent).type}StateSucceeded`);
    this.finish(execution, parent, outputs);
  }

  #childFailed(execution: Execution, child: Thread, parent: Thread, error: StateError): void {
    const { type } = stateOf(parent);
    const { ledger } = this.#around;
    const details = errorDetails(error.error, error.reason);
    if (type === 'Map') {
      const iteration = { name: parent.frame.state, index: child.frame.index };
      ledger.event(execution, child, 'MapIterationFailed', iteration);
    }
    ledger.event(execution, parent, `${type}StateFailed`, details);
    this.failState(execution, parent, error);
  }

  #retry(execution: Execution, thread: Thread, error: StateError): boolean {
    const { frame } = thread;
    const found = findRetry(stateOf(thread), frame.retries, error);
    if (found === undefined) return false;
    const used = frame.retries[found.index] ?? 0;
    this.dropChildren(execution, thread);
    for (let index = frame.retries.length; index <= found.index; index += 1) frame.retries.push(0);
    frame.retries[found.index] = used + 1;
    frame.phase = 'pausing';
    frame.wakeAt =
      this.#around.now() + retryPause(found.retrier, used, this.#around.options.random ?? Math.random);
    execution.transitions += 1;
    const { machine, name } = execution.facts;
    const via = `Retry[${found.index}]`;
    this.#around.options.onEdge?.({ machine, execution: name, from: frame.state, to: frame.state, via });
    this.#around.ledger.touch(execution, thread);
    this.#around.arm(execution, thread);
    return true;
  }

  #catch(execution: Execution, thread: Thread, error: StateError): boolean {
    const found = findCatch(stateOf(thread), error);
    if (found === undefined) return false;
    const { catcher, index } = found;
    try {
      const output = caughtOutput(catcher, thread.frame.input, error);
      this.#leave(execution, thread, output, { next: catcher.next, via: `Catch[${index}]` });
      return true;
    } catch (cause) {
      if (!(cause instanceof StateError)) throw cause;
      // The caught error itself cannot be placed: that ends the run, or the catcher would catch for ever.
      thread.frame.phase = 'failed';
      this.#around.ledger.touch(execution, thread);
      this.#around.fail(execution, cause);
      return true;
    }
  }
}

const passOn = (state: State, sight: Sight): Json =>
  select(state.outputPath, { ...sight, data: select(state.inputPath, sight) });

const failText = (text: FailText, sight: Sight): string | undefined => {
  if (text === undefined) return undefined;
  return typeof text === 'string' ? text : describeJson(readSight(text, sight));
};
