import type { WebDependencies } from '../shared/dependencies.ts';
import { newKey } from '../shared/staff/request-key.ts';

/** The id of a lesson that is about to be written: the instant comes first, so that lessons are stored by time. */
export function newLessonId(deps: Pick<WebDependencies, 'clock' | 'ids'>): string {
  return `${deps.clock.now().toISOString().replaceAll(/[-:.]/g, '')}-${newKey(deps)}`;
}

export function isLessonId(text: string): boolean {
  return /^\d{8}T\d{9}Z-[\w-]{22}$/.test(text);
}
