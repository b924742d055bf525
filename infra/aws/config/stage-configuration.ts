import * as z from 'zod';
import { isCalendarDate } from '../../../functions/domain/calendar-date.ts';
import {
  customerIdentities,
  proConnectAlgorithms,
} from '../../../functions/domain/onboarding/customer-identity.ts';
import { serviceCodes, siteCodes } from '../../../functions/domain/platform-configuration.ts';
import { type Publication, publicationFaults } from '../../../functions/domain/trust/publication.ts';

/** A stage's configuration cannot be deployed; the message names the field and the reason in one sentence. */
export class StageConfigurationError extends Error {
  override readonly name = 'StageConfigurationError';
}

const words = (error: string) => z.string({ error }).trim().min(1, { error });
const day = z.string({ error: 'a date is written YYYY-MM-DD' }).refine(isCalendarDate, {
  error: (issue) => `"${issue.input}" is not a date that exists (YYYY-MM-DD)`,
});
const label = z.strictObject({
  fr: words('the French text is missing'),
  en: words('the English text is missing'),
});
const mailAddress = z.email({
  error: ({ input }) =>
    input === undefined ? 'the mail address is missing' : `"${input}" is not a mail address`,
});
const region = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)+-\d$/, { error: (issue) => `"${issue.input}" is not a region` });

function wholeNumber(from: number, to: number, unit: string) {
  return z
    .int({ error: `a whole number of ${unit} is needed` })
    .min(from, {
      error: (issue) => `${issue.input} ${unit} is less than ${from}`,
    })
    .max(to, { error: (issue) => `${issue.input} ${unit} is more than ${to}` });
}

function distinct<T>(values: readonly T[]): boolean {
  return new Set(values).size === values.length;
}

const range = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { error: 'the freeze ends before it begins' });

const law = z
  .strictObject({
    code: words('the code of a law is missing'),
    name: label,
    statuses: z
      .array(z.strictObject({ from: day, statement: label, source: label, checked: day }))
      .min(1, { error: 'the law has no status' })
      .readonly(),
  })
  .refine(
    ({ statuses }) => statuses.every(({ from }, at) => at === 0 || from > (statuses[at - 1]?.from ?? '')),
    {
      error: 'the statuses of a law are listed oldest first, one a day',
    },
  );

const platform = z.strictObject({
  version: words('the version is missing'),
  name: words('the name of the platform is missing'),
  preparationOpens: day,
  services: z
    .array(
      z.strictObject({
        code: z.enum(serviceCodes, {
          error: (issue) => `"${issue.input}" is not a service of the questionnaire`,
        }),
        label,
        opens: day,
        hdsCertified: z.boolean({ error: 'true or false is needed' }),
        qualification: z.enum(['qualified', 'in_progress', 'planned'], {
          error: (issue) => `"${issue.input}" is not one of qualified, in_progress, planned`,
        }),
      }),
    )
    .min(1, { error: 'there is no service' })
    .refine((services) => distinct(services.map(({ code }) => code)), { error: 'a service is listed twice' })
    .readonly(),
  sites: z
    .array(
      z.strictObject({
        code: z
          .string()
          .regex(/^[a-z0-9-]+$/, { error: 'a site code is lower-case letters, digits, dashes' }),
        label,
      }),
    )
    .min(1, { error: 'there is no site' })
    .refine((sites) => distinct(siteCodes({ sites })), { error: 'a site is listed twice' })
    .readonly(),
  freezes: z.array(range).readonly(),
  /** Whether *go* takes two people while no contract is recorded. */
  contractBeforeGo: z.boolean({ error: 'true or false is needed' }).optional(),
  /** Per cent of the points of each wave that are kept for large customers: 30 is a good start. */
  largeShare: z
    .int({ error: 'a whole number of per cent is needed' })
    .min(1, { error: 'leave the share out to keep nothing' })
    .max(90, { error: 'more than 90 per cent would leave too little to all others' })
    .optional(),
  laws: z.array(law).readonly().optional(),
});

const origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && text.startsWith('https://'), {
    error: (issue) => `"${issue.input}" is not an https address without a path`,
  });

/** Retention periods that CloudWatch Logs accepts, in days. */
const logRetention = z.union(
  [30, 60, 90, 180, 365, 400, 731, 1096].map((days) => z.literal(days)),
  {
    error: (issue) => `logs cannot be kept for ${issue.input} days (30, 60, 90, 180, 365, 400, 731 or 1096)`,
  },
);

