import * as z from 'zod/mini';
import { ActiveOnboardingExistsError } from '../domain/errors.ts';
import type { IntakeRecord } from '../domain/onboarding/records.ts';
import type { Start } from '../domain/onboarding/transitions/start.ts';
import { dossierWrites } from './dossiers.ts';
import { keys } from './keys.ts';
import { lookUp } from './look-ups.ts';
import { firstWrites } from './onboardings.ts';
import { type Request, type RequestKeeper, type Requests, requestWrite } from './requests.ts';
import { ConditionFailedError, type Table } from './table.ts';
import { requireMissing } from './writes.ts';

const activeItem = z.object({ reference: z.string() });

/** The random reference is taken: the caller draws another. */
export class ReferenceTakenError extends Error {
  override readonly name = 'ReferenceTakenError';
}

export interface Starts {
  /** The active onboarding of a SIREN. */
  active(siren: string): Promise<string | undefined>;
  /** References of the onboardings that named this SIREN as the one they follow; some may be closed. */
  followers(siren: string): Promise<readonly string[]>;
  /**
   * Stores a new onboarding, its guards and its look-ups, in one transaction. `unstarted` is a SIREN that must have no
   * active onboarding.
   *
   * @throws ActiveOnboardingExistsError, IdempotencyKeyReusedError, ReferenceTakenError
   * @returns the reference: of the earlier onboarding when the same request was made before.
   */
  create(request: Request, start: Start, intake: IntakeRecord, unstarted?: string): Promise<string>;
}

export function createStarts(
  table: Table,
  { earlier }: Pick<Requests, 'earlier'>,
  { kept }: Pick<RequestKeeper, 'kept'>,
): Starts {
  async function active(siren: string): Promise<string | undefined> {
    const item = await table.get(keys.active(siren));
    return item === undefined ? undefined : z.parse(activeItem, item).reference;
  }

  async function followers(siren: string): Promise<readonly string[]> {
    const items = await table.queryAll(keys.member(siren, '').pk, { consistent: true });
    // A look-up has nothing but the reference, which stands in its key too.
    return items.map((item) => z.safeParse(activeItem, item).data?.reference ?? String(item['sk']));
  }

  return {
    active,
    followers,
    create: async (request, start, intake, unstarted) => {
      const { state } = start;
      const { reference } = state;
      try {
        await table.write([
          requestWrite(request, { reference, version: state.version }),
          lookUp('active', keys.active(state.siren), reference),
          lookUp('name', keys.name(state.name, reference), reference),
          lookUp('mail', keys.mail(intake.contactEmail, reference), reference),
          ...(intake.parentSiren === undefined
            ? []
            : [lookUp('member', keys.member(intake.parentSiren, reference), reference)]),
          ...(unstarted === undefined ? [] : [requireMissing('parent', keys.active(unstarted))]),
          dossierWrites.intake(reference, intake),
          ...firstWrites(start),
        ]);
        kept();
        return reference;
      } catch (error) {
        if (!(error instanceof ConditionFailedError)) throw error;
        const known = await earlier(request);
        if (known?.reference !== undefined) return known.reference;
        const other = await active(state.siren);
        if (other !== undefined) throw new ActiveOnboardingExistsError(other);
        throw new ReferenceTakenError('The reference is taken', { cause: error });
      }
    },
  };
}
