import type { Qualification } from '../../classification/qualify.ts';
import { overseasCode } from '../../overseas.ts';
import { system } from '../actor.ts';
import type { Change, StatePatch } from '../change.ts';
import type { IntakeRecord, RegistryRecord } from '../records.ts';

/** Records the first qualification, with the registry's answer in the intake. */
export function qualify(
  qualification: Qualification,
  intake: IntakeRecord & { readonly registry: RegistryRecord },
): Change {
  const { eligibility, conditions, reasons } = qualification;
  return {
    to: 'QUALIFYING',
    set: {
      eligibility,
      conditions: conditions.map(({ code }) => code),
      ...inTerritory(intake.registry),
    },
    event: {
      type: 'QUALIFIED',
      actor: system,
      data: {
        eligibility,
        registryStatus: intake.registry.status,
        rules: reasons.map(({ rule }) => rule),
      },
    },
    effects: [{ kind: 'put_intake', intake }],
  };
}

/** Where the register has an organisation, if that is overseas: its hours are said to it as well. */
export function inTerritory({ facts }: Pick<RegistryRecord, 'facts'>): Pick<StatePatch, 'territory'> {
  const territory = overseasCode(facts);
  return territory === undefined ? {} : { territory };
}
