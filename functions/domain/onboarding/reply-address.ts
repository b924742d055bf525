import { isMailAddress } from '../input/mail-address.ts';
import type { OnboardingState } from './state.ts';

/**
 * Whom a customer's answer to our mail reaches: the account owner, or the operators when the owner's address is missing,
 * takes no mail, or is none. Undefined when theirs is none either. Addresses come from files and other systems: only one
 * that a mail server takes, with nothing before or after it, may stand in a header.
 */
export function replyAddress(
  { owner, ownerUnreachable }: Pick<OnboardingState, 'owner' | 'ownerUnreachable'>,
  operators: string,
): string | undefined {
  const candidates = ownerUnreachable === true ? [operators] : [owner, operators];
  return candidates.find(isMailAddress);
}
