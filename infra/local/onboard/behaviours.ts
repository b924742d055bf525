import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Intake } from '../../../functions/domain/intake/intake.ts';
import { outcomes, reviewKinds, stages } from '../../../functions/domain/onboarding/lifecycle.ts';
import { mailboxSizes } from '../../../functions/domain/questionnaire/option-codes.ts';
import { tiers } from '../../../functions/domain/readiness/tier.ts';
import { day, hour, minute } from '../../../functions/domain/time.ts';

/** The profile on which all others are based, directly or indirectly. */
export const defaultProfile = 'default';

const units = { m: minute, h: hour, d: day } as const;

/** A delay such as `3h` or `12d`, in milliseconds. */
const delay = z.templateLiteral([z.int().nonnegative(), z.enum(['m', 'h', 'd'])]).transform((text) => {
  const unit = text.endsWith('m') ? units.m : text.endsWith('h') ? units.h : units.d;
  return Number.parseInt(text, 10) * unit;
});

const given = z.record(z.string(), z.unknown());
/** Answers by question id. */
export type Given = z.infer<typeof given>;

const waveDecision = z.strictObject({
  after: delay,
  decision: z.enum(['confirm', 'another_date', 'decline', 'silence']),
});

const customer = z.strictObject({
  invitation: z.strictObject({
    after: delay,
    decision: z.enum(['answer', 'decline', 'silence']),
    reason: z.string().default('-'),
  }),
  /** Counted from the start of the preparation wave; the next of `updates` is submitted. */
  preparation: z.strictObject({ after: delay }),
  /** One entry for each proposed date; the last one is repeated. */
  wave: z.tuple([waveDecision], waveDecision),
  offer: z.strictObject({ after: delay, decision: z.enum(['accept', 'refuse', 'silence']) }),
  withdrawal: z.strictObject({ stage: z.enum(stages), after: delay, reason: z.string() }).optional(),
});

const reviewDecision = z.strictObject({
  after: delay,
  decision: z.string(),
  reason: z.string(),
  tier: z.enum(['READY', 'CONDITIONAL', 'NOT_READY']).optional(),
  sections: z.array(z.string()).optional(),
  /** With `split`: the parts of a customer that is larger than every wave. */
  parts: z
    .array(
      z.strictObject({
        scope: z.string(),
        users: z.int().nonnegative(),
        mailboxesOver50: z.int().nonnegative(),
        servers: z.int().nonnegative(),
      }),
    )
    .optional(),
});
export type PlannedReview = z.infer<typeof reviewDecision>;

const operator = z.strictObject({
  /** By kind of review, one entry for each occurrence; the last one is repeated. */
  reviews: z.record(z.enum(reviewKinds), z.tuple([reviewDecision], reviewDecision)),
  /** Conditions cleared while the wave is confirmed. */
  clearances: z.array(z.strictObject({ condition: z.string(), after: delay, evidence: z.string() })),
});

const behaviour = z.strictObject({
  answers: given,
  /** Changes of the answers with each later submission, added to the previous ones. */
  updates: z.array(given),
  customer,
  operator,
});
/** The answers of a prospect, and the actions of its people and of the operators. Delays are in milliseconds. */
export type Behaviour = z.infer<typeof behaviour>;

const differences = {
  answers: given.optional(),
  updates: z.array(given).optional(),
  customer: given.optional(),
  operator: z
    .strictObject({ reviews: given.optional(), clearances: z.array(z.unknown()).optional() })
    .optional(),
};
const profileFile = z.strictObject({ about: z.string(), like: z.string().optional(), ...differences });
type Differences = Pick<z.infer<typeof profileFile>, 'answers' | 'updates' | 'customer' | 'operator'>;

const expectation = z.strictObject({
  /** The first tier assigned by the rules; null if none is assigned. */
  tier: z.enum(tiers).nullable(),
  outcome: z.enum(outcomes),
  /** The final tier, if it differs. */
  finalTier: z.enum(tiers).optional(),
  requirementLevel: z.string().optional(),
  because: z.string().optional(),
  /** Events that the history must contain. */
  through: z.array(z.string()).optional(),
});
export type Expectation = z.infer<typeof expectation>;

const indexFile = z.record(
  z.string().regex(/^\d{9}$/),
  z.strictObject({ profile: z.string(), ...expectation.shape, ...differences }),
);

export interface Played {
  readonly profile: string;
  readonly behaviour: Behaviour;
  /** Absent for a prospect that is not in the index. */
  readonly expected?: Expectation;
}

export interface Behaviours {
  of(siren: string): Played;
}

/** A file of the answers folder is missing or wrong; the message names the file and the problem. */
export class BehavioursUnreadableError extends Error {
  override readonly name = 'BehavioursUnreadableError';
}

