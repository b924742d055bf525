import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { MailSender } from '../domain/mail-sender.ts';
import { type CustomerIdentity, customerIdentities } from '../domain/onboarding/customer-identity.ts';
import { type PlatformConfiguration, serviceCodes } from '../domain/platform-configuration.ts';
import { systemClock } from './clock.ts';
import { standardLogger } from './log.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { TaskHandler } from './task.ts';

/** A function was deployed without a required environment variable. */
export class MissingSettingError extends Error {
  override readonly name = 'MissingSettingError';
}

export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new MissingSettingError(`The environment variable ${name} is missing`);
  return value;
}

export function registryFromEnvironment(): Registry {
  return createRegistry(
    {
      baseUrl: required('REGISTRY_URL'),
      requestsPerSecond: 7,
      timeout: 3_000,
      userAgent: required('REGISTRY_USER_AGENT'),
    },
    systemClock,
    standardLogger,
  );
}

const days = z.coerce.number().check(z.int(), z.positive());

/** Days that personal data is kept after an onboarding was closed. */
export function retentionDaysFromEnvironment(): number {
  return z.parse(days, required('RETENTION_DAYS'));
}

/** The sender of all mails; its records of DKIM have names such as `selector._domainkey.platform.example`. */
export function mailSenderFromEnvironment(): MailSender {
  const records = required('DKIM_RECORDS').split(' ');
  return {
    address: required('MAIL_FROM'),
    dkimSelectors: records.map((name) => name.replace(/\._domainkey\..*$/, '')),
  };
}

/** What a stage asks of whoever answers for a customer beside the personal link. */
export function customerIdentityFromEnvironment(): CustomerIdentity {
  return z.parse(z.enum(customerIdentities), required('CUSTOMER_IDENTITY'));
}

const label = z.object({ fr: z.string(), en: z.string() });
const day = z.iso.date();
const configuration = z.object({
  version: z.string(),
  name: z.string(),
  preparationOpens: day,
  services: z.array(
    z.object({
      code: z.enum(serviceCodes),
      label,
      opens: day,
      hdsCertified: z.boolean(),
      qualification: z.enum(['qualified', 'in_progress', 'planned']),
    }),
  ),
  sites: z.array(z.object({ code: z.string(), label })),
  freezes: z.array(z.object({ from: day, to: day })),
  contractBeforeGo: z.optional(z.boolean()),
  largeShare: z.optional(z.int()),
  laws: z.optional(
    z.array(
      z.object({
        code: z.string(),
        name: label,
        statuses: z.array(z.object({ from: day, statement: label, source: label, checked: day })),
      }),
    ),
  ),
});

/**
 * The platform configuration of the stage. It is read from a file beside the code, because the environment variables of a
 * function are limited to 4 kB in all.
 */
export function platformFromEnvironment(): PlatformConfiguration {
  const file = new URL(required('PLATFORM_CONFIGURATION'), import.meta.url);
  return z.parse(configuration, JSON.parse(readFileSync(file, 'utf8')));
}

/** Creates a handler at its first call, so that its module can be imported without its environment variables. */
export function lazily(create: () => TaskHandler): TaskHandler {
  let handler: TaskHandler | undefined;
  return (event, context) => {
    handler ??= create();
    return handler(event, context);
  };
}
