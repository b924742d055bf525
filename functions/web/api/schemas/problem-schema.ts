import * as z from 'zod/mini';
import { reference } from './plain-values.ts';
import { described, named } from './registry.ts';

/** What is answered when a request is refused or fails (RFC 9457). */
export const problemSchema = named(
  'Problem',
  'Why a request was refused (RFC 9457), in the language of Accept-Language: French or English.',
  z.strictObject({
    type: described('The stable address of this kind of problem.', z.string()),
    title: z.string(),
    status: z.int(),
    detail: described('What happened and what to do.', z.string()),
    instance: z.string(),
    code: described('The last part of the type.', z.string()),
    reference: z.optional(reference),
    errors: z.optional(
      described(
        'What to correct, each by a JSON pointer: into the body, or to a parameter or header by its name.',
        z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
      ),
    ),
  }),
);