function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = join(folder, `${name}.json`);
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const what =
      error instanceof z.ZodError
        ? z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ')
        : error instanceof Error
          ? error.message
          : String(error);
    throw new BehavioursUnreadableError(`${file}: ${what}`, { cause: error });
  }
}

/** The more specific profile wins, question by question and act by act; null removes an answer. */
function over(base: Differences, top: Differences): Differences {
  const answers = Object.entries({ ...base.answers, ...top.answers }).filter(([, value]) => value !== null);
  return {
    answers: Object.fromEntries(answers),
    updates: top.updates ?? base.updates ?? [],
    customer: { ...base.customer, ...top.customer },
    operator: {
      reviews: { ...base.operator?.reviews, ...top.operator?.reviews },
      clearances: top.operator?.clearances ?? base.operator?.clearances ?? [],
    },
  };
}

/**
 * Reads the simulated behaviour from a folder: `index.json` gives the profile and the expected outcome of each SIREN, each
 * other file is a profile. Prospects not in the index use the default profile.
 *
 * @throws BehavioursUnreadableError
 */
export function readBehaviours(folder: string): Behaviours {
  const index = readJson(folder, 'index', indexFile);
  const profiles = new Map<string, Differences>();

  function profile(name: string, below: readonly string[] = []): Differences {
    const known = profiles.get(name);
    if (known !== undefined) return known;
    if (below.includes(name)) {
      throw new BehavioursUnreadableError(
        `${join(folder, `${name}.json`)}: "like" refers to itself in a cycle`,
      );
    }
    const { like, about: _, ...own } = readJson(folder, name, profileFile);
    const base = name === defaultProfile ? {} : profile(like ?? defaultProfile, [...below, name]);
    const whole = over(base, own);
    profiles.set(name, whole);
    return whole;
  }

  function complete(name: string, differing: Differences, whose: string): Behaviour {
    const read = behaviour.safeParse(over(profile(name), differing));
    if (read.success) return read.data;
    const what = z.prettifyError(read.error).replaceAll(/\s*\n\s*/g, ' ');
    throw new BehavioursUnreadableError(`${folder}: profile ${name}${whose}: ${what}`);
  }

  const ordinary: Played = { profile: defaultProfile, behaviour: complete(defaultProfile, {}, '') };
  const played = new Map(
    Object.entries(index).map(([siren, entry]): [string, Played] => {
      const { profile: name, answers, updates, customer: acts, operator: decides, ...expected } = entry;
      const differing: Differences = { answers, updates, customer: acts, operator: decides };
      return [siren, { profile: name, behaviour: complete(name, differing, ` of ${siren}`), expected }];
    }),
  );
  return { of: (siren) => played.get(siren) ?? ordinary };
}

const contactsOf = z.record(z.string(), z.object({ name: z.string(), email: z.string() }));

/**
 * The answers of a prospect at its n-th submission, from 0. Organisation type, services, users, servers and dates come from
 * its row. The number of mailboxes in a profile is per hundred users.
 */
export function answersOf({ answers, updates }: Behaviour, intake: Intake, submission: number): Given {
  const said: Given = Object.assign({}, answers, ...updates.slice(0, submission));
  // The questionnaire ends there, so the later questions have no answers.
  if (said['B1'] === 'yes') {
    const before = Object.entries(said).filter(([id]) => id.startsWith('A') || id === 'B1');
    return { ...Object.fromEntries(before), A3: intake.bodyType };
  }
  const users = intake.usersInScope ?? numberIn(said['C2'], 'usersInScope');
  return {
    ...said,
    A3: intake.bodyType,
    C1: [...intake.services],
    C2: { usersInScope: users, totalStaff: Math.ceil((users * 5) / 4) },
    C3: Object.fromEntries(
      mailboxSizes.map((size) => [size, Math.floor((numberIn(said['C3'], size) * users) / 100)]),
    ),
    C6: {
      ...fieldsOf(said['C6']),
      ...(intake.serversInScope === undefined ? {} : { servers: intake.serversInScope }),
    },
    E1: {
      earliest: intake.earliestDate ?? fieldsOf(said['E1'])['earliest'],
      ...(intake.latestDate === undefined ? {} : { latest: intake.latestDate }),
      reason: intake.deadlineReason,
    },
    E5: contactsWith(said['E5'], intake),
  };
}

/** Uses the contact of the row as the project manager. */
function contactsWith(contacts: unknown, { contactName, contactEmail }: Intake): Given {
  const known = contactsOf.safeParse(contacts);
  return { ...(known.success ? known.data : {}), projectManager: { name: contactName, email: contactEmail } };
}

function fieldsOf(value: unknown): Given {
  const fields = given.safeParse(value);
  return fields.success ? fields.data : {};
}

function numberIn(value: unknown, name: string): number {
  const found = fieldsOf(value)[name];
  return typeof found === 'number' ? found : 0;
}
