import type { Edge } from '@onboarding/step-functions-local';
import { expect, onTestFinished } from 'vitest';
import { answerMoveSet } from '../../functions/application/answer-move-set.ts';
import { answerOffer, answerWave, type OfferDecision } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { resume } from '../../functions/application/resume.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { splitOnboarding } from '../../functions/application/splitting.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { declineInvitation, submitAnswers } from '../../functions/application/submit-answers.ts';
import { moveSetsOf, waitingApprovals } from '../../functions/application/waiting-approvals.ts';
import type { WaveChange } from '../../functions/application/wave-refusals.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import { parseExecutionName } from '../../functions/domain/onboarding/execution-name.ts';
import type { ReviewKind, Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import type { MailTemplate } from '../../functions/domain/onboarding/messages.ts';
import { partReference } from '../../functions/domain/onboarding/reference.ts';
import type { OnboardingState, Snapshot } from '../../functions/domain/onboarding/state.ts';
import type { WaveDecision } from '../../functions/domain/onboarding/transitions/confirmation.ts';
import type { ReviewAnswer } from '../../functions/domain/onboarding/transitions/reviews.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { SectionId } from '../../functions/domain/questionnaire/question.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import { decideByTwo } from '../../infra/local/onboard/decide-by-two.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import type { TaskName } from '../../workflows/tasks.ts';
import { secretiveAnswers, secretiveIntake, sirens } from './canaries.ts';
import { redrive, statusOf } from './executions.ts';
import { checkInvariants } from './invariants.ts';
import { type MailSent, type Observed, observe } from './observation.ts';
import { pageOf } from './page-of.ts';
import { edgeName, takenEdges } from './taken-edges.ts';

export const customer: Actor = { kind: 'customer', id: 'the-customer' };
export const sales: Actor = { kind: 'sales', id: 'sales@platform.example' };
export const operator: Actor = { kind: 'operator', id: 'operator@platform.example' };

interface ScenarioOptions {
  readonly platform?: PlatformConfiguration;
  readonly calendar?: readonly Wave[];
  /** Day on which it begins, at nine in the morning in Paris. */
  readonly from?: string;
  /** A definition other than the present one, and who is told of its transitions: they count for no other. */
  readonly earlier?: {
    readonly definition: Record<string, unknown>;
    readonly onEdge: (edge: Edge) => void;
  };
}

/** What a scenario may do around a task; what it throws, the task throws. */
type Interruption = (reference: string) => Promise<void> | void;

/** One customer journey or several on a system of their own, told in the words of those who take part. */
export interface Scenario {
  readonly runtime: Runtime;
  start(intake?: Partial<OwnedIntake>): Promise<string>;
  settle(): Promise<void>;
  jumpDays(days: number): Promise<void>;
  /** To nine in the morning of a day in Paris, or to another hour of it. */
  jumpTo(day: string, hour?: string): Promise<void>;
  /** From one due date to the next until the onboarding is in this stage. */
  until(reference: string, stage: Stage): Promise<void>;
  /** From one due date to the next until its run has failed. */
  untilFailed(reference: string): Promise<void>;
  /** The customer fills in one section of the form and leaves. */
  savePage(reference: string, section: SectionId): Promise<void>;
  /** The customer sends its answers; `confirmed` are those asked again that stay as they were. */
  submit(reference: string, answers?: Partial<Answers>, confirmed?: readonly string[]): Promise<void>;
  declineInvitation(reference: string): Promise<void>;
  answerWave(reference: string, decision: WaveDecision): Promise<void>;
  confirm(reference: string): Promise<void>;
  answerOffer(reference: string, decision: OfferDecision): Promise<void>;
  review(
    reference: string,
    kind: ReviewKind,
    decision: string,
    more?: Pick<ReviewAnswer, 'tier' | 'wave' | 'questions' | 'message' | 'sections' | 'split'>,
  ): Promise<void>;
  choose(reference: string, to: string): Promise<void>;
  /** At the request of the customer. */
  move(reference: string, wave: string): Promise<unknown>;
  /** An operator answers all moves that are proposed to keep groups in order. */
  answerMoves(decision: 'approve' | 'decline'): Promise<void>;
  withdraw(reference: string, who?: Actor): Promise<void>;
  resume(reference: string): Promise<void>;
  /** Its run, which has failed, tries again what it failed at. */
  redrive(reference: string): Promise<void>;
  changeWave(id: string, change: WaveChange): Promise<void>;
  /** Does something once, just before a task of the workflow is carried out. */
  justBefore(task: TaskName, interruption: Interruption): void;
  now(reference: string): Promise<Snapshot>;
  state(reference: string): Promise<OnboardingState>;
  /** The kinds of events of an onboarding, oldest first. */
  happened(reference: string): Promise<readonly string[]>;
  mails(reference: string): readonly MailSent[];
  mailed(reference: string): readonly MailTemplate[];
  wave(id: string): Promise<Wave>;
  statesEntered(reference: string): readonly string[];
  executionStatus(reference: string, run: number): Promise<string>;
}

const reason = 'as agreed in the meeting';
const mostSteps = 4_000;

/**
 * Runs a scenario on a system of its own; afterwards everything that must hold after any scenario is checked.
 */
export function inScenario(
  body: (scenario: Scenario) => Promise<void>,
  options: ScenarioOptions = {},
): () => Promise<void> {
  return async () => {
    const { scenario, observed } = await startScenario(options);
    await body(scenario);
    await scenario.settle();
    await checkInvariants(scenario.runtime, observed);
  };
}

/** An onboarding does not come to a stage, or is closed before. */
class NeverThereError extends Error {
  override readonly name = 'NeverThereError';

  constructor(reference: string, where: string) {
    super(`${reference} is never ${where}`);
  }
}

/** What is to happen just before tasks, each once. */
class Interruptions {
  readonly #planned = new Map<TaskName, Interruption>();
  underWay = false;

  plan(task: TaskName, interruption: Interruption): void {
    this.#planned.set(task, interruption);
  }

  async before(task: TaskName, reference: string): Promise<void> {
    const interruption = this.#planned.get(task);
    if (interruption === undefined) return;
    this.#planned.delete(task);
    this.underWay = true;
    try {
      await interruption(reference);
    } finally {
      this.underWay = false;
    }
  }
}

function siteOf(wave: string): string {
  return wave.replace(/^prep-/, '').replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

async function startScenario(options: ScenarioOptions) {
  const { platform = samplePlatform, calendar, from = '2027-01-29', earlier } = options;
  const observed: Observed = {
    edges: [],
    logLines: [],
    outboxItems: [],
    references: [],
    mailTemplates: new Map(),
  };
  const interruptions = new Interruptions();
  const runtime = await startRuntime({
    from: instantAt(from, '09:00'),
    timeScale: 0,
    platform,
    calendar: calendar ?? sampleCalendar(platform),
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
    ...(earlier === undefined ? {} : { definition: earlier.definition }),
    log: (line) => observed.logLines.push(line),
    hooks: {
      ...observe(observed),
      onEdge: (edge: Edge) => {
        observed.edges.push(edge);
        if (earlier === undefined) takenEdges.add(edgeName(edge));
        else earlier.onEdge(edge);
      },
      beforeTask: (task, payload) => interruptions.before(task, referenceOf(payload)),
    },
  });
  onTestFinished(() => runtime.close());
  return { scenario: createScenario(runtime, observed, interruptions), observed };
}

function referenceOf(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'reference' in payload
    ? String(payload.reference)
    : '';
}

function createScenario(runtime: Runtime, observed: Observed, interruptions: Interruptions): Scenario {
  const { clock, store } = runtime;

  async function settled<T>(act: Promise<T>): Promise<T> {
    const result = await act;
    // Within a task, work is in flight until the task itself has ended.
    if (!interruptions.underWay) await clock.settled();
    return result;
  }

  async function walkUntil(
    reference: string,
    where: string,
    isThere: (state: OnboardingState) => boolean,
  ): Promise<void> {
    await clock.settled();
    for (let step = 0; ; step += 1) {
      const reached = await state(reference);
      if (isThere(reached)) return;
      if (reached.stage === 'CLOSED' || step === mostSteps) throw new NeverThereError(reference, where);
      await clock.jumpToNext();
    }
  }

  const jumpTo = (day: string, hour = '09:00') => clock.jumpTo(instantAt(day, hour));
  const state = async (reference: string) => (await store.onboardings.now(reference)).state;
  const mails = (reference: string): readonly MailSent[] =>
    runtime.mailbox.list().flatMap(({ id, to, text, subject, at }) => {
      const template = observed.mailTemplates.get(id);
      return template !== undefined && id.startsWith(`${reference}-`)
        ? [{ template, to, subject, text, at }]
        : [];
    });
  const answerTheWave = (reference: string, decision: WaveDecision) =>
    settled(answerWave(runtime, reference, decision, customer));

  return {
    runtime,
    start: async (intake = {}) => {
      const number = observed.references.length;
      const given = { ...secretiveIntake, siren: sirens[number] ?? '', ...intake };
      const request = { scope: 'scenario', key: String(number), body: JSON.stringify(given) };
      const reference = await settled(startOnboarding(runtime, request, given, sales));
      observed.references.push(reference);
      return reference;
    },
    settle: () => clock.settled(),
    jumpDays: (days) => clock.jumpTo(new Date(clock.now().getTime() + days * 86_400_000)),
    jumpTo,
    until: (reference, stage) => walkUntil(reference, stage, (reached) => reached.stage === stage),
    untilFailed: (reference) => walkUntil(reference, 'failed', ({ run }) => run.status === 'failed'),
    savePage: async (reference, section) => {
      await settled(savePage(runtime, reference, pageOf(section, secretiveAnswers), customer));
    },
    submit: (reference, answers = {}, confirmed = []) =>
      settled(
        submitAnswers(runtime, reference, { ...secretiveAnswers, ...answers }, customer, { confirmed }),
      ),
    declineInvitation: (reference) => settled(declineInvitation(runtime, reference, reason, customer)),
    answerWave: answerTheWave,
    confirm: (reference) => answerTheWave(reference, 'confirm'),
    answerOffer: (reference, decision) => settled(answerOffer(runtime, reference, decision, customer)),
    review: async (reference, kind, decision, more = {}) => {
      const { split } = more;
      await settled(
        split === undefined
          ? decideByTwo(runtime, reference, { kind, decision, reason, ...more }, operator)
          : splitOnboarding(runtime, reference, { reason, split }, operator),
      );
      observed.references.push(
        ...(more.split?.parts ?? []).map((_, index) => partReference(reference, index + 1)),
      );
    },
    answerMoves: async (decision) => {
      for (const { moves } of moveSetsOf((await waitingApprovals(runtime)).waiting)) {
        const approvals = moves.map(({ approval }) => approval.id);
        expect(await answerMoveSet(runtime, { approvals, decision, reason }, operator)).toEqual([]);
      }
      await clock.settled();
    },
    choose: (reference, to) => settled(chooseDate(runtime, reference, { to }, customer)),
    move: (reference, wave) =>
      settled(movePlace(runtime, reference, { wave, reason, askedByCustomer: true }, operator)),
    withdraw: (reference, who = customer) => settled(withdraw(runtime, reference, reason, who)),
    resume: (reference) => settled(resume(runtime, reference, reason, operator)),
    redrive: async (reference) => {
      const { run } = await state(reference);
      await settled(redrive(runtime, reference, run.number));
    },
    changeWave: async (id, change) => {
      await settled(changeWave(runtime, siteOf(id), id, { reason: 'test', ...change }, operator));
    },
    justBefore: (task, interruption) => interruptions.plan(task, interruption),
    now: (reference) => store.onboardings.now(reference),
    state,
    happened: async (reference) => (await store.onboardings.events(reference)).map(({ type }) => type),
    mails,
    mailed: (reference) => mails(reference).map(({ template }) => template),
    wave: (id) => store.waves.get(siteOf(id), id),
    statesEntered: (reference) => {
      const own = observed.edges.filter(
        ({ execution }) => parseExecutionName(execution)?.reference === reference,
      );
      return [...new Set(own.flatMap(({ from, to }) => [from, to]))];
    },
    executionStatus: (reference, run) => statusOf(runtime, reference, run),
  };
}
