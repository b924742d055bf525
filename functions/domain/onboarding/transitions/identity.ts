import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import type { IdentityProof } from '../customer-identity.ts';
import { CodeRefusedError, codeRules, countCode, type IdentityCode } from '../identity-code.ts';
import type { OnboardingState } from '../state.ts';
import { whileKept } from './erasure.ts';

/** Whoever shows who they are: the contact, or the person with this id. */
interface Whose {
  readonly person: string | undefined;
}

function ofPerson({ person }: Whose): { readonly person?: string } {
  return person === undefined ? {} : { person };
}

/**
 * Mails someone a code; the one before is void.
 *
 * @param next the id of the code, and the generation of the link that it was asked for with
 * @throws OnboardingClosedError once its data is being erased; CodeMailedTooOftenError
 */
export function sendIdentityCode(
  state: OnboardingState,
  before: IdentityCode | undefined,
  next: Pick<IdentityCode, 'id' | 'generation'> & Whose,
  actor: Actor,
  at: Date,
): Change {
  const { id, generation, person } = next;
  const until = new Date(at.getTime() + codeRules.life).toISOString();
  const code = { id, generation, until, tries: 0, sent: countCode(before?.sent ?? [], at, state.territory) };
  return {
    ...whileKept(state),
    event: { type: 'IDENTITY_CODE_SENT', actor, data: ofPerson({ person }) },
    messages: [
      {
        kind: 'mail',
        template: 'identity_code',
        ...(person === undefined ? { to: 'customer' } : { to: 'person', person }),
      },
    ],
    effects: [{ kind: 'put_identity_code', code, ...ofPerson({ person }) }],
  };
}

/**
 * Records that someone has shown with the code sent to them who they are: the code is used.
 *
 * @param code the code as it is now
 * @param tried the id of the one that was right
 * @throws OnboardingClosedError once its data is being erased
 * @throws CodeRefusedError when another call has used it, or another code was sent
 */
export function verifyByCode(
  state: OnboardingState,
  code: IdentityCode | undefined,
  tried: Pick<IdentityCode, 'id'> & Whose,
  actor: Actor,
  at: Date,
): Change {
  if (code?.id !== tried.id) throw new CodeRefusedError('none');
  if (code.usedAt !== undefined) throw new CodeRefusedError('used');
  const used = { ...code, usedAt: at.toISOString() };
  const by: IdentityProof = 'code';
  return {
    ...whileKept(state),
    event: { type: 'CUSTOMER_VERIFIED', actor, data: { by, ...ofPerson(tried) } },
    effects: [{ kind: 'put_identity_code', code: used, ...ofPerson(tried) }],
  };
}
