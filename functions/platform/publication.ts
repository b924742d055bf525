import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { serviceCodes } from '../domain/platform-configuration.ts';
import { type Published, publicationFile } from '../domain/trust/publication.ts';
import {
  assuranceLevels,
  criterionCodes,
  milestoneCodes,
  objectiveCodes,
} from '../domain/trust/trust-record.ts';

const text = z.object({ fr: z.string(), en: z.string() });
const day = z.iso.date();
const evidence = z.object({ title: text, source: text, date: day });
const claimed = z.object({ kind: z.literal('claimed'), statement: text, evidence: z.array(evidence) });
const notClaimed = z.object({ kind: z.literal('not_claimed'), note: text });
const claim = z.discriminatedUnion('kind', [claimed, notClaimed]);
const objectiveClaim = z.discriminatedUnion('kind', [
  z.extend(claimed, { level: z.enum(assuranceLevels) }),
  notClaimed,
]);

const trust = z.object({
  version: z.string(),
  date: day,
  notice: z.optional(text),
  criteria: z.record(z.enum(criterionCodes), claim),
  services: z.array(
    z.object({
      code: z.enum(serviceCodes),
      milestones: z.array(z.object({ code: z.enum(milestoneCodes), evidence })),
      healthData: claim,
    }),
  ),
  objectives: z.record(z.enum(objectiveCodes), objectiveClaim),
  publicFacts: z.array(z.object({ date: day, statement: text, source: text })),
});

const party = { name: z.string(), address: z.string() };
const days = z.int();

const published = z.object({
  trust,
  publisher: z.object({ ...party, registration: text, phone: z.string(), director: z.string() }),
  dataProtectionOfficer: z.string(),
  host: z.object({ ...party, phone: z.string(), place: text, law: text }),
  processors: z.array(z.object({ name: z.string(), purpose: text, place: text })),
  feedbackUrl: z.optional(z.string()),
  retention: z.object({
    closedOnboardingDays: days,
    backupDays: z.optional(days),
    logDays: z.optional(days),
    eventDays: z.optional(days),
  }),
});

/** Reads what a stage publishes. */
export function readPublished(given: unknown): Published {
  return z.parse(published, given);
}

/** What the stage publishes, from the file beside the code. */
export function publicationFromFile(): Published {
  return readPublished(JSON.parse(readFileSync(new URL(publicationFile, import.meta.url), 'utf8')));
}
