import { createHash } from 'node:crypto';
import { loadMachine } from './definition.ts';
import type { StoredDefinition } from './journal.ts';
import type { Machine } from './machine.ts';

export interface CataloguedMachine {
  readonly machine: Machine;
  readonly stored: StoredDefinition;
}

/** The definitions on offer, and the earlier ones that saved executions still follow to their end. */
export class MachineCatalogue {
  readonly #offered = new Map<string, CataloguedMachine>();
  readonly #byHash = new Map<string, CataloguedMachine>();

  /** Throws `DefinitionError` for a definition this interpreter would not carry out. */
  constructor(definitions: Readonly<Record<string, unknown>>, earlier: readonly StoredDefinition[]) {
    for (const stored of earlier) this.#add(stored);
    for (const [name, definition] of Object.entries(definitions)) {
      const text = JSON.stringify(definition);
      const hash = createHash('sha256').update(`${name}\n${text}`).digest('base64url').slice(0, 22);
      this.#offered.set(name, this.#byHash.get(hash) ?? this.#add({ hash, name, definition }));
    }
  }

  #add(stored: StoredDefinition): CataloguedMachine {
    const entry = { machine: loadMachine(stored.name, stored.definition), stored };
    this.#byHash.set(stored.hash, entry);
    return entry;
  }

  offered(name: string): CataloguedMachine | undefined {
    return this.#offered.get(name);
  }

  offeredNames(): string[] {
    return [...this.#offered.keys()];
  }

  byHash(hash: string): CataloguedMachine | undefined {
    return this.#byHash.get(hash);
  }
}
