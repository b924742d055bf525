import type { Text } from '../../domain/text.ts';
import type { Wave } from '../../domain/waves/wave.ts';

export const goNoGoTitle: Text = { fr: 'Go/no-go de la vague', en: 'Go/no-go of the wave' };

export function goNoGoPath({ id }: Pick<Wave, 'id'>): string {
  return `/waves/${id}/go-no-go`;
}

/** A wave with a cutover, from when it takes customers until it is done. */
export function hasGoNoGo({ kind, state }: Pick<Wave, 'kind' | 'state'>): boolean {
  return kind !== 'PREPARATION' && state !== 'PLANNED' && state !== 'CANCELLED';
}
