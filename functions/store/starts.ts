import * as z from 'zod/mini';
import { type ActiveScope, isSameScope } from '../domain/intake/scope-names.ts';
import type { IntakeRecord } from '../domain/onboarding/records.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import type { Start } from '../domain/onboarding/transitions/start.ts';
import { dossierWrites } from './dossiers.ts';
import { keys } from './keys.ts';
import { lookUp, nameKeys, takeSiren } from './look-ups.ts';
import { firstWrites } from './onboardings.ts';
import { type Request, type RequestKeeper, type Requests, requestWrite } from './requests.ts';
import { type Condition, ConditionFailedError, type Table, type Write, written } from './table.ts';
import { removeIf, requireStage } from './writes.ts';

const lookUpItem = z.object({ reference: z.string() });
const activeItem = z.object({ reference: z.string(), scope: z.optional(z.string()) });
const namedParentsItem = z.object({ starts: z.int() });

/** A SIREN above an organisation, with how many of its starts had named a parent before its parents were read. */
export interface Ancestor {
  readonly siren: string;
  readonly namedParents: number;
}

/** The random reference is taken: the caller draws another. */
export class ReferenceTakenError extends Error {
  override readonly name = 'ReferenceTakenError';
}

/** The SIREN has an onboarding of this scope under way: the caller says so in words, which most functions need not hold. */
export class ScopeTakenError extends Error {
  override readonly name = 'ScopeTakenError';
  readonly reference: string;
  /** All that the SIREN has under way. */
  readonly active: readonly ActiveScope[];

  constructor(reference: string, active: readonly ActiveScope[]) {
    super('The scope is taken');
    this.reference = reference;
    this.active = active;
  }
}

export interface Starts {
  /** The active onboarding of a SIREN and scope; without a scope, that of the whole organisation. */
  active(siren: string, scope?: string): Promise<string | undefined>;
  /** All active onboardings of a SIREN: that of the whole organisation first, then by scope. */
  actives(siren: string): Promise<readonly ActiveScope[]>;
  /** How many starts of a SIREN have named a parent so far. */
  namedParents(siren: string): Promise<number>;
  /** References of the onboardings that named this SIREN as the one they follow; some may be closed. */
  followers(siren: string): Promise<readonly string[]>;
  /**
   * Stores a new onboarding, its guards and its look-ups, in one transaction. No start of its `ancestors` may have named
   * another parent since theirs were read.
   *
   * @throws ScopeTakenError, IdempotencyKeyReusedError, ReferenceTakenError
   * @returns the reference: of the earlier onboarding when the same request was made before.
   */
  create(
    request: Request,
    start: Start,
    intake: IntakeRecord,
    ancestors?: readonly Ancestor[],
  ): Promise<string>;
  /**
   * Starts a part of a split onboarding, whose scope is reserved. Has no effect when it was started before, or when the
   * whole has ended meanwhile.
   */
  createPart(start: Start): Promise<void>;
  /** Frees the scope that is reserved for a part that never begins. Has no effect once another onboarding has it. */
  freeReserved(siren: string, part: ActiveScope): Promise<void>;
}

/** Fails when another start of an ancestor has named a parent since: together they might close a ring. */
function requireSameParents({ siren, namedParents }: Ancestor): Write {
  const unchanged: Condition =
    namedParents === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'starts = :starts',
          ExpressionAttributeValues: { ':starts': namedParents },
        };
  const item = { ConditionCheck: { TableName: '', Key: keys.namedParents(siren), ...unchanged } };
  return { guards: 'parent', item };
}

/** What a start that names a parent writes, so that members find it and no other start closes a ring with it. */
function memberWrites(
  { siren, parentSiren }: IntakeRecord,
  reference: string,
  ancestors: readonly Ancestor[],
): readonly Write[] {
  if (parentSiren === undefined) return [];
  const counted = {
    Update: {
      TableName: '',
      Key: keys.namedParents(siren),
      UpdateExpression: 'ADD starts :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
  return [
    lookUp('member', keys.member(parentSiren, reference), reference),
    { guards: 'unconditional', item: counted },
    ...ancestors.map(requireSameParents),
  ];
}

export function createStarts(
  table: Table,
  { earlier }: Pick<Requests, 'earlier'>,
  { kept }: Pick<RequestKeeper, 'kept'>,
): Starts {
  async function active(siren: string, scope?: string): Promise<string | undefined> {
    const item = await table.get(keys.active(siren, scope));
    return item === undefined ? undefined : z.parse(activeItem, item).reference;
  }

  async function actives(siren: string): Promise<readonly ActiveScope[]> {
    const { pk, prefix } = keys.actives(siren);
    const items = await table.queryAll(pk, { prefix, consistent: true });
    return items.map((item) => z.parse(activeItem, item));
  }

  async function namedParents(siren: string): Promise<number> {
    const item = await table.get(keys.namedParents(siren));
    return item === undefined ? 0 : z.parse(namedParentsItem, item).starts;
  }

  async function followers(siren: string): Promise<readonly string[]> {
    const items = await table.queryAll(keys.member(siren, '').pk, { consistent: true });
    // A look-up has nothing but the reference, which stands in its key too.
    return items.map((item) => z.safeParse(lookUpItem, item).data?.reference ?? String(item['sk']));
  }

  return {
    active,
    actives,
    namedParents,
    followers,
    createPart: async (start) => {
      await written(table, [requireStage(wholeOf(start.state.reference), 'IN_PARTS'), ...firstWrites(start)]);
    },
    freeReserved: async (siren, { reference, scope }) => {
      const ofPart = {
        ConditionExpression: '#reference = :reference',
        ExpressionAttributeNames: { '#reference': 'reference' },
        ExpressionAttributeValues: { ':reference': reference },
      };
      await written(table, [removeIf('active', keys.active(siren, scope), ofPart)]);
    },
    create: async (request, start, intake, ancestors = []) => {
      const { state } = start;
      const { reference } = state;
      try {
        await table.write([
          requestWrite(request, { reference, version: state.version }),
          takeSiren(state.siren, state),
          ...nameKeys(state.name, reference).map((key) => lookUp('name', key, reference)),
          lookUp('mail', keys.mail(intake.contactEmail, reference), reference),
          ...memberWrites(intake, reference, ancestors),
          dossierWrites.intake(reference, intake),
          ...firstWrites(start),
        ]);
        kept();
        return reference;
      } catch (error) {
        if (!(error instanceof ConditionFailedError)) throw error;
        const known = await earlier(request);
        if (known?.reference !== undefined) return known.reference;
        const started = await actives(state.siren);
        const other = started.find(({ scope }) => isSameScope(scope, state.scope));
        if (other !== undefined) throw new ScopeTakenError(other.reference, started);
        throw new ReferenceTakenError('The reference is taken', { cause: error });
      }
    },
  };
}
