import * as z from 'zod/mini';
import { longestNote } from '../../../domain/input/problem-texts.ts';
import { taskStates } from '../../../domain/waves/gate-tasks.ts';
import { count, day, instant, mailAddress, plainText } from './plain-values.ts';
import { described, descriptions, named } from './registry.ts';

/** The domain reports its length and the characters it refuses, as for a form. */
const note = z.string();
descriptions.add(note, { pattern: plainText, maxLength: longestNote });

export const taskSchema = named(
  'GateTask',
  'The task of a gate of a wave.',
  z.strictObject({
    code: described('Code of the gate.', z.string()),
    due: described('Day of the gate; it moves with the wave.', day),
    state: described(
      'by_customer: what is recorded of the wave alone does not say it. not_done: the wave ended with the task open.',
      z.enum(taskStates),
    ),
    owner: described(
      'The operator who owns it; null for the operators’ shared address.',
      z.nullable(
        z.strictObject({
          name: described('Name of the operator.', z.string()),
          mail: described('Mail address of the operator.', z.string()),
        }),
      ),
    ),
    doneAt: described('When it was ticked; null while it is not.', z.nullable(instant)),
    note: described('Note on it; null when there is none.', z.nullable(z.string())),
    version: described('Grows with every change of the task; 0 before the first.', count),
  }),
);

export const taskChangeSchema = named(
  'GateTaskChange',
  'The change of a task; what is absent stays as it is.',
  z.strictObject({
    owner: z.optional(
      described(
        'Mail address of an operator who has signed in on the pages; null for the shared address.',
        z.nullable(mailAddress),
      ),
    ),
    done: z.optional(
      described(
        'Ticks the task, or opens it again. Refused for GO_NO_GO, CUTOVER and HYPERCARE_END, which follow from what is recorded of each customer.',
        z.boolean(),
      ),
    ),
    note: z.optional(described('A note, without names of persons; null removes it.', z.nullable(note))),
    version: z.optional(
      described('The version of the task that the change is based on: 409 when it has changed since.', count),
    ),
  }),
);
