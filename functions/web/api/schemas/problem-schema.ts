import * as z from 'zod/mini';
import { dateList } from './date-schemas.ts';
import { reference } from './plain-values.ts';
import { described, named } from './registry.ts';

/** The response to a refused or failed request (RFC 9457). */
export const problemSchema = named(
  'Problem',
  'Why a request was refused (RFC 9457), in the language of Accept-Language: French or English.',
  z.strictObject({
    type: described('The stable URI of this problem type.', z.string()),
    title: described('The title of the problem type, the same at each occurrence.', z.string()),
    status: described('The HTTP status.', z.int()),
    detail: described('What happened and what to do.', z.string()),
    instance: described('The path of the request.', z.string()),
    code: described('The last segment of the type.', z.string()),
    reference: z.optional(described('The existing onboarding (active_onboarding_exists only).', reference)),
    activeScopes: z.optional(
      described(
        'The onboardings of this SIREN that are in progress (active_onboarding_exists only).',
        z.array(
          z.strictObject({
            scope: described('Null for the whole organisation.', z.nullable(z.string())),
            reference,
          }),
        ),
      ),
    ),
    conditions: z.optional(
      described(
        'The open conditions that the request goes against (approval_needed only).',
        z.array(z.string()),
      ),
    ),
    contractMissing: z.optional(
      described(
        'True when no contract is recorded, which the request goes against (approval_needed only).',
        z.literal(true),
      ),
    ),
    dates: z.optional(described('The dates as they are now (date_not_possible only).', dateList)),
    errors: z.optional(
      described(
        'What to correct; at most the first hundred places.',
        z.array(
          z.strictObject({
            pointer: described(
              'JSON pointer (RFC 6901) into the body, or `/` and the name of a parameter or header.',
              z.string(),
            ),
            code: described('Machine-readable code: missing, unknown_field, not_a_date, ….', z.string()),
            detail: described('The field, its problem and how to correct it.', z.string()),
          }),
        ),
      ),
    ),
  }),
);
