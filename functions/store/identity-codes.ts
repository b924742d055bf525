import * as z from 'zod/mini';
import { codeRules, type IdentityCode } from '../domain/onboarding/identity-code.ts';
import { day } from '../domain/time.ts';
import { keys } from './keys.ts';
import type { Table, Write } from './table.ts';
import { putAnyway } from './writes.ts';

const instant = z.iso.datetime();

const codeItem = z.object({
  id: z.string(),
  generation: z.int(),
  until: instant,
  tries: z.int(),
  sent: z.array(instant),
  usedAt: z.optional(instant),
});

/** DynamoDB deletes the item once no limit counts it any more. */
function itemOf(reference: string, person: string | undefined, code: IdentityCode) {
  const last = Date.parse(code.sent.at(-1) ?? code.until);
  const expiresAt = Math.ceil((last + day) / 1_000);
  return { ...keys.identityCode(reference, person), ...code, sent: [...code.sent], expiresAt };
}

/** Part of a change, whose version guards it. */
export function identityCodeWrite(reference: string, person: string | undefined, code: IdentityCode): Write {
  return putAnyway(itemOf(reference, person, code));
}

/** The codes that show who someone is, without the codes: they are derived from their ids. Erased with the onboarding. */
export interface IdentityCodes {
  /** The one sent last to the contact, or to a person. */
  get(reference: string, person: string | undefined): Promise<IdentityCode | undefined>;
  /** Counts a try before it is made; false when none is left, or the code is another one or used by now. */
  countTry(reference: string, person: string | undefined, code: IdentityCode): Promise<boolean>;
}

export function createIdentityCodes(table: Table): IdentityCodes {
  return {
    get: async (reference, person) => {
      const item = await table.get(keys.identityCode(reference, person));
      return item === undefined ? undefined : z.parse(codeItem, item);
    },
    countTry: async (reference, person, code) => {
      if (code.tries >= codeRules.tries) return false;
      return table.putIf(itemOf(reference, person, { ...code, tries: code.tries + 1 }), {
        ConditionExpression: 'id = :id AND tries = :tries AND attribute_not_exists(usedAt)',
        ExpressionAttributeValues: { ':id': code.id, ':tries': code.tries },
      });
    },
  };
}
