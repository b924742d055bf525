import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import type { IntakeRecord, RegistryRecord, ResultRecord } from '../records.ts';
import type { Snapshot } from '../state.ts';
import { type Assessed, followResult } from './conditions.ts';
import { inTerritory } from './qualify.ts';

const registry: Actor = { kind: 'system', id: 'registry' };

interface Answered extends Assessed {
  /** The intake with what the register says. */
  readonly intake: IntakeRecord & { readonly registry: RegistryRecord };
  readonly before: ResultRecord;
}

/**
 * The register answers at last, and its condition is cleared by that. An organisation that has ceased, or that it does
 * not know, is reviewed first.
 *
 * @throws ConcurrentChangeError when a decision on the place is still being carried out.
 */
export function verifyInRegistry(snapshot: Snapshot, { intake, ...answered }: Answered, at: Date): Change {
  const { tiers, reviewed, parts, effects } = followResult(snapshot, { ...answered, by: 'registry' }, at);
  return {
    ...parts,
    set: { ...parts.set, ...inTerritory(intake.registry) },
    event: {
      type: 'CONDITION_CLEARED',
      actor: registry,
      data: {
        condition: 'REGISTRY_UNVERIFIED',
        registryStatus: intake.registry.status,
        ...tiers,
        ...reviewed,
      },
    },
    effects: [{ kind: 'put_intake', intake }, ...effects],
  };
}
