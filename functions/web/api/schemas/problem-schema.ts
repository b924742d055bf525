import * as z from 'zod/mini';
import { reference } from './plain-values.ts';
import { described, named } from './registry.ts';

/** What is answered when a request is refused or fails (RFC 9457). */
export const problemSchema = named(
  'Problem',
  'Why a request was refused (RFC 9457), in the language of Accept-Language: French or English.',
  z.strictObject({
    type: described('The stable address of this kind of problem.', z.string()),
    title: described('What kind of problem it is, the same at each occurrence.', z.string()),
    status: described('The HTTP status.', z.int()),
    detail: described('What happened and what to do.', z.string()),
    instance: described('The path of the request.', z.string()),
    code: described('The last part of the type.', z.string()),
    reference: z.optional(
      described('The onboarding that stands in the way (active_onboarding_exists).', reference),
    ),
    errors: z.optional(
      described(
        'What to correct, the first hundred places.',
        z.array(
          z.strictObject({
            pointer: described(
              'JSON pointer (RFC 6901) into the body, or to a parameter or header by its name.',
              z.string(),
            ),
            code: described('What is wrong, for machines: missing, unknown_field, not_a_date...', z.string()),
            detail: described('The field, what is wrong with it and how to mend it.', z.string()),
          }),
        ),
      ),
    ),
  }),
);
