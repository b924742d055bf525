import { calendarDateOf } from '../domain/calendar-date.ts';
import { type ConditionTask, openTasks } from '../domain/classification/condition-tasks.ts';
import { blockingConditions, conditionsAgainstGo } from '../domain/classification/conditions.ts';
import type { ConditionCode } from '../domain/classification/outcomes.ts';
import { contractMissing } from '../domain/onboarding/contract.ts';
import type { ReviewKind } from '../domain/onboarding/lifecycle.ts';
import { answersForSize } from '../domain/onboarding/part-sizes.ts';
import { answersInForce, type ResultRecord } from '../domain/onboarding/records.ts';
import type { Contract, Snapshot } from '../domain/onboarding/state.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers, Contact } from '../domain/questionnaire/answers.ts';
import { type ContactRole, contactRoles } from '../domain/questionnaire/option-codes.ts';
import { firstDeadline, type HardDeadline } from '../domain/waves/demand.ts';
import { effortFrom } from '../domain/waves/demand-of.ts';
import type { Effort } from '../domain/waves/effort.ts';
import { type NearWave, nearestWaves } from '../domain/waves/nearest-waves.ts';
import { largestWave } from '../domain/waves/placement.ts';
import { knownSize, type Quantity, tooLargeMailboxes } from '../domain/waves/sizing.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { placingOf } from './read-placing.ts';

type Reading = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>;

export interface PlacementFacts {
  readonly about: 'placement';
  /** Undefined while no one knows a number. */
  readonly users: Quantity | undefined;
  readonly effort: Effort;
  /** Points of the largest wave at a site that the customer accepts; undefined while there is none. */
  readonly largestWave: number | undefined;
  readonly deadline: HardDeadline | undefined;
  /** The waves that lack least, the nearest first. */
  readonly nearest: readonly NearWave[];
}

/** A blocking condition that is still open on the day of the cutover. */
export interface OpenCondition {
  readonly code: ConditionCode;
  /** Whether *go* takes a second person while it is open. */
  readonly againstGo: boolean;
  /** Who has to clear it and by when. */
  readonly task: ConditionTask | undefined;
}

/** The contract, as far as it is known. */
export interface ContractFact {
  readonly recorded: Contract | undefined;
  /** Whether *go* takes a second person because it is missing. */
  readonly againstGo: boolean;
}

export interface GoNoGoFacts {
  readonly about: 'go_no_go';
  readonly conditions: readonly OpenCondition[];
  readonly contract: ContractFact;
  readonly contacts: readonly ({ readonly role: ContactRole } & Contact)[];
  /** Mailboxes over 200 GB, which cannot be migrated; 0 where no mail is. An estimate of 0 means that no one knows. */
  readonly mailboxesOver200GB: Quantity;
}

/** What a review is about; personal data for staff, never for events or logs. */
export type ShownFacts = PlacementFacts | GoNoGoFacts;

function contactsOf({ E5 }: Answers): GoNoGoFacts['contacts'] {
  return contactRoles.flatMap((role) => {
    const contact = E5?.[role];
    return contact === undefined ? [] : [{ role, ...contact }];
  });
}

function goNoGoFacts(
  answers: Answers,
  result: ResultRecord,
  { day, contract }: { readonly day: string; readonly contract: ContractFact },
): GoNoGoFacts {
  const { assessment, cleared } = result;
  const { conditions } = assessment;
  const against = conditionsAgainstGo(conditions, cleared, day).map(({ code }) => code);
  const tasks = openTasks(result, day);
  return {
    about: 'go_no_go',
    conditions: blockingConditions(conditions, cleared, day).map(({ code }) => ({
      code,
      againstGo: against.includes(code),
      task: tasks.find((task) => task.code === code),
    })),
    contract,
    contacts: contactsOf(answers),
    mailboxesOver200GB: tooLargeMailboxes(answers),
  };
}

/** The facts that a placement review or a go/no-go is about; undefined for other reviews and without a result. */
export async function factsShown(
  { store, clock, platform }: Reading,
  { state, booking }: Snapshot,
  kind: ReviewKind,
): Promise<ShownFacts | undefined> {
  if (kind !== 'placement' && kind !== 'go_no_go') return undefined;
  const [submission, result] = await Promise.all([
    store.dossiers.submission(state.reference),
    store.dossiers.result(state.reference),
  ]);
  if (submission === undefined || result === undefined) return undefined;
  const answers = answersInForce(submission);
  const asOf = calendarDateOf(clock.now());
  if (kind === 'go_no_go') {
    const contract = { recorded: state.contract, againstGo: contractMissing(platform, state) };
    return goNoGoFacts(answers, result, { day: booking?.cutover ?? asOf, contract });
  }
  const [{ demand }, calendar, intake] = await Promise.all([
    placingOf(store, state, asOf),
    store.waves.calendar(siteCodes(platform)),
    store.dossiers.intake(state.reference),
  ]);
  const sized = answersForSize(answers, state.part);
  return {
    about: 'placement',
    users: knownSize(sized, intake).users,
    effort: effortFrom(sized, result.assessment, intake),
    largestWave: largestWave(demand, calendar),
    deadline: firstDeadline(demand),
    nearest: nearestWaves(demand, calendar, { asOf, platform }),
  };
}
