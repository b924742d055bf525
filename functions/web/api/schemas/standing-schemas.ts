import * as z from 'zod/mini';
import { approvalKinds } from '../../../domain/onboarding/approvals.ts';
import { failureClasses } from '../../../domain/onboarding/failures.ts';
import { parties, reviewKinds, stages } from '../../../domain/onboarding/lifecycle.ts';
import { runStatuses } from '../../../domain/onboarding/state.ts';
import { day, instant, reference } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();

export const standing = {
  reference,
  stage: described('The current stage.', z.enum(stages)),
  stageLabel: described('The stage in the language of the response.', text),
  ball: described('Who must act next.', z.enum(parties)),
  since: described('Start of the current stage.', instant),
  run: described(
    'The run of the workflow that carries it; its health says nothing about the stage.',
    z.strictObject({
      number: described('1 for the first run.', z.int()),
      startedAt: described('When it began.', instant),
      status: described('A failed run waits for an operator to resume it.', z.enum(runStatuses)),
      failedAt: described('When it failed.', z.nullable(instant)),
      error: described('Name of the error it failed with.', z.nullable(text)),
      errorClass: described(
        'What kind of failure it is, on which the next act depends: busy, timed_out, stopped and limit may be resumed at once; settings, data and program are repaired first; unknown was not reported.',
        z.nullable(z.enum(failureClasses)),
      ),
      redriveCount: described('How many times this run was redriven after a failure.', z.int()),
    }),
  ),
};

export const standingSchema = named(
  'Standing',
  'Status of the onboarding once the request is recorded; the workflow continues by itself.',
  z.strictObject(standing),
);

export const who = z.strictObject({
  kind: described('Role of the actor.', z.enum(['customer', 'sales', 'operator', 'machine', 'system'])),
  id: described('Id of the actor at the identity provider, or of the system component.', text),
});

export const approvalSchema = named(
  'Approval',
  'A decision that one person has asked for and that waits for a second one.',
  z.strictObject({
    id: described('Id of the request.', text),
    kind: described('Why the decision takes two people.', z.enum(approvalKinds)),
    by: described('Who asked; another person has to agree.', who),
    until: described('Until when another person may agree; after that nothing is decided.', instant),
    askedAt: described('When it was asked for.', instant),
    review: described('The review to decide.', z.enum(reviewKinds)),
    decision: described('The decision asked for.', text),
    conditions: described('Open blocking conditions that the decision goes against.', z.array(text)),
    contractMissing: described('True when a go was asked for without a recorded contract.', z.boolean()),
    reason: described('The reason of the first person.', z.nullable(text)),
    wave: described('Id of the wave to move to, of a move.', z.nullable(text)),
    group: described(
      'The group that the move keeps in order, if the platform proposes it for that.',
      z.nullable(
        named(
          'GroupMove',
          'The move of a member of a group, which has to cut over after one that it follows.',
          z.strictObject({
            set: described('Id of the moves that belong together.', text),
            after: described('The date that the member has to come after.', day),
          }),
        ),
      ),
    ),
  }),
);

export const askedSchema = named(
  'Asked',
  'The stored request with the status of the onboarding, which has not changed.',
  z.strictObject({ ...standing, approval: described('The request.', approvalSchema) }),
);
