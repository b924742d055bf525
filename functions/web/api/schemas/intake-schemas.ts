import * as z from 'zod/mini';
import { mostServices } from '../../../domain/intake/intake.ts';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import { bodyTypes, deadlineReasons } from '../../../domain/questionnaire/option-codes.ts';
import { languages } from '../../../domain/text.ts';
import { count, day, mailAddress, name, reference, scope } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const decorated =
  'Spaces and dashes between the digits are ignored, and so are dots between groups of three; decimal zeros are cut.';

/** Intake for API clients, in its canonical form. */
export const intakeSchema = named(
  'Intake',
  'A prospect. Texts written as people type them mean what they mean in forms and files: codes in any case, dates as DD/MM/YYYY or with the name of the month, counts and lists as text, and an empty text or `-` in an optional field that is left out.',
  z.strictObject({
    siren: described(`SIREN (9 digits) or SIRET (14 digits). ${decorated}`, z.string()),
    legalName: described('Name of the organisation.', name),
    bodyType: described('Type of organisation.', z.enum(bodyTypes)),
    contactName: described('Name of the person to invite.', name),
    contactEmail: described('Email address of the person to invite.', mailAddress),
    language: z.optional(described('Language of the emails to the customer; default fr.', z.enum(languages))),
    services: described(
      'Requested services.',
      z.array(z.enum(serviceCodes)).check(z.minLength(1), z.maxLength(mostServices)),
    ),
    usersInScope: z.optional(described('Number of users to migrate.', count)),
    serversInScope: z.optional(described('Number of servers to migrate.', count)),
    earliestDate: z.optional(described('Earliest day of the cutover, in Europe/Paris.', day)),
    latestDate: z.optional(
      described(
        'Latest day of the cutover, in Europe/Paris; not in the past and not before earliestDate.',
        day,
      ),
    ),
    deadlineReason: z.optional(
      described(
        'Reason for latestDate. Required with latestDate, where none makes the date a preference; without latestDate only none is allowed.',
        z.enum(deadlineReasons),
      ),
    ),
    owner: z.optional(
      described(
        'Email address of the account owner, stored in lower case; default the sales desk.',
        mailAddress,
      ),
    ),
    team: z.optional(
      described(
        'Team of the account owner; default the sales desk.',
        z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)),
      ),
    ),
    group: z.optional(described('Name of the group of organisations that migrate together.', name)),
    parentSiren: z.optional(
      described(`SIREN or SIRET of the organisation this one migrates after. ${decorated}`, z.string()),
    ),
    scope: z.optional(
      described(
        'The part of the organisation to onboard, such as a department; left out for the whole organisation. An organisation has one onboarding in progress for each scope; scopes that differ in case, accents or punctuation are the same.',
        scope,
      ),
    ),
  }),
);

const countOrText = z.optional(z.union([z.number(), text]));

/** The JSON types of an intake: the domain reads each text as it reads those of forms and files. */
export const intakeTypes = z.object({
  siren: text,
  legalName: text,
  bodyType: text,
  contactName: text,
  contactEmail: text,
  language: z.optional(text),
  services: z.union([z.array(text), text]),
  usersInScope: countOrText,
  serversInScope: countOrText,
  earliestDate: z.optional(text),
  latestDate: z.optional(text),
  deadlineReason: z.optional(text),
  owner: z.optional(text),
  team: z.optional(text),
  group: z.optional(text),
  parentSiren: z.optional(text),
  scope: z.optional(text),
});

export const startedSchema = named('Started', 'The new onboarding.', z.strictObject({ reference }));
