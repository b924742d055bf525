import * as z from 'zod/mini';
import { conditionOwners } from '../../../domain/classification/conditions.ts';
import { conditionCodes } from '../../../domain/classification/outcomes.ts';
import { remediationTasks } from '../../../domain/onboarding/remediation-tasks.ts';
import { contactRoles } from '../../../domain/questionnaire/option-codes.ts';
import { deadlineSources } from '../../../domain/waves/demand.ts';
import { effortShareCodes } from '../../../domain/waves/effort.ts';
import { constraintNames, refusalCodes } from '../../../domain/waves/refusal.ts';
import { waveKinds, waveStates } from '../../../domain/waves/wave.ts';
import { day } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();

const nearWave = named(
  'NearWave',
  'A coming wave with what it lacks to admit the customer.',
  z.strictObject({
    id: described('Id of the wave.', text),
    site: described('Site of the wave.', text),
    kind: described('Kind of the wave.', z.enum(waveKinds)),
    state: described('State of the wave.', z.enum(waveStates)),
    cutover: described('Day of the cutover.', day),
    lacks: described(
      'What it lacks; empty when it admits the customer by now.',
      z.array(
        z.strictObject({
          constraint: described(
            'The rule: C1 (capacity) to C9, STATE for a wave that is not open, CHOICE for a date turned down.',
            z.enum(constraintNames),
          ),
          code: described('Code of the reason.', z.enum(refusalCodes)),
          text: described('The reason in the language of the response.', text),
          room: described(
            'For C1, the component of the capacity that is short; else null.',
            z.nullable(
              z.strictObject({
                component: described('The component.', z.enum(['customers', 'points', 'complex'])),
                needed: described('What the customer takes.', z.int()),
                available: described(
                  'What is left; with LARGER_THAN_WAVE, the whole capacity of the wave.',
                  z.int(),
                ),
              }),
            ),
          ),
        }),
      ),
    ),
  }),
);

const placementFacts = named(
  'PlacementFacts',
  'What a placement review is about.',
  z.strictObject({
    about: described('Kind of the facts.', z.literal('placement')),
    users: described('Users whose migration is asked for; null while no one knows.', z.nullable(z.int())),
    usersEstimated: described(
      'True when their number is an estimate: the upper end of an order of magnitude, or what sales announced.',
      z.boolean(),
    ),
    points: described('Effort points of the customer.', z.int()),
    estimated: described(
      'True when the points come from a number that the customer gave as an order of magnitude or did not know.',
      z.boolean(),
    ),
    complex: described('Whether it counts as a complex customer.', z.boolean()),
    shares: described(
      'Where the points come from: every part of the formula, also those of 0 points.',
      z.array(
        z.strictObject({
          code: described('Code of the part.', z.enum(effortShareCodes)),
          text: described('The part in the language of the response.', text),
          count: described('How many count.', z.int()),
          points: described('Their points.', z.int()),
          estimated: described('True when the number is an estimate.', z.boolean()),
        }),
      ),
    ),
    largestWave: described(
      'Points of the largest wave at a site that the customer accepts; null while there is none.',
      z.nullable(z.int()),
    ),
    deadline: described(
      'The hard deadline that falls first; null without one.',
      z.nullable(
        z.strictObject({
          date: described('The last possible day of the cutover.', day),
          source: described('Its reason.', z.enum(deadlineSources)),
        }),
      ),
    ),
    nearestWaves: described('The waves that lack least, the nearest first; at most five.', z.array(nearWave)),
  }),
);

const goNoGoFacts = named(
  'GoNoGoFacts',
  'What a go/no-go is about.',
  z.strictObject({
    about: described('Kind of the facts.', z.literal('go_no_go')),
    conditions: described(
      'The blocking conditions that are open on the day of the cutover.',
      z.array(
        z.strictObject({
          code: described('Code of the condition.', z.enum(conditionCodes)),
          againstGo: described('True if go takes a second person while it is open.', z.boolean()),
          owner: described('The role that clears it.', z.nullable(z.enum(conditionOwners))),
          due: described('Its due date; null without one.', z.nullable(day)),
          overdue: described('True from the day after the due date.', z.boolean()),
        }),
      ),
    ),
    contract: described(
      'The contract, as far as it is recorded.',
      z.strictObject({
        reference: described('Its reference; null while none is recorded.', z.nullable(text)),
        signedOn: described('The day of its signature; null while none is recorded.', z.nullable(day)),
        againstGo: described('True if go takes a second person because it is missing.', z.boolean()),
      }),
    ),
    contacts: described(
      'The contacts that the customer has named, by role.',
      z.array(
        z.strictObject({
          role: described('The role.', z.enum(contactRoles)),
          name: described('Name of the person.', text),
          email: described('Email address of the person.', text),
        }),
      ),
    ),
    mailboxesOver200GB: described('Mailboxes over 200 GB, which cannot be migrated as they are.', z.int()),
    mailboxesEstimated: described(
      'True when that number is the upper end of an order of magnitude, or 0 because no one knows it.',
      z.boolean(),
    ),
    remediation: described(
      'What is to be put right before the cutover and is not done; it does not stand against a go.',
      z.array(
        z.strictObject({
          task: described('The task.', z.enum(remediationTasks)),
          extent: described('How much: a number, a band of the questionnaire, or unknown.', text),
          due: described('The day by which it is to be done; null without a cutover.', z.nullable(day)),
          overdue: described('True from the day after.', z.boolean()),
        }),
      ),
    ),
  }),
);

export const reviewFactsSchema = z.discriminatedUnion('about', [placementFacts, goNoGoFacts]);
