import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { omissions } from './omissions.ts';

/** What a successful trial does not cover: printed after each run and listed in docs/emulator.md. */
export const uncovered: readonly string[] = z
  .array(z.string().min(1))
  .parse(JSON.parse(readFileSync(new URL('uncovered.json', import.meta.url), 'utf8')));

/** The list as text. */
export function uncoveredReport(): string {
  return [
    'Not covered by this trial:',
    ...uncovered.map((gap) => `- ${gap}`),
    'Left out of the stack:',
    ...omissions.map(
      ({ type, attributes, reason }) =>
        `- ${type}${attributes === undefined ? '' : ` (attributes ${attributes}…)`}: ${reason}`,
    ),
    '',
  ].join('\n');
}
