import type { EngineServices } from './engine-services.ts';
import type { Execution, StatusChange } from './execution.ts';

const attempts = 3;

/** Delivers status changes in order per execution; one that was not taken stays saved and is sent again at the next start. */
export class StatusSender {
  readonly #services: EngineServices;
  readonly #isClosed: () => boolean;

  constructor(services: EngineServices, isClosed: () => boolean) {
    this.#services = services;
    this.#isClosed = isClosed;
  }

  send(execution: Execution, change: StatusChange): void {
    execution.emission = execution.emission.then(() => this.#deliver(execution, change));
    void this.#services.options.clock.track(execution.emission);
  }

  async #deliver(execution: Execution, change: StatusChange): Promise<void> {
    const { options, ledger, report } = this.#services;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (this.#isClosed()) return;
      try {
        await options.onStatusChange?.(change);
        if (this.#isClosed()) return;
        ledger.sent(execution, change);
        ledger.commit();
        return;
      } catch (fault) {
        report(fault);
      }
    }
  }
}
