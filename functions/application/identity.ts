import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../domain/onboarding/actor.ts';
import { CodeRefusedError, codeRefusal, codeRules, refusedCode } from '../domain/onboarding/identity-code.ts';
import { sendIdentityCode, verifyByCode } from '../domain/onboarding/transitions/identity.ts';
import type { Links } from '../platform/links.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** Who is to show who they are: the holder of a link. */
export interface LinkHolder {
  readonly reference: string;
  /** Id of the person; absent for the contact. */
  readonly person: string | undefined;
  /** Generation of the link. */
  readonly generation: number;
}

const idByteCount = 16;

/**
 * Mails the holder of a link a code; an older one is void.
 *
 * @throws OnboardingClosedError, CodeMailedTooOftenError
 */
export async function askForCode(
  { store, clock, ids }: Dependencies & Pick<ApplicationDependencies, 'ids'>,
  { reference, person, generation }: LinkHolder,
  actor: Actor,
): Promise<void> {
  const id = Buffer.from(ids.bytes(idByteCount)).toString('base64url');
  await changeOnboarding(store, reference, async ({ state }) => {
    const before = await store.identityCodes.get(reference, person);
    return sendIdentityCode(state, before, { id, generation, person }, actor, clock.now());
  });
}

/**
 * Checks a code that someone has typed. Each try is counted before it is made, so that tries at the same time count too.
 *
 * @param given six digits
 * @throws CodeRefusedError, OnboardingClosedError
 */
export async function checkCode(
  { store, clock, links }: Dependencies & { readonly links: Links },
  { reference, person, generation }: LinkHolder,
  given: string,
  actor: Actor,
): Promise<void> {
  const code = await store.identityCodes.get(reference, person);
  const refusal = codeRefusal(code, generation, clock.now());
  if (code === undefined || refusal !== undefined) throw new CodeRefusedError(refusal ?? 'none');
  if (!(await store.identityCodes.countTry(reference, person, code))) {
    // Tried at the same time as another: this one does not count, and is not made.
    throw refusedCode(await store.identityCodes.get(reference, person), generation, clock.now());
  }
  if (!isSame(given, await links.code(reference, code.id))) {
    const left = codeRules.tries - code.tries - 1;
    throw new CodeRefusedError(left === 0 ? 'too_many_tries' : 'wrong', left);
  }
  await changeOnboarding(store, reference, async ({ state }) =>
    verifyByCode(
      state,
      await store.identityCodes.get(reference, person),
      { id: code.id, person },
      actor,
      clock.now(),
    ),
  );
}

/** Compares in a time that says nothing about the digits. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
