import { ApiError } from './api-error.ts';
import { executionArn } from './arn.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Ending, EngineServices } from './engine-services.ts';
import {
  createExecution,
  deadlineOf,
  type Execution,
  endedFrame,
  newFrame,
  noTimer,
  type StoredExecution,
  stateOf,
} from './execution.ts';
import { Interpreter } from './interpreter.ts';
import { type Journal, JournalError } from './journal.ts';
import { type Json, parseJson, sameJson } from './json.ts';
import { HistoryFullError, Ledger, mostHistoryEvents } from './ledger.ts';
import type { CataloguedMachine, MachineCatalogue } from './machine-catalogue.ts';
import { checkRedrivable, earlierRedrive, redriveDetails } from './redrive.ts';
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

/** Starts, stops, completes and saves executions. */
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
    this.#ledger = new Ledger(parts.journal, () => this.now(), parts.options.onJournalFailure);
    const services = this.#connect();
    this.#interpreter = new Interpreter(services);
    this.#tasks = new TaskCalls(services, () => issueToken(parts.secret));
    this.#sender = new StatusSender(services, () => this.#closed);
    for (const stored of parts.journal?.stored.executions ?? []) this.#restore(stored);
    for (const execution of this.#executions.values()) this.#recover(execution);
  }

  #connect(): EngineServices {
    return {
      options: this.#parts.options,
      ledger: this.#ledger,
      now: () => this.now(),
      advance: (execution, work) => this.#advance(execution, work),
      end: (execution, ending) => this.#end(execution, ending),
      schedule: (execution, state) => this.#tasks.schedule(execution, state),
      arm: (execution) => this.#tasks.arm(execution),
      release: (execution) => this.#tasks.release(execution),
      perform: (execution) => this.#interpreter.perform(execution),
      finish: (execution, result) => this.#interpreter.finish(execution, result),
      failState: (execution, error) => this.#interpreter.failState(execution, error),
      report: (fault) => this.#report(fault),
    };
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
    const existing = this.#executions.get(arn);
    if (existing !== undefined) {
      const { status, input: earlier } = existing.facts;
      if (status === 'RUNNING' && sameJson(parseJson(earlier), parseJson(input))) return existing;
      throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = this.#create(entry, arn, name, input);
    this.#advance(execution, () => {
      this.#executions.set(arn, execution);
      this.#ledger.event(execution, 'ExecutionStarted', {
        input,
        inputDetails: { truncated: false },
        roleArn: `arn:aws:iam::000000000000:role/${entry.machine.name}`,
      });
      this.#changeStatus(execution);
      this.#armExecution(execution);
    });
    return execution;
  }

  /** Saves the result before it returns. Throws the service's errors for tokens that are not open. */
  completeTask(token: string, output: Json): void {
    const execution = this.#waitingFor(token);
    this.#advance(execution, () => this.#tasks.succeed(execution, output));
  }

  failTask(token: string, error: string | undefined, cause: string | undefined): void {
    const execution = this.#waitingFor(token);
    this.#advance(execution, () => this.#tasks.fail(execution, new StateError(error, cause)));
  }

  heartbeat(token: string): void {
    const execution = this.#waitingFor(token);
    this.#advance(execution, () => this.#tasks.beat(execution));
  }

  /** Stopping what has ended changes nothing. */
  stop(execution: Execution, error: string | undefined, cause: string | undefined): void {
    if (execution.facts.status !== 'RUNNING') return;
    this.#advance(execution, () => this.#end(execution, { status: 'ABORTED', error, cause }));
  }

  /**
   * Runs the unsuccessful state of an ended execution again, with its own input; gives the instant of the redrive,
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
      this.#ledger.event(execution, 'ExecutionRedriven', details);
      this.#changeStatus(execution);
      this.#armExecution(execution);
      Object.assign(execution.frame, { retries: [], phase: 'ready' });
      // A task is only scheduled anew; any other state is entered again.
      if (stateOf(execution).type === 'Task') this.#interpreter.perform(execution);
    });
    return now;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const execution of this.#executions.values()) {
      execution.cancelTimer();
      execution.cancelDeadline();
    }
    this.#ledger.close();
  }

  #create({ machine, stored }: CataloguedMachine, arn: string, name: string, input: string): Execution {
    if (!this.#knownDefinitions.has(stored.hash)) this.#ledger.definition(stored);
    this.#knownDefinitions.add(stored.hash);
    const x = this.#nextId;
    this.#nextId += 1;
    const now = this.now();
    const facts = {
      ...{ arn, name, machine: machine.name, definition: stored.hash, input },
      ...({ status: 'RUNNING', startDate: now, stopDate: null } as const),
      ...{ deadline: deadlineOf(machine.timeoutSeconds, now), output: null, error: null, cause: null },
      ...{ redriveCount: 0, redriveDate: null, nextFrame: 1 },
    };
    const frames = [newFrame(machine.startAt, parseJson(input))];
    return createExecution({ x, facts, frames, events: [], counts: [0, 0], unsent: [] }, machine);
  }

  /** One step: the work, everything that can follow at once, then one write and only then the effects. */
  #advance(execution: Execution, work: () => void): void {
    if (this.#closed) return;
    try {
      work();
      this.#interpreter.run(execution);
    } catch (cause) {
      if (!(cause instanceof HistoryFullError)) throw cause;
      const reason = `The execution reached the maximum number of history events (${mostHistoryEvents}).`;
      execution.frame.phase = 'failed';
      this.#end(execution, { status: 'FAILED', error: 'States.Runtime', cause: reason });
    }
    this.#ledger.commit();
  }

  #waitingFor(token: string): Execution {
    const execution = this.#tasks.find(token);
    if (execution !== undefined) return execution;
    const verdict = judgeToken(this.#parts.secret, token);
    if (verdict === 'malformed') throw new ApiError('InvalidToken', `Invalid Token: 'Invalid token'`);
    if (verdict === 'foreign') throw new ApiError('TaskDoesNotExist', `Task Does Not Exist: 'Unknown token'`);
    throw new ApiError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
  }

  #end(execution: Execution, ending: Ending): void {
    const { facts, frame } = execution;
    if (facts.status !== 'RUNNING') return;
    const { status, output = null, error = null, cause = null } = ending;
    execution.cancelDeadline();
    execution.cancelDeadline = noTimer;
    this.#tasks.release(execution);
    if (frame.phase !== 'failed') frame.phase = 'stopped';
    Object.assign(facts, { status, stopDate: this.now(), output, error, cause });
    const type = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[
      status
    ];
    const details =
      output === null ? errorDetails(error, cause) : { output, outputDetails: { truncated: false } };
    this.#ledger.event(execution, `Execution${type}`, details);
    if (status === 'SUCCEEDED') {
      execution.frame = endedFrame();
      this.#ledger.drop(execution);
    }
    this.#changeStatus(execution);
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
    execution.cancelDeadline = this.#parts.options.clock.setTimer(new Date(deadline), () =>
      this.#advance(execution, () => this.#end(execution, { status: 'TIMED_OUT', error: 'States.Timeout' })),
    );
  }

  #restore(stored: StoredExecution): void {
    const { facts } = stored;
    const entry = this.#parts.catalogue.byHash(facts.definition);
    if (entry === undefined) {
      const problem = `The journal lacks the definition that ${facts.arn} follows; restore it from a copy or remove it.`;
      throw new JournalError(problem);
    }
    this.#executions.set(facts.arn, createExecution(stored, entry.machine));
    this.#knownDefinitions.add(facts.definition);
    this.#nextId = Math.max(this.#nextId, stored.x + 1);
  }

  #recover(execution: Execution): void {
    for (const change of [...execution.unsent]) this.#sender.send(execution, change);
    if (execution.facts.status !== 'RUNNING') return;
    this.#armExecution(execution);
    this.#advance(execution, () => this.#tasks.resume(execution));
  }

  #report(fault: unknown): void {
    if (this.#closed) return;
    const { report } = this.#parts.options;
    if (report === undefined) process.emitWarning(fault instanceof Error ? fault : String(fault));
    else report(fault);
  }
}
