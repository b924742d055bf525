import type { ReviewKind, Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { ContractError } from '../../functions/platform/task.ts';
import type { TaskName } from '../../workflows/tasks.ts';
import { waveWith } from '../domain/waves/fixtures.ts';
import { classified, doubtful, journeys, noDate, notReady, tooLate } from '../support/journeys.ts';
import type { Scenario } from '../support/scenario.ts';

type Act = (s: Scenario, reference: string) => Promise<void>;

/** What somebody does that ends a wait, and the stage that an onboarding comes to by it. */
interface Ending {
  readonly outcome: string;
  readonly act: Act;
  readonly leadsTo: Stage;
}

/** A wait of the workflow, and how people lead into it and out of it. */
interface WalkedWait {
  /** Its name in the definition. */
  readonly wait: string;
  readonly task: TaskName;
  readonly enter: (s: Scenario) => Promise<string>;
  readonly turnInDays: number;
  /** What leaves room for two turns, where the calendar of the walk does not. */
  readonly calendar?: readonly Wave[];
  readonly endings: readonly Ending[];
}

/** Few waves, so that many months pass quickly: some for those who come at once, some for those who prepare first. */
export const walkCalendar: readonly Wave[] = [
  ...['2027-03-09', '2027-04-06', '2027-05-04'],
  ...['2028-01-11', '2028-02-08'],
].map((cutover) => waveWith({ cutover }));
/** After the dates that a waiting customer cannot take. */
const late = waveWith({ cutover: '2029-01-09' });

const submit =
  (answers: Parameters<Scenario['submit']>[1] = {}): Act =>
  (s, reference) =>
    s.submit(reference, answers);

const review =
  (kind: ReviewKind, decision: string, more?: Parameters<Scenario['review']>[3]): Act =>
  (s, reference) =>
    s.review(reference, kind, decision, more);

const answerWave =
  (decision: Parameters<Scenario['answerWave']>[1]): Act =>
  (s, reference) =>
    s.answerWave(reference, decision);

/** Lets a task fail once, in a way that is not tried again. */
export function breakBefore(s: Scenario, task: TaskName): void {
  s.justBefore(task, () => {
    throw new ContractError('input', []);
  });
}

async function acceptAnOffer(s: Scenario, reference: string): Promise<void> {
  await s.runtime.store.waves.create(late);
  await s.changeWave(late.id, { capacity: { ...late.capacity, customers: 4 } });
  await s.answerOffer(reference, 'accept');
}

/** The run breaks on its way to another date, and is resumed when that one is held no more. */
async function letTheNextHoldExpire(s: Scenario, reference: string): Promise<void> {
  breakBefore(s, 'AskCustomerToConfirmWave');
  await s.answerWave(reference, 'another_date');
  await s.jumpDays(11);
  await s.resume(reference);
}

async function cancelTheFirstWave(s: Scenario): Promise<void> {
  await s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true });
}

const decideOnTheEve =
  (decision: string): Act =>
  async (s, reference) => {
    await s.until(reference, 'GO_NO_GO');
    await s.review(reference, 'go_no_go', decision);
  };

async function cancelTheWaveAfterTheGo(s: Scenario, reference: string): Promise<void> {
  s.justBefore('HandOver', () => cancelTheFirstWave(s));
  await decideOnTheEve('go')(s, reference);
}

