import type { Execution, HistoryEvent, StatusChange } from './execution.ts';
import type { Change, Journal, StoredDefinition } from './journal.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const mostHistoryEvents = 25_000;

/** The next event would be the last one allowed, and it must say that the run failed. */
export class HistoryFullError extends Error {
  override readonly name = 'HistoryFullError';
}

interface Draft {
  facts: boolean;
  readonly events: HistoryEvent[];
  frame: 'unchanged' | 'changed' | 'dropped';
  readonly unsent: StatusChange[];
  readonly sent: string[];
}

/**
 * Collects what a step changes and writes it down in one go; only then is the outside world touched.
 * Without a journal it keeps the same order and forgets the rest.
 */
export class Ledger {
  readonly #journal: Journal | undefined;
  readonly #now: () => number;
  readonly #onFailure: ((failure: Error) => void) | undefined;
  readonly #drafts = new Map<Execution, Draft>();
  #definitions: StoredDefinition[] = [];
  #effects: (() => void)[] = [];
  #broken: unknown;

  constructor(
    journal: Journal | undefined,
    now: () => number,
    onFailure: ((failure: Error) => void) | undefined,
  ) {
    this.#journal = journal;
    this.#now = now;
    this.#onFailure = onFailure;
  }

  /** Adds to the history; throws `HistoryFullError` when only the closing event still fits. */
  event(execution: Execution, type: string, details?: Record<string, unknown>): void {
    const { events, frame } = execution;
    const ofExecution = type.startsWith('Execution');
    if (!ofExecution && events.length >= mostHistoryEvents - 1) throw new HistoryFullError();
    const opening = type === 'ExecutionStarted' || type === 'ExecutionRedriven';
    const event: HistoryEvent = {
      id: events.length + 1,
      previous: opening ? 0 : frame.lastEvent,
      type,
      at: this.#now(),
      ...(details === undefined ? {} : { details }),
    };
    events.push(event);
    if (!opening) frame.lastEvent = event.id;
    this.#draft(execution)?.events.push(event);
    this.touch(execution);
  }

  /** The execution's frame has changed. */
  touch(execution: Execution): void {
    const draft = this.#draft(execution);
    if (draft?.frame === 'unchanged') draft.frame = 'changed';
  }

  touchFacts(execution: Execution): void {
    const draft = this.#draft(execution);
    if (draft !== undefined) draft.facts = true;
  }

  drop(execution: Execution): void {
    const draft = this.#draft(execution);
    if (draft !== undefined) draft.frame = 'dropped';
  }

  unsent(execution: Execution, change: StatusChange): void {
    execution.unsent.push(change);
    this.#draft(execution)?.unsent.push(change);
  }

  sent(execution: Execution, change: StatusChange): void {
    execution.unsent.splice(execution.unsent.indexOf(change), 1);
    this.#draft(execution)?.sent.push(change.id);
  }

  definition(definition: StoredDefinition): void {
    if (this.#journal !== undefined) this.#definitions.push(definition);
  }

  /** Runs once what was collected is safe. */
  afterCommit(effect: () => void): void {
    this.#effects.push(effect);
  }

  /** Throws when the journal cannot be written, now or at an earlier step: memory is then ahead of it. */
  commit(): void {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      this.#write();
    } catch (cause) {
      this.#broken = cause;
      if (cause instanceof Error) this.#onFailure?.(cause);
      throw cause;
    }
    const effects = this.#effects;
    this.#effects = [];
    for (const effect of effects) effect();
  }

  close(): void {
    this.#broken = new Error('The local Step Functions are closed; start them again');
    this.#effects = [];
    this.#journal?.close();
  }

  #draft(execution: Execution): Draft | undefined {
    if (this.#journal === undefined) return undefined;
    let draft = this.#drafts.get(execution);
    if (draft === undefined) {
      draft = { facts: false, events: [], frame: 'unchanged', unsent: [], sent: [] };
      this.#drafts.set(execution, draft);
    }
    return draft;
  }

  #write(): void {
    if (this.#journal === undefined || (this.#drafts.size === 0 && this.#definitions.length === 0)) return;
    const changes = [...this.#drafts].map(([execution, draft]) => changeOf(execution, draft));
    this.#journal.append([...this.#definitions, ...changes]);
    this.#definitions = [];
    this.#drafts.clear();
  }
}

function changeOf(execution: Execution, draft: Draft): Change {
  return {
    x: execution.id,
    ...(draft.facts ? { facts: execution.facts } : {}),
    ...(draft.events.length > 0 ? { events: draft.events } : {}),
    ...(draft.frame === 'changed' ? { frames: [execution.frame] } : {}),
    ...(draft.frame === 'dropped' ? { dropped: [execution.frame.id] } : {}),
    counts: [execution.transitions, execution.invocations],
    ...(draft.unsent.length > 0 ? { unsent: draft.unsent } : {}),
    ...(draft.sent.length > 0 ? { sent: draft.sent } : {}),
  };
}
