import type { CalendarDate } from '../../calendar-date.ts';
import { conditionTasks, datesAfter, reminded, remindersDue } from '../../classification/condition-tasks.ts';
import { conditionLife } from '../../classification/conditions.ts';
import { questionsToDeclare } from '../../classification/declarations.ts';
import type { Condition, ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError, InvalidInputError, NotExpectedNowError } from '../../errors.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { isHandedOver, isInWorkflow, lifecycle } from '../lifecycle.ts';
import { answersInForce, type ResultChange, type ResultRecord, type Submission } from '../records.ts';
import { dueInState, putResult } from '../result-effects.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import { isCurrent, tierInForce } from './assessment.ts';
import { openReadinessReview, worsens } from './worse-result.ts';

/** The stored parts of an onboarding that its conditions are about. */
export interface ConditionFile {
  readonly submission: Submission | undefined;
  readonly result: ResultRecord | undefined;
}

interface OpenCondition {
  readonly condition: Condition;
  readonly submission: Submission;
  readonly result: ResultRecord;
}

function notOpen(): DecisionRefusedError {
  return new DecisionRefusedError({
    fr: 'Ce dossier n’a pas cette condition à lever.',
    en: 'This onboarding has no such open condition.',
  });
}

/** The condition with the result it is open in; undefined when there is none. */
export function findOpen(
  state: OnboardingState,
  code: string,
  { result, submission }: ConditionFile,
): OpenCondition | undefined {
  if (result === undefined || submission === undefined || !isCurrent(result, state)) return undefined;
  const condition = result.assessment.conditions.find(
    (each) => each.code === code && each.cleared !== true && conditionLife(each.code).clearedBy !== undefined,
  );
  return condition === undefined ? undefined : { condition, result, submission };
}

/**
 * The result that a condition is open in, with the answers it was found on.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when it is not open.
 */
export function openCondition(state: OnboardingState, code: string, file: ConditionFile): OpenCondition {
  refuseClosed(state);
  const open = findOpen(state, code, file);
  if (open === undefined) throw notOpen();
  return open;
}

/** The parts of a change that every other result of the same submission brings. */
function withResult(state: OnboardingState, result: ResultRecord, today: CalendarDate) {
  const { eligibility, requirementLevel, readiness, conditions } = result.assessment;
  const tier = tierInForce(state, readiness.tier);
  return {
    tier,
    set: {
      ...{ eligibility, requirementLevel, tier, score: readiness.score },
      conditions: conditions.map(({ code }) => code),
      ...dueInState(result, today),
    },
    effect: putResult(result),
  };
}

/** A new assessment of the same submission in place of the one before. */
function assessedAgain(before: ResultRecord, assessment: Assessment, changed: ResultChange): ResultRecord {
  return { ...before, assessment, changed, dates: datesAfter(before, assessment, changed.on) };
}

/** The answers that a customer declares for a condition. */
export interface Declared {
  readonly code: ConditionCode;
  readonly answers: Answers;
}

/**
 * Checks that a customer may declare a condition now, and gives what the declaration is laid over.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError after the hand-over.
 * @throws DecisionRefusedError when it is not open, or no answer clears it.
 */
export function conditionToDeclare(
  state: OnboardingState,
  code: string,
  file: ConditionFile,
): OpenCondition & { readonly existing: Answers } {
  refuseClosed(state);
  if (isHandedOver(state)) {
    throw new NotExpectedNowError(
      { fr: 'Déclarer une condition', en: 'Declaring a condition' },
      lifecycle[state.stage].label,
    );
  }
  const open = openCondition(state, code, file);
  if (questionsToDeclare(open.condition).length === 0) {
    throw new DecisionRefusedError({
      fr: 'Cette condition ne se lève pas par une réponse : l’équipe d’exploitation l’enregistre avec le justificatif.',
      en: 'No answer clears this condition: the operations team records it with the evidence.',
    });
  }
  return { ...open, existing: answersInForce(open.submission) };
}

interface Declaring {
  readonly declared: Declared;
  readonly open: OpenCondition;
  /** The four results with the declaration laid over the answers. */
  readonly assessment: Assessment;
  readonly today: CalendarDate;
}

/**
 * The customer declares a condition: the answers submitted stay, the results are those of the answers now in force, and
 * a place is kept. A result that is worse or undetermined is reviewed first.
 *
 * @throws ConcurrentChangeError when a decision on the place is still being carried out.
 */
export function declareCondition(
  snapshot: Snapshot,
  { declared, open, assessment, today }: Declaring,
  actor: Actor,
  at: Date,
): Change {
  const { state } = snapshot;
  const { code, answers } = declared;
  const { submission } = open;
  const again = assessedAgain(open.result, assessment, { on: today, by: 'declaration' });
  const { tier, set, effect } = withResult(state, again, today);
  const declarations = [
    ...(submission.declarations ?? []),
    { condition: code, answers, at: at.toISOString() },
  ];
  const worse = worsens(snapshot, open.result.assessment, assessment);
  const review = worse ? openReadinessReview(snapshot, at) : undefined;
  const cleared = !assessment.conditions.some((each) => each.code === code && each.cleared !== true);
  return {
    ...review,
    set: { ...set, ...review?.set },
    event: {
      type: 'CONDITION_DECLARED',
      actor,
      data: {
        condition: code,
        questions: questionIds(answers),
        cleared,
        tierBefore: state.tier ?? '',
        tierAfter: tier,
        ...(review === undefined ? {} : { review: 'readiness' }),
      },
    },
    effects: [
      { kind: 'put_declarations', submission: { ...submission, declarations } },
      effect,
      ...(review?.effects ?? []),
    ],
  };
}

