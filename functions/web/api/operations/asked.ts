import type { Approval } from '../../../domain/onboarding/state.ts';
import type { KnownRequest } from '../../../store/requests.ts';
import { approvalView } from '../../shared/standing-view.ts';
import { askedExample } from '../examples/standing.ts';
import { type Call, Pending } from '../operation.ts';
import { askedSchema } from '../schemas/standing-schemas.ts';
import { standing, standingOf } from './standing.ts';

/** The answer to a decision that was sent before; one that needed a second person shows the request for it. */
async function again(call: Call<unknown, unknown>, { status }: KnownRequest) {
  const reference = call.parameter('reference');
  const { approval } = await call.dependencies.store.onboardings.now(reference);
  const after = await standingOf(call, reference);
  return status === 202 && approval !== undefined
    ? new Pending({ ...after, approval: approvalView(approval) })
    : after;
}

/** What an operation answers whose decision may take two people. */
export const decidedOrAsked = {
  success: { ...standing, again },
  accepted: {
    description:
      'The decision needs a second person: it is stored as a request, and nothing else has changed.',
    schema: askedSchema,
    example: askedExample,
  },
} as const;

/** Carries out an act that gives the request which waits for a second person, if there is one. */
export async function standingOrAsked(
  call: Call<unknown, unknown>,
  act: (reference: string) => Promise<Approval | undefined>,
) {
  const reference = call.parameter('reference');
  const approval = await act(reference);
  const after = await standingOf(call, reference);
  return approval === undefined ? after : new Pending({ ...after, approval: approvalView(approval) });
}