export const walkedWaits: readonly WalkedWait[] = [
  {
    wait: 'Ask for a qualification review',
    task: 'AskForReview',
    enter: journeys.inQualificationReview,
    turnInDays: 1,
    endings: [
      { outcome: 'ACCEPTED', act: review('qualification', 'accept'), leadsTo: 'INVITED' },
      { outcome: 'NOT_ELIGIBLE', act: review('qualification', 'reject'), leadsTo: 'CLOSED' },
    ],
  },
  {
    wait: 'Invite customer',
    task: 'InviteCustomer',
    enter: journeys.invited,
    turnInDays: 14,
    endings: [
      { outcome: 'ANSWERED', act: submit(), leadsTo: 'WAVE_HELD' },
      { outcome: 'DECLINED', act: (s, reference) => s.declineInvitation(reference), leadsTo: 'CLOSED' },
    ],
  },
  {
    wait: 'Ask to confirm a refusal',
    task: 'AskForReview',
    enter: journeys.inConfirmationReview,
    turnInDays: 1,
    endings: [
      { outcome: 'NOT_ELIGIBLE', act: review('confirmation', 'confirm'), leadsTo: 'CLOSED' },
      { outcome: 'OVERRIDDEN', act: review('confirmation', 'override'), leadsTo: 'WAVE_HELD' },
    ],
  },
  {
    wait: 'Ask for a readiness review',
    task: 'AskForReview',
    enter: journeys.inReadinessReview,
    turnInDays: 1,
    endings: [
      { outcome: 'ACCEPTED', act: review('readiness', 'accept'), leadsTo: 'WAVE_HELD' },
      {
        outcome: 'ASK_CUSTOMER',
        act: review('readiness', 'ask_customer', { sections: ['B'] }),
        leadsTo: 'INVITED',
      },
      { outcome: 'NOT_ELIGIBLE', act: review('readiness', 'reject'), leadsTo: 'CLOSED' },
    ],
  },
  {
    wait: 'Wait for reassessment',
    task: 'WaitForReassessment',
    enter: journeys.preparing,
    turnInDays: 30,
    endings: [{ outcome: 'ANSWERED', act: submit(), leadsTo: 'WAVE_HELD' }],
  },
  {
    wait: 'Ask for a placement review',
    task: 'AskForReview',
    enter: journeys.tooLateForEveryWave,
    turnInDays: 1,
    endings: [
      { outcome: 'WAIT', act: review('placement', 'wait'), leadsTo: 'WAITING_LIST' },
      { outcome: 'NOT_ELIGIBLE', act: review('placement', 'reject'), leadsTo: 'CLOSED' },
    ],
  },
  {
    wait: 'Wait for a slot',
    task: 'WaitForSlot',
    enter: journeys.waiting,
    turnInDays: 7,
    endings: [{ outcome: 'ACCEPTED', act: acceptAnOffer, leadsTo: 'WAVE_CONFIRMED' }],
  },
  {
    wait: 'Ask customer to confirm wave',
    task: 'AskCustomerToConfirmWave',
    enter: journeys.held,
    turnInDays: 10,
    endings: [
      { outcome: 'CONFIRMED', act: answerWave('confirm'), leadsTo: 'WAVE_CONFIRMED' },
      { outcome: 'ANOTHER_DATE', act: answerWave('another_date'), leadsTo: 'WAVE_HELD' },
      { outcome: 'EXPIRED', act: letTheNextHoldExpire, leadsTo: 'WAVE_HELD' },
      { outcome: 'DECLINED', act: answerWave('decline'), leadsTo: 'CLOSED' },
    ],
  },
  {
    wait: 'Wait for go/no-go',
    task: 'WaitForGoNoGo',
    enter: journeys.confirmed,
    turnInDays: 60,
    calendar: [waveWith({ cutover: '2027-06-01' })],
    endings: [
      { outcome: 'GO', act: decideOnTheEve('go'), leadsTo: 'HANDED_OVER' },
      { outcome: 'NO_GO', act: decideOnTheEve('no_go'), leadsTo: 'WAVE_HELD' },
      { outcome: 'MOVED', act: cancelTheFirstWave, leadsTo: 'WAVE_HELD' },
      { outcome: 'GO that comes too late', act: cancelTheWaveAfterTheGo, leadsTo: 'WAVE_HELD' },
    ],
  },
];

export interface LateEntry {
  readonly wait: string;
  /** On the last day on which the run is not too old. */
  readonly before?: Act;
  /** On the day after it. */
  readonly act: Act;
  readonly leadsTo: Stage;
}

/** How customers who have prepared for 300 days come to each wait that they can still come to. */
export const lateEntries: readonly LateEntry[] = [
  {
    wait: 'Invite customer',
    before: submit(doubtful),
    act: review('readiness', 'ask_customer', { sections: ['B'] }),
    leadsTo: 'INVITED',
  },
  { wait: 'Ask to confirm a refusal', act: submit(classified), leadsTo: 'IN_REVIEW' },
  { wait: 'Ask for a readiness review', act: submit(doubtful), leadsTo: 'IN_REVIEW' },
  { wait: 'Wait for reassessment', act: submit(notReady), leadsTo: 'PREPARING' },
  { wait: 'Ask for a placement review', act: submit(tooLate), leadsTo: 'IN_REVIEW' },
  { wait: 'Wait for a slot', act: submit(noDate), leadsTo: 'WAITING_LIST' },
  { wait: 'Ask customer to confirm wave', act: submit(), leadsTo: 'WAVE_HELD' },
  { wait: 'Wait for go/no-go', before: submit(), act: answerWave('confirm'), leadsTo: 'WAVE_CONFIRMED' },
];

/** The tasks that do not wait, and how an onboarding comes to them. */
export const walkedTasks: readonly {
  readonly task: TaskName;
  readonly journey: (s: Scenario) => Promise<string>;
}[] = [
  { task: 'QualifyProspect', journey: journeys.invited },
  { task: 'AssignReadinessTier', journey: journeys.held },
  { task: 'BookPreparationWave', journey: journeys.preparing },
  { task: 'ScheduleWave', journey: journeys.held },
  { task: 'HandOver', journey: journeys.handedOver },
  {
    task: 'CloseOnboarding',
    journey: async (s) => {
      const reference = await journeys.invited(s);
      await s.declineInvitation(reference);
      await s.until(reference, 'CLOSED');
      return reference;
    },
  },
];