function questionIds(answers: Answers): readonly string[] {
  const ids: readonly string[] = Object.keys(answers);
  return ids;
}

/** What proves that a condition is cleared: where it is kept, never its content. */
export interface Evidence {
  readonly title: string;
  readonly reference: string;
  /** Calendar day. */
  readonly date: CalendarDate;
  readonly keptBy: string;
}

/** Evidence in one text of the history, which an erasure takes away. */
function evidenceText({ title, reference, date, keptBy }: Evidence): string {
  return [title, reference, date, keptBy].join(' – ');
}

interface Clearing {
  readonly code: ConditionCode;
  /** Absent when a condition clears itself on its day. */
  readonly evidence?: Evidence;
  readonly before: ResultRecord;
  readonly assessment: Assessment;
  readonly today: CalendarDate;
}

/** An operator clears a condition with evidence, or it clears itself; the tier is computed again. */
export function clearCondition(
  state: OnboardingState,
  { code, evidence, before, assessment, today }: Clearing,
  actor: Actor,
): Change {
  const byHand = evidence !== undefined;
  const again = assessedAgain(before, assessment, { on: today, by: byHand ? 'evidence' : 'opening' });
  const result = byHand ? { ...again, cleared: [...before.cleared, code] } : again;
  const { tier, set, effect } = withResult(state, result, today);
  return {
    set,
    event: {
      type: 'CONDITION_CLEARED',
      actor,
      ...(byHand ? { reason: evidenceText(evidence) } : {}),
      data: { condition: code, tierBefore: state.tier ?? '', tierAfter: tier },
    },
    effects: [effect],
  };
}

/** A due date as an operator moves it. */
export interface DueDateMove {
  readonly due: CalendarDate;
  readonly reason: string;
}

/**
 * An operator moves the due date of a condition; the customer is told the old date, the new one and why. Undefined when
 * it is due on that day already.
 *
 * @throws DecisionRefusedError for a condition that clears itself on its day.
 * @throws InvalidInputError for a day in the past.
 */
export function moveDueDate(
  { condition: { code }, result }: OpenCondition,
  { due, reason }: DueDateMove,
  actor: Actor,
  today: CalendarDate,
): Change | undefined {
  const task = conditionTasks(result).find((each) => each.code === code);
  if (task === undefined || task.owner === 'platform') {
    throw new DecisionRefusedError({
      fr: 'Cette condition se lève d’elle-même à sa date : elle ne se déplace pas.',
      en: 'This condition clears itself on its date, which cannot be moved.',
    });
  }
  if (task.due === due) return undefined;
  if (due < today) {
    const message = {
      fr: 'Échéance : cette date est passée ; indiquez aujourd’hui ou un jour à venir.',
      en: 'Due date: this date has passed; enter today or a future day.',
    };
    throw new InvalidInputError([{ field: 'due', code: 'in_the_past', message }]);
  }
  const known = result.dates?.[code] ?? { raisedOn: result.assessedOn, remindedUpTo: today };
  const dates = {
    ...known,
    remindedUpTo: today,
    moved: { from: task.due, to: due, reason, on: today },
  };
  const moved = { ...result, dates: { ...result.dates, [code]: dates } };
  return {
    set: dueInState(moved, today),
    event: {
      type: 'CONDITION_DUE_MOVED',
      actor,
      reason,
      data: { condition: code, from: task.due, to: due },
    },
    messages: [{ kind: 'mail', template: 'condition_due_moved', to: 'customer', conditions: [code] }],
    effects: [putResult(moved)],
  };
}

/**
 * Reminds the owners of conditions whose day has come: through the contact until they have a link of their own, and the
 * account owner for what is for sales. Undefined when nothing is due; the reminder that is sent is on record with it.
 */
export function remindOfConditions(
  { state }: Snapshot,
  result: ResultRecord,
  today: CalendarDate,
): Change | undefined {
  if (!isInWorkflow(state) || !isCurrent(result, state)) return undefined;
  const due = remindersDue(result, today);
  if (due.length === 0) return undefined;
  const codesOf = (tasks: typeof due): readonly ConditionCode[] => [
    ...new Set(tasks.map(({ code }) => code)),
  ];
  const codes = codesOf(due);
  const ofSales = codesOf(due.filter(({ owner }) => owner === 'sales'));
  const ofCustomer = codesOf(due.filter(({ owner }) => owner !== 'sales'));
  const sent = reminded(result, codes, today);
  return {
    set: dueInState(sent, today),
    event: { type: 'CONDITION_REMINDED', actor: system, data: { conditions: codes } },
    messages: [
      ...(ofCustomer.length === 0
        ? []
        : [
            { kind: 'mail', template: 'condition_reminder', to: 'customer', conditions: ofCustomer } as const,
          ]),
      ...(ofSales.length === 0
        ? []
        : [{ kind: 'mail', template: 'owner_condition_due', to: 'owner', conditions: ofSales } as const]),
    ],
    effects: [putResult(sent)],
  };
}
