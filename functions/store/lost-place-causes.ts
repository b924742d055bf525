import type { LostPlace } from '../domain/onboarding/messages.ts';

const later: ReadonlySet<LostPlace['by']> = new Set([
  'wave_cancelled',
  'cutover_failed',
  'group_order',
  'operators',
]);

/** A cause of a lost place as earlier releases know it: those that came later are the platform's doing to them. */
export function earlierCause(cause: LostPlace['by']): LostPlace['by'] {
  return later.has(cause) ? 'platform' : cause;
}
