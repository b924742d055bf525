import { standingView } from '../../shared/standing-view.ts';
import { standingExample } from '../examples/standing.ts';
import type { Call } from '../operation.ts';
import { standingSchema } from '../schemas/standing-schemas.ts';

/** Each act returns the status of the onboarding, for clients without the scope to read it. */
export const standing = {
  status: 200,
  description: 'Recorded; the workflow continues by itself.',
  schema: standingSchema,
  example: standingExample,
  again: (call: Call<unknown, unknown>) => standingNow(call),
} as const;

/** The status of the onboarding as it is now. */
function standingNow(call: Call<unknown, unknown>) {
  return standingOf(call, call.parameter('reference'));
}

export async function standingAfter<Query, Body>(
  call: Call<Query, Body>,
  act: (reference: string) => Promise<unknown>,
) {
  await act(call.parameter('reference'));
  return standingNow(call);
}

export async function standingOf(
  { dependencies, language }: Pick<Call<unknown, unknown>, 'dependencies' | 'language'>,
  reference: string,
) {
  const { state, wait } = await dependencies.store.onboardings.now(reference);
  return standingView(state, wait, language);
}