const stage = z
  .strictObject({
    /** Part of every name: several stages may live in one account. */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9]{1,11}$/, { error: 'a stage has 2 to 12 lower-case letters and digits' }),
    region,
    /** Regions the stack may be synthesised for. */
    allowedRegions: z.array(region).min(1, { error: 'no region is allowed' }),
    /** Whether the table, its backups and its keys outlive the stack. */
    keepData: z.boolean({ error: 'true or false is needed' }),
    /** Replaces the stack's own table after a backup was restored: docs/operations.md, "Restore the table". */
    restoredTable: z
      .strictObject({
        name: z
          .string()
          .regex(/^[\w.-]{3,255}$/, { error: (issue) => `"${issue.input}" is not a table name` }),
        streamLabel: z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+$/, {
          error: (issue) => `"${issue.input}" is not a stream label (see LatestStreamLabel of the table)`,
        }),
      })
      .optional(),
    platform,
    /** What the public pages say; its parts are checked by their types, and by `publicationFaults` below. */
    publication: z.custom<Publication>((given) => typeof given === 'object' && given !== null, {
      error: 'what the public pages say is missing',
    }),
    web: z.strictObject({
      /** The stage's own domain; without it, API Gateway's address is used. */
      domain: z
        .strictObject({
          origin,
          /** Identifier (not ARN) of the certificate in AWS Certificate Manager, in the stack's region. */
          certificateId: z.uuid({ error: (issue) => `"${issue.input}" is not a certificate identifier` }),
        })
        .optional(),
    }),
    mail: z.strictObject({
      from: mailAddress,
      operators: mailAddress,
      /** Receives alarms. */
      alarms: mailAddress,
      /** Mails a second that one call sends: below the rate of the account in SES, which is 1 in its sandbox. */
      perSecond: wholeNumber(1, 500, 'mails a second').default(10),
    }),
    /** What is asked of whoever answers for a customer beside the personal link. */
    customerIdentity: z
      .enum(customerIdentities, {
        error: (issue) => `"${issue.input}" is not one of ${customerIdentities.join(', ')}`,
      })
      .default('link'),
    /** How the stage is registered at ProConnect: docs/operations.md, "Register at ProConnect". */
    proConnect: z
      .strictObject({
        issuer: z.url({
          protocol: /^https$/,
          error: (issue) => `"${issue.input}" is not an https address`,
        }),
        clientId: words('the client id is missing'),
        algorithm: z
          .enum(proConnectAlgorithms, {
            error: (issue) => `"${issue.input}" is not one of ${proConnectAlgorithms.join(', ')}`,
          })
          .default('RS256'),
      })
      .optional(),
    /** Account owner of the onboardings started from the public pages. */
    sales: z.strictObject({ owner: mailAddress, team: words('the team is missing') }),
    signIn: z.strictObject({
      /** First part of the host name of the sign-in pages; unique in the region. */
      domainPrefix: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/, {
        error: 'a sign-in prefix has lower-case letters, digits, dashes',
      }),
      /** Last part of that host name, which depends on the partition. */
      hostedDomain: z.hostname({ error: (issue) => `"${issue.input}" is not a host name` }),
      /** Client programs that may use the API. */
      machineClients: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, {
              error: 'a client name has lower-case letters, digits, dashes',
            }),
            scopes: z
              .array(
                z.enum(['read', 'write', 'operations'], {
                  error: (issue) => `"${issue.input}" is not one of read, write, operations`,
                }),
              )
              .min(1, { error: 'a client without scopes can do nothing' }),
          }),
        )
        .refine((clients) => distinct(clients.map(({ name }) => name)), {
          error: 'a client is listed twice',
        }),
    }),
    registry: z.strictObject({
      url: z.url({ protocol: /^https$/, error: (issue) => `"${issue.input}" is not an https address` }),
      userAgent: words('the user agent is missing: the registry asks for a contact'),
    }),
    retention: z.strictObject({
      /** Days after which closed onboardings are pseudonymised. */
      closedOnboardingDays: wholeNumber(30, 3650, 'days'),
      backupDays: wholeNumber(7, 365, 'days'),
      logDays: logRetention,
      /** Days for which business events can be replayed from the archive. */
      eventDays: wholeNumber(1, 365, 'days'),
    }),
    quotas: z.strictObject({
      requestsPerSecond: wholeNumber(1, 10_000, 'requests a second'),
      burst: wholeNumber(1, 5_000, 'requests'),
      /** Requests a minute with one personal link. */
      perLink: wholeNumber(10, 10_000, 'requests a minute'),
      /** Requests a minute from one API client or one signed-in person. */
      perClient: wholeNumber(60, 100_000, 'requests a minute'),
      /** Requests a minute from one IP address, which a whole ministry may share. */
      perAddress: wholeNumber(300, 100_000, 'requests a minute'),
    }),
  })
  .refine((given) => given.allowedRegions.includes(given.region), {
    path: ['region'],
    error: 'the region is not among the allowed ones',
  })
  .refine((given) => given.customerIdentity !== 'link_and_proconnect' || given.proConnect !== undefined, {
    path: ['proConnect'],
    error: 'the stage asks for ProConnect and does not say how it is registered there',
  })
  .check(({ value, issues }) => {
    for (const message of publicationFaults(value.platform, value.publication)) {
      issues.push({ code: 'custom', path: ['publication'], message, input: value.publication });
    }
  });

/** All that differs between two deployments of the system. */
export type StageConfiguration = z.infer<typeof stage>;
/** A stage's file, before it is checked. */
export type StageFile = z.input<typeof stage>;

/**
 * Checks a stage's file.
 *
 * @throws StageConfigurationError naming the first wrong value.
 */
export function checkStage(name: string, file: unknown): StageConfiguration {
  const checked = stage.safeParse(file);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new StageConfigurationError(
    `The configuration of stage "${name}" is wrong${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? 'unreadable'}.`,
  );
}
