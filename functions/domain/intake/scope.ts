import { longestScope } from '../input/problem-texts.ts';
import { type ReadText, readName } from '../input/read-text.ts';
import { searchableName } from '../text.ts';

/** The most onboardings that an organisation has at the same time before another scope is refused. */
export const mostScopes = 50;

/** A scope: a name of up to 60 characters, with a letter or a digit: scopes are compared by these alone. */
export function readScope(value: unknown): ReadText<string> {
  const name = readName(value);
  if ('problem' in name) return name.problem === 'too_long' ? { problem: 'scope_too_long' } : name;
  if (name.value.length > longestScope) return { problem: 'scope_too_long' };
  return searchableName(name.value) === '' ? { problem: 'scope_without_letters' } : name;
}
