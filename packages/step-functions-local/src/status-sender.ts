import type { EngineOptions } from './engine-options.ts';
import type { Execution, StatusChange } from './execution.ts';
import type { Ledger } from './ledger.ts';

const attempts = 3;

interface Around {
  readonly options: EngineOptions;
  readonly ledger: Ledger;
  readonly report: (fault: unknown) => void;
  readonly isClosed: () => boolean;
}

/** Delivers status changes in order per execution; one that was not taken stays saved and is sent again at the next start. */
export class StatusSender {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  send(execution: Execution, change: StatusChange): void {
    execution.emission = execution.emission.then(() => this.#deliver(execution, change));
    void this.#around.options.clock.track(execution.emission);
  }

  async #deliver(execution: Execution, change: StatusChange): Promise<void> {
    const { options, ledger, report, isClosed } = this.#around;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (isClosed()) return;
      try {
        await options.onStatusChange?.(change);
        if (isClosed()) return;
        ledger.sent(execution, change);
        ledger.commit();
        return;
      } catch (fault) {
        report(fault);
      }
    }
  }
}
