import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.ts';
import { type BlockingCondition, openAtCutover } from '../domain/onboarding/blocking-conditions.ts';
import { contractMissing } from '../domain/onboarding/contract.ts';
import type { ReviewKind } from '../domain/onboarding/lifecycle.ts';
import { answersForSize } from '../domain/onboarding/part-sizes.ts';
import { answersInForce, type ResultRecord } from '../domain/onboarding/records.ts';
import { type OpenRemediation, openRemediation } from '../domain/onboarding/remediation.ts';
import type { Contract, Snapshot } from '../domain/onboarding/state.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers, Contact } from '../domain/questionnaire/answers.ts';
import { type ContactRole, contactRoles } from '../domain/questionnaire/option-codes.ts';
import { firstDeadline, type HardDeadline } from '../domain/waves/demand.ts';
import { effortFrom } from '../domain/waves/demand-of.ts';
import type { Effort } from '../domain/waves/effort.ts';
import { withKept } from '../domain/waves/large-customers.ts';
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

/** The contract, as far as it is known. */
export interface ContractFact {
  readonly recorded: Contract | undefined;
  /** Whether *go* takes a second person because it is missing. */
  readonly againstGo: boolean;
}

export interface GoNoGoFacts {
  readonly about: 'go_no_go';
  readonly conditions: readonly BlockingCondition[];
  readonly contract: ContractFact;
  readonly contacts: readonly ({ readonly role: ContactRole } & Contact)[];
  /** Mailboxes over 200 GB, which cannot be migrated; 0 where no mail is. An estimate of 0 means that no one knows. */
  readonly mailboxesOver200GB: Quantity;
  readonly remediation: readonly OpenRemediation[];
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
  {
    day,
    contract,
    remediation,
  }: { readonly day: CalendarDate } & Pick<GoNoGoFacts, 'contract' | 'remediation'>,
): GoNoGoFacts {
  return {
    about: 'go_no_go',
    conditions: openAtCutover(result, day),
    contract,
    contacts: contactsOf(answers),
    mailboxesOver200GB: tooLargeMailboxes(answers),
    remediation,
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
    const remediation = openRemediation(answers, state, booking?.cutover);
    return goNoGoFacts(answers, result, { day: booking?.cutover ?? asOf, contract, remediation });
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
    nearest: nearestWaves(demand, withKept(calendar, { asOf, platform }), { asOf, platform }),
  };
}
