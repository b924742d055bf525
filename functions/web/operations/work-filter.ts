import { type WhoseWork, type WorkFilter, whoseWork } from '../../application/read-work.ts';
import { failureClasses } from '../../domain/onboarding/failures.ts';
import { workKinds } from '../../domain/onboarding/operator-work.ts';
import type { Text } from '../../domain/text.ts';
import type { WebContext } from '../shared/http/web-app.ts';

export const workListPath = '/operations';

export const whoseLabels: Readonly<Record<WhoseWork, Text>> = {
  me: { fr: 'Que je suis', en: 'Mine' },
  none: { fr: 'Sans personne', en: 'Unassigned' },
  team: { fr: 'De mon équipe', en: 'My team' },
};

/** The filter in an address: a bookmark is a view. What is unknown in it filters nothing. */
export function workFilterOf(c: WebContext): WorkFilter {
  const asked = (name: string) => c.req.query(name);
  const wave = asked('wave');
  const error = failureClasses.find((known) => known === asked('error'));
  return {
    kind: error === undefined ? workKinds.find((known) => known === asked('kind')) : 'failed_run',
    assigned: whoseWork.find((known) => known === asked('assigned')),
    error,
    ...(wave === undefined || wave === '' ? {} : { wave: wave.slice(0, 100) }),
  };
}

/** The address of a view; `undefined` in a change takes a part of the filter away. */
export function pathOfWork(filter: WorkFilter, change: WorkFilter = {}): string {
  const { kind, assigned, wave, error } = { ...filter, ...change };
  const query = new URLSearchParams();
  const parts = { kind: error === undefined ? kind : undefined, error, assigned, wave };
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? workListPath : `${workListPath}?${query}`;
}
