import * as z from 'zod/mini';
import { nextDay } from '../domain/classification/condition-tasks.ts';
import { registryStatuses } from '../domain/classification/facts.ts';
import { conditionCodes } from '../domain/classification/outcomes.ts';
import type { Effect } from '../domain/onboarding/effects.ts';
import {
  type CustomerRequest,
  type IntakeRecord,
  type ResultRecord,
  resultCauses,
  type Submission,
} from '../domain/onboarding/records.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import type { Assessment } from '../domain/readiness/assessment.ts';
import { languages } from '../domain/text.ts';
import { createDrafts, type Drafts, submittedVersion } from './drafts.ts';
import { indexKeys, type Key, keys, referenceOf } from './keys.ts';
import { withOthers } from './other-attributes.ts';
import { type Condition, type Item, type Table, type Write, written } from './table.ts';
import { type NoteUnreadable, readEach, readItem } from './unreadable.ts';
import { putAnyway } from './writes.ts';

const text = z.optional(z.string());

/** An organisation and its contact, from intake and the registry. */
const intakeItem = z.object({
  siren: z.string(),
  siret: text,
  legalName: z.string(),
  bodyType: z.string(),
  contactName: z.string(),
  contactEmail: z.string(),
  language: z.enum(languages),
  services: z.array(z.string()),
  usersInScope: z.optional(z.number()),
  serversInScope: z.optional(z.number()),
  earliestDate: text,
  latestDate: text,
  deadlineReason: z.string(),
  owner: z.string(),
  team: z.string(),
  group: text,
  parentSiren: text,
  scope: text,
  registry: z.optional(
    z.object({
      status: z.enum(registryStatuses),
      checkedAt: z.iso.datetime(),
      facts: z.optional(z.record(z.string(), z.union([z.string(), z.boolean()]))),
    }),
  ),
});

/** Answers were validated before they were stored: here only their outer shape is checked. */
const answers = z.custom<Answers>((value) => typeof value === 'object' && value !== null);

const submissionItem = z.object({
  questionnaireVersion: z.int(),
  answers,
  number: z.int(),
  at: z.iso.datetime(),
  /** What the customer has declared since. */
  declarations: z.optional(
    z.array(z.object({ condition: z.enum(conditionCodes), answers, at: z.iso.datetime() })),
  ),
  /** Absent in submissions of earlier releases. */
  circumstances: z.optional(
    z.object({
      language: z.enum(languages),
      organisation: z.string(),
      by: z.string(),
      corrects: z.optional(z.int()),
      ruleSet: text,
      people: z.optional(z.record(z.string(), z.string())),
      interviews: z.optional(
        z.record(
          z.string(),
          z.object({ operator: z.string(), name: z.string(), role: z.string(), on: z.string() }),
        ),
      ),
      letter: z.optional(z.object({ reference: z.string(), on: z.string(), interview: z.string() })),
      answered: z.record(z.string(), z.object({ by: z.string(), at: z.iso.datetime() })),
    }),
  ),
});

/** Results are computed by the rules and stored as they are: here only their outer shape is checked. */
const assessment = z.custom<Assessment>((value) => typeof value === 'object' && value !== null);
const readiness = z.custom<Assessment['readiness']>((value) => typeof value === 'object' && value !== null);

/** When a condition was raised, up to which day its owner was reminded, and where an operator has moved its date. */
const conditionDates = z.object({
  raisedOn: z.string(),
  remindedUpTo: z.string(),
  moved: z.optional(z.object({ from: z.string(), to: z.string(), reason: z.string(), on: z.string() })),
});

/** The result of the rules for the last submission. */
const resultItem = z.object({
  /** The submission and the number of reviews that the result is based on. */
  standsOn: z.string(),
  assessedOn: z.string(),
  assessment,
  previous: z.optional(readiness),
  /** Conditions that operators or the cutover have cleared so far; the history says who, when and on what evidence. */
  cleared: z.array(z.enum(conditionCodes)),
  changed: z.optional(z.object({ on: z.string(), by: z.enum(resultCauses) })),
  askedOn: text,
  /** By condition; absent in results of earlier releases. */
  dates: z.optional(z.partialRecord(z.enum(conditionCodes), conditionDates)),
});

