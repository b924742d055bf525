import { ApiError } from './api-error.ts';
import { executionArn, machineOfArn } from './arn.ts';
import type { EngineOptions } from './engine-options.ts';
import { createThread, type Execution, newFrame, noTimer, type Status, type Thread } from './execution.ts';
import { Interpreter } from './interpreter.ts';
import { type Journal, JournalError, type StoredExecution } from './journal.ts';
import { type Json, parseJson, sameJson } from './json.ts';
import { HistoryFullError, Ledger, mostHistoryEvents } from './ledger.ts';
import type { CataloguedMachine, MachineCatalogue } from './machine-catalogue.ts';
import { deadlineOf, newExecution, restoreExecution } from './new-execution.ts';
import { checkRedrivable, earlierRedrive, redriveDetails, resumeThreads } from './redrive.ts';
import { errorDetails, StateError } from './state-error.ts';
import { statusChangeOf } from './status-change.ts';
import { StatusSender } from './status-sender.ts';
import { TaskCalls } from './task-calls.ts';
import { issueToken, judgeToken } from './token.ts';

interface Parts {
  readonly options: EngineOptions;
  readonly catalogue: MachineCatalogue;
  readonly journal: Journal | undefined;
  readonly secret: string;
}

/** The executions of one machine room: starts, stops, wakes and saves them. */
export class Engine {
  readonly #parts: Parts;
  readonly #ledger: Ledger;
  readonly #interpreter: Interpreter;
  readonly #tasks: TaskCalls;
  readonly #sender: StatusSender;
  readonly #executions = new Map<string, Execution>();
  readonly #knownDefinitions = new Set<string>();
  #nextId = 1;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { options } = parts;
    const now = (): number => this.now();
    const advance = (execution: Execution, work: () => void): void => this.#advance(execution, work);
    const report = (fault: unknown): void => this.#report(fault);
    this.#ledger = new Ledger(parts.journal, now);
    this.#sender = new StatusSender({ options, ledger: this.#ledger, report, isClosed: () => this.#closed });
    this.#tasks = new TaskCalls({
      options,
      ledger: this.#ledger,
      now,
      interpreter: () => this.#interpreter,
      issueToken: () => issueToken(parts.secret),
      advance,
      startChild: (arn, name, input) => this.#startChild(arn, name, input),
      report,
    });
    this.#interpreter = new Interpreter({
      options,
      ledger: this.#ledger,
      now,
      schedule: (execution, thread, state) => this.#tasks.schedule(execution, thread, state),
      arm: (execution, thread) => this.#tasks.arm(execution, thread),
      release: (thread) => this.#tasks.release(thread),
      succeed: (execution, output) => this.#end(execution, 'SUCCEEDED', { output }),
      fail: (execution, error) => this.#fail(execution, error),
    });
    for (const stored of parts.journal?.stored.executions ?? []) this.#restore(stored);
    this.#recover();
  }

  now(): number {
    return Math.floor(this.#parts.options.clock.now().getTime());
  }

  executions(): Iterable<Execution> {
    return this.#executions.values();
  }

  find(arn: string): Execution | undefined {
    return this.#executions.get(arn);
  }

  /** Same name and input while it runs: the same execution. Throws `ExecutionAlreadyExists` otherwise. */
  start(entry: CataloguedMachine, name: string, input: string): Execution {
    const arn = executionArn(entry.machine.name, name);
    const value = parseJson(input);
    const existing = this.#executions.get(arn);
    if (existing !== undefined) {
      if (existing.facts.status === 'RUNNING' && sameJson(existing.input, value)) return existing;
      throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = this.#create(entry, name, input);
    this.#advance(execution, () => {
      this.#executions.set(arn, execution);
      this.#ledger.event(execution, undefined, 'ExecutionStarted', {
        input,
        inputDetails: { truncated: false },
        roleArn: `arn:aws:iam::000000000000:role/${entry.machine.name}`,
      });
      this.#changeStatus(execution);
      const root = newFrame({
        id: 0,
        parent: null,
        index: 0,
        state: entry.machine.startAt,
        input: value,
        lastEvent: 0,
      });
      const thread = createThread(root, entry.machine, undefined);
      execution.threads.set(0, thread);
      this.#ledger.touch(execution, thread);
      this.#armExecution(execution);
      this.#interpreter.makeReady(execution, thread);
    });
    return execution;
  }

  /** Saves the result before it returns. Throws the service's errors for tokens that are not open. */
  completeTask(token: string, output: Json): void {
    const { execution, thread } = this.#openTask(token);
    this.#advance(execution, () => this.#tasks.succeed(execution, thread, output));
  }

  failTask(token: string, error: string | undefined, cause: string | undefined): void {
    const { execution, thread } = this.#openTask(token);
    this.#advance(execution, () => this.#tasks.fail(execution, thread, new StateError(error, cause)));
  }

  heartbeat(token: string): void {
    const { execution, thread } = this.#openTask(token);
    this.#advance(execution, () => this.#tasks.beat(execution, thread));
  }

  /** Stopping what has ended changes nothing. */
  stop(execution: Execution, error: string | null, cause: string | null): void {
    if (execution.facts.status !== 'RUNNING') return;
    this.#advance(execution, () => this.#end(execution, 'ABORTED', { error, cause }));
  }

  /**
   * Runs the unsuccessful states of an ended execution again, with their own input; gives the instant of the redrive,
   * which is an earlier one when the client token was used before. Throws `ExecutionNotRedrivable`.
   */
  redrive(execution: Execution, clientToken: string | undefined): number {
    const now = this.now();
    const earlier = clientToken === undefined ? undefined : earlierRedrive(execution, clientToken, now);
    if (earlier !== undefined) return earlier;
    checkRedrivable(execution, now);
    this.#advance(execution, () => {
      Object.assign(execution.facts, {
        status: 'RUNNING',
        stopDate: null,
        error: null,
        cause: null,
        redriveDate: now,
      });
      execution.facts.redriveCount += 1;
      execution.facts.deadline = deadlineOf(execution.machine.timeoutSeconds, now);
      const details = redriveDetails(execution.facts.redriveCount, clientToken);
      this.#ledger.event(execution, undefined, 'ExecutionRedriven', details);
      this.#changeStatus(execution);
      this.#armExecution(execution);
      resumeThreads(execution, this.#interpreter, this.#ledger);
    });
    return now;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const execution of this.#executions.values()) {
      execution.cancelTimer();
      for (const thread of execution.threads.values()) thread.cancelTimer();
    }
    this.#ledger.close();
  }

  #create(entry: CataloguedMachine, name: string, input: string): Execution {
    const { stored } = entry;
    if (!this.#knownDefinitions.has(stored.hash)) this.#ledger.definition(stored);
    this.#knownDefinitions.add(stored.hash);
    const id = this.#nextId;
    this.#nextId += 1;
    return newExecution(id, entry, { name, input, now: this.now() });
  }

  /** One step: the work, everything that can follow at once, then one write and only then the effects. */
  #advance(execution: Execution, work: () => void): void {
    if (this.#closed) return;
    try {
      work();
      this.#interpreter.drain();
    } catch (cause) {
      if (!(cause instanceof HistoryFullError)) throw cause;
      this.#interpreter.forgetReady();
      const reason = `The execution reached the maximum number of history events (${mostHistoryEvents}).`;
      this.#fail(execution, new StateError('States.Runtime', reason));
    }
    this.#ledger.commit();
  }

  #openTask(token: string): { execution: Execution; thread: Thread } {
    const task = this.#tasks.find(token);
    if (task !== undefined) return task;
    const verdict = judgeToken(this.#parts.secret, token);
    if (verdict === 'malformed') throw new ApiError('InvalidToken', `Invalid Token: 'Invalid token'`);
    if (verdict === 'foreign') throw new ApiError('TaskDoesNotExist', `Task Does Not Exist: 'Unknown token'`);
    throw new ApiError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
  }

  #startChild(arn: string, name: string, input: Json): { arn: string; startDate: number } {
    const entry = this.#parts.catalogue.offered(machineOfArn(arn) ?? '');
    if (entry === undefined)
      throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    const existing = this.#executions.get(executionArn(entry.machine.name, name));
    const same = existing !== undefined && sameJson(existing.input, input);
    const { facts } = same ? existing : this.start(entry, name, JSON.stringify(input));
    return { arn: facts.arn, startDate: facts.startDate };
  }

  #fail(execution: Execution, error: StateError): void {
    this.#end(execution, 'FAILED', {
      error: error.error ?? null,
      cause: error.reason ?? null,
    });
  }

  #end(
    execution: Execution,
    status: Exclude<Status, 'RUNNING'>,
    result: { output?: string; error?: string | null; cause?: string | null },
  ): void {
    const { facts } = execution;
    if (facts.status !== 'RUNNING') return;
    execution.cancelTimer();
    execution.cancelTimer = noTimer;
    const root = execution.threads.get(0);
    if (status === 'SUCCEEDED') this.#forgetThreads(execution);
    else if (root !== undefined) this.#freeze(execution, root);
    const { output = null, error = null, cause = null } = result;
    Object.assign(facts, { status, stopDate: this.now(), output, error, cause });
    const details =
      output === null ? errorDetails(error, cause) : { output, outputDetails: { truncated: false } };
    const type = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[
      status
    ];
    this.#ledger.event(execution, root, `Execution${type}`, details);
    this.#changeStatus(execution);
  }

  #freeze(execution: Execution, root: Thread): void {
    if (root.frame.phase !== 'failed') root.frame.phase = 'stopped';
    this.#tasks.release(root);
    this.#ledger.touch(execution, root);
    this.#interpreter.freeze(execution, root);
  }

  #forgetThreads(execution: Execution): void {
    for (const thread of execution.threads.values()) {
      this.#tasks.release(thread);
      this.#ledger.drop(execution, thread);
    }
    execution.threads.clear();
  }

  #changeStatus(execution: Execution): void {
    this.#ledger.touchFacts(execution);
    if (this.#parts.options.onStatusChange === undefined) return;
    const change = statusChangeOf(execution.facts, this.now());
    this.#ledger.unsent(execution, change);
    this.#ledger.afterCommit(() => this.#sender.send(execution, change));
  }

  #armExecution(execution: Execution): void {
    const { deadline } = execution.facts;
    if (deadline === null) return;
    execution.cancelTimer = this.#parts.options.clock.setTimer(new Date(deadline), () =>
      this.#advance(execution, () => this.#end(execution, 'TIMED_OUT', { error: 'States.Timeout' })),
    );
  }

  #restore(stored: StoredExecution): void {
    const { facts } = stored;
    const entry = this.#parts.catalogue.byHash(facts.definition);
    if (entry === undefined)
      throw new JournalError(`The journal lacks the definition that ${facts.arn} follows.`);
    this.#executions.set(facts.arn, restoreExecution(stored, entry.machine));
    this.#knownDefinitions.add(facts.definition);
    this.#nextId = Math.max(this.#nextId, stored.x + 1);
  }

  #recover(): void {
    for (const execution of this.#executions.values()) {
      for (const change of [...execution.unsent]) this.#sender.send(execution, change);
      if (execution.facts.status !== 'RUNNING') continue;
      this.#armExecution(execution);
      this.#advance(execution, () => {
        for (const thread of execution.threads.values()) {
          if (thread.frame.phase === 'calling') this.#tasks.resume(execution, thread);
          else if (thread.frame.phase === 'ready') this.#interpreter.makeReady(execution, thread);
          else this.#tasks.hold(execution, thread);
        }
      });
    }
  }

  #report(fault: unknown): void {
    if (this.#closed) return;
    const { report } = this.#parts.options;
    if (report === undefined) process.emitWarning(fault instanceof Error ? fault : String(fault));
    else report(fault);
  }
}