function toSubmission(item: Item): Submission {
  return withOthers(z.parse(submissionItem, item), item, submissionItem.shape);
}

function toResult(item: Item): ResultRecord {
  return withOthers(z.parse(resultItem, item), item, resultItem.shape);
}

const requestItem = z.object({
  questions: z.array(z.string()),
  message: z.string(),
  at: z.iso.datetime(),
});

const matterItem = z.object({ matter: z.string() });

/** What an onboarding has of it that can be read. */
export interface LatestDossier {
  readonly submission?: Submission | undefined;
  readonly result?: ResultRecord | undefined;
}

export interface Dossiers extends Drafts {
  intake(reference: string): Promise<IntakeRecord>;
  submission(reference: string): Promise<Submission | undefined>;
  /** Every submission that is kept, the last one first. */
  submissions(reference: string): Promise<readonly Submission[]>;
  result(reference: string): Promise<ResultRecord | undefined>;
  /** The last submission and result of each of these onboardings, by reference: a hundred in two requests. */
  latest(references: readonly string[]): Promise<ReadonlyMap<string, LatestDossier>>;
  /** What an operator asked the customer last, answered or not. */
  request(reference: string): Promise<CustomerRequest | undefined>;
  /** What the customer wants to talk about; undefined when it did not say, or the talk is over. */
  matter(reference: string): Promise<string | undefined>;
  /**
   * Lists the results of these onboardings by date that an earlier release stored, which knew no dates of conditions.
   *
   * @returns how many there were.
   */
  listDates(references: readonly string[]): Promise<number>;
  /** Notes that the register could not answer on a day, and puts the result off to the next day that asks for something. */
  noteAsked(reference: string, result: ResultRecord, day: string): Promise<void>;
  /**
   * Takes a result out of the list of conditions by date; its onboarding has ended, or is handed over. Has no effect when
   * it has changed since the state was read.
   */
  forgetDates(state: Pick<OnboardingState, 'reference' | 'version'>): Promise<void>;
}

export const dossierWrites = {
  intake: (reference: string, intake: IntakeRecord): Write =>
    putAnyway({ ...keys.intake(reference), ...intake }),
  /** Fails when answers were saved since the draft was read that the submission was made of. */
  submission: (
    reference: string,
    { submission, former, draft, byMachine }: Extract<Effect, { readonly kind: 'put_submission' }>,
  ): readonly Write[] => [
    putAnyway({ ...keys.submission(reference), ...submission }),
    ...(former === undefined
      ? []
      : [putAnyway({ ...keys.formerSubmission(reference, former.number), ...former })]),
    submittedVersion(reference, draft, byMachine),
  ],
  declarations: (reference: string, submission: Submission): Write =>
    putAnyway({ ...keys.submission(reference), ...submission }),
  redacted: (
    reference: string,
    { last, former }: Extract<Effect, { readonly kind: 'redact_submissions' }>,
  ): readonly Write[] => [
    putAnyway({ ...keys.submission(reference), ...last }),
    ...former.map((each) => putAnyway({ ...keys.formerSubmission(reference, each.number), ...each })),
  ],
  /** Without a day to look at it again, it leaves the list of conditions by date. */
  result: (reference: string, result: ResultRecord, lookAgainOn?: string): Write =>
    putAnyway({
      ...keys.result(reference),
      ...result,
      ...(lookAgainOn === undefined ? {} : indexKeys.conditions(lookAgainOn, reference)),
    }),
  request: (reference: string, request: CustomerRequest): Write =>
    putAnyway({ ...keys.request(reference), ...request }),
  matter: (reference: string, matter: string): Write => putAnyway({ ...keys.talk(reference), matter }),
} as const;

/** The intake item of an onboarding is missing although its state exists: they are written together. */
export class DossierIncompleteError extends Error {
  override readonly name = 'DossierIncompleteError';
}

/** The condition that an onboarding has not changed since its state was read. */
function unchangedState(reference: string, version: number): Write {
  const item = {
    ConditionCheck: {
      TableName: '',
      Key: { ...keys.state(reference) },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
    },
  };
  return { guards: 'state', item };
}

export function createDossiers(table: Table, note: NoteUnreadable): Dossiers {
  async function optional<T>(key: Key, parse: (item: Item) => T): Promise<T | undefined> {
    const item = await table.get(key);
    return item === undefined ? undefined : readItem(item, parse, note);
  }
  /** Changes attributes of a result; nothing where its condition does not hold. */
  async function updateResult(
    reference: string,
    update: Condition & { UpdateExpression: string },
    guards: readonly Write[] = [],
  ) {
    const item = { Update: { TableName: '', Key: { ...keys.result(reference) }, ...update } };
    await written(table, [...guards, { guards: 'result', item }]);
  }
  return {
    ...createDrafts(table, note),
    intake: async (reference) => {
      const intake = await optional(keys.intake(reference), (item) =>
        withOthers(z.parse(intakeItem, item), item, intakeItem.shape),
      );
      if (intake === undefined) throw new DossierIncompleteError('The intake of the onboarding is missing');
      return intake;
    },
    submission: (reference) => optional(keys.submission(reference), toSubmission),
    submissions: async (reference) => {
      const { pk, prefix } = keys.submissions(reference);
      const items = await table.queryAll(pk, { prefix, consistent: true });
      return readEach(items, toSubmission, note).items.toSorted((one, other) => other.number - one.number);
    },
    result: (reference) => optional(keys.result(reference), toResult),
    latest: async (references) => {
      const wanted = references.flatMap((each) => [keys.submission(each), keys.result(each)]);
      const stored = await table.getAll(wanted);
      const read = <T>(parse: (item: Item) => T, keyOf: (reference: string) => Key) => {
        const { sk } = keyOf('');
        const of = stored.filter((item) => item['sk'] === sk);
        const parsed = readEach(of, (item) => [String(item['pk']), parse(item)] as const, note).items;
        const byOwner = new Map(parsed);
        return (reference: string) => byOwner.get(keyOf(reference).pk);
      };
      const [submissionOf, resultOf] = [read(toSubmission, keys.submission), read(toResult, keys.result)];
      return new Map(
        references.map((each) => [each, { submission: submissionOf(each), result: resultOf(each) }]),
      );
    },
    request: (reference) => optional(keys.request(reference), (item) => z.parse(requestItem, item)),
    matter: (reference) => optional(keys.talk(reference), (item) => z.parse(matterItem, item).matter),
    listDates: async (references) => {
      const items = await table.getAll(references.map((reference) => keys.result(reference)));
      let listed = 0;
      const read = (item: Item) => ({ item, result: z.parse(resultItem, item) });
      for (const { item, result } of readEach(items, read, note).items) {
        const day = nextDay(result);
        if (result.dates !== undefined || day === undefined || item['duePk'] !== undefined) continue;
        const reference = referenceOf({ pk: String(item['pk']), sk: String(item['sk']) });
        const stored = await table.putIf(
          { ...item, ...indexKeys.conditions(day, reference) },
          {
            // This release writes the dates with every result: what was written meanwhile has its place in the list.
            ConditionExpression:
              'attribute_not_exists(dates) AND standsOn = :standsOn AND cleared = :cleared',
            ExpressionAttributeValues: { ':standsOn': result.standsOn, ':cleared': [...result.cleared] },
          },
        );
        if (stored) listed += 1;
      }
      return listed;
    },
    // A change that came between has put the result in its place in the list.
    noteAsked: async (reference, result, day) => {
      const next = nextDay({ ...result, askedOn: day });
      if (next === undefined) return;
      await updateResult(reference, {
        UpdateExpression: 'SET askedOn = :day, dueSk = :next',
        ConditionExpression: 'attribute_exists(duePk) AND standsOn = :standsOn',
        ExpressionAttributeValues: {
          ':day': day,
          ':next': indexKeys.conditions(next, reference).dueSk,
          ':standsOn': result.standsOn,
        },
      });
    },
    // Erased meanwhile, it is in no list; a cutover that was undone meanwhile has listed it again.
    forgetDates: ({ reference, version }) =>
      updateResult(
        reference,
        { UpdateExpression: 'REMOVE duePk, dueSk', ConditionExpression: 'attribute_exists(pk)' },
        [unchangedState(reference, version)],
      ),
  };
}
