import { partsOf } from '../../../functions/application/read-parts.ts';
import {
  requirementLevelLabels,
  requirementLevels,
} from '../../../functions/domain/classification/outcomes.ts';
import { ruleText } from '../../../functions/domain/classification/rule-texts.ts';
import type { RecordedEvent } from '../../../functions/domain/onboarding/audit-chain.ts';
import { outcomeReasons, reasonOf } from '../../../functions/domain/onboarding/outcome-reasons.ts';
import type { ResultRecord } from '../../../functions/domain/onboarding/records.ts';
import type { OnboardingState } from '../../../functions/domain/onboarding/state.ts';
import type { Assessment } from '../../../functions/domain/readiness/assessment.ts';
import type { Language, Text } from '../../../functions/domain/text.ts';
import type { Store } from '../../../functions/store/store.ts';
import type { Expectation } from './behaviours.ts';

/** The result of one part of a split onboarding. */
interface ProspectPart {
  readonly reference: string;
  readonly scope: string;
  readonly users: number;
  readonly wave: string | null;
  readonly cutover: string | null;
  readonly outcome: string | null;
}

/** The result of one prospect's onboarding. */
export interface ProspectRow {
  /** Line in the file; absent for a prospect without a file. */
  readonly line?: number;
  readonly siren: string;
  readonly reference: string;
  readonly organisation: string;
  /** Absent for the whole organisation. */
  readonly scope?: string;
  readonly profile: string;
  readonly eligibility: string | null;
  readonly requirementLevel: string | null;
  readonly conditions: readonly string[];
  /** The final tier. */
  readonly tier: string | null;
  /** Every tier it had, in order. */
  readonly tiers: readonly string[];
  readonly score: number | null;
  readonly wave: string | null;
  readonly cutover: string | null;
  readonly stage: string;
  /** The parts that it was split into, with the cutover of each. */
  readonly parts: readonly ProspectPart[];
  /** The outcome, FAILED, or null if unfinished. */
  readonly outcome: string | null;
  /** Reason codes for having no wave or for the end, in order. */
  readonly because: readonly string[];
  readonly why: Text;
  /** Types of the events of its history, in order. */
  readonly events: readonly string[];
  readonly expected?: Expectation;
  /** Differences from the expectation; empty without differences or without an expectation. */
  readonly unexpected: readonly string[];
}

/** An onboarding of the run, as requested. */
export interface Asked {
  readonly reference: string;
  readonly siren: string;
  readonly organisation: string;
  readonly scope?: string;
  readonly profile: string;
  readonly line?: number;
  readonly expected?: Expectation;
}

function codesIn(events: readonly RecordedEvent[], type: string, name: string): readonly string[] {
  const codes = events
    .filter((event) => event.type === type)
    .flatMap(({ data }) => {
      const code = data?.[name];
      return typeof code === 'string' && code !== '' ? [code] : [];
    });
  return [...new Set(codes)];
}

function tiersOf(events: readonly RecordedEvent[], state: OnboardingState): readonly string[] {
  const assigned = events
    .filter(({ type }) => type === 'TIER_ASSIGNED' || type === 'CONDITION_CLEARED')
    .flatMap(({ data }) => {
      const tier = data?.['tier'] ?? data?.['tierAfter'];
      return typeof tier === 'string' ? [tier] : [];
    });
  return [...assigned, ...(state.tier === undefined ? [] : [state.tier])].filter(
    (tier, index, all) => tier !== all[index - 1],
  );
}

/** Events that explain an outcome, with their labels. */
const passages: Readonly<Record<string, Text>> = {
  OFFER_ACCEPTED: { fr: 'place offerte puis acceptée', en: 'place offered, then accepted' },
  OFFER_EXPIRED: { fr: 'place offerte sans réponse', en: 'place offered, no answer' },
  ANOTHER_DATE_ASKED: { fr: 'autre date demandée', en: 'another date asked for' },
  DATE_CHOSEN: { fr: 'date choisie', en: 'date chosen' },
  PREPARING: { fr: 'préparation, puis réévaluation', en: 'preparation, then reassessment' },
  WAVE_MOVED: { fr: 'vague changée', en: 'wave changed' },
  LEFT_UNANSWERED: { fr: 'aucune réponse aux relances', en: 'no answer to the reminders' },
};

/** Joins texts: full stops and duplicates are removed. */
function joined(parts: readonly Text[]): Text {
  const seen = (language: Language) =>
    [...new Set(parts.map((part) => part[language].replace(/\.$/, '')))].join(' ; ');
  return { fr: seen('fr'), en: seen('en') };
}

function said(word: Text, text: string): Text {
  return { fr: `${word.fr} : ${text}`, en: `${word.en}: ${text}` };
}

/** The explanation contributed by an event. */
function passage({ type, reason = '', data }: RecordedEvent): readonly Text[] {
  switch (type) {
    case 'PLACEMENT_IMPOSSIBLE':
      return reasonText(data?.['because']);
    case 'WAITING':
      return reasonText(data?.['because']).map(({ fr, en }) => ({
        fr: `liste d’attente : ${fr}`,
        en: `waiting list: ${en}`,
      }));
    case 'REVIEW_DECIDED':
      return [said({ fr: 'revue', en: 'review' }, `${String(data?.['decision'])}, ${reason}`)];
    case 'GO_NO_GO_DECIDED':
      return data?.['decision'] === 'no_go' ? [said({ fr: 'bascule refusée', en: 'no-go' }, reason)] : [];
    case 'WITHDRAWN':
      return [said({ fr: 'retrait', en: 'withdrawal' }, reason)];
    case 'INVITATION_DECLINED':
      return [said({ fr: 'refus', en: 'declined' }, reason)];
    case 'CONDITION_CLEARED':
      return [said({ fr: 'condition levée', en: 'condition cleared' }, reason)];
    default:
      return passages[type] === undefined ? [] : [passages[type]];
  }
}

function reasonText(code: unknown): readonly Text[] {
  const text = typeof code === 'string' ? outcomeReasons[code] : undefined;
  return text === undefined ? [] : [text];
}

/** The rules behind eligibility and requirement level, in the words of their version. */
function rulesApplied(state: OnboardingState, { reasons, ruleSetVersion }: Assessment): readonly Text[] {
  const level = reasons.find(({ effect }) => effect === state.requirementLevel);
  const eligibility = reasons.filter(({ effect }) => effect === state.eligibility);
  const unruled = requirementLevels.find((code) => code === state.requirementLevel);
  return [
    ...eligibility.map(({ rule }) => ruleText(rule, ruleSetVersion)),
    ...(level === undefined ? [] : [ruleText(level.rule, ruleSetVersion)]),
    ...(level === undefined && unruled !== undefined ? [requirementLevelLabels[unruled]] : []),
  ];
}

/** The reasons of the outcome as text: its cause, the decisions and the rules that apply. */
function whyOf(
  state: OnboardingState,
  events: readonly RecordedEvent[],
  result: ResultRecord | undefined,
): Text {
  const cause = reasonOf(state);
  return joined([
    ...(cause === undefined ? [] : [cause]),
    ...events.flatMap(passage),
    ...(result === undefined ? [] : rulesApplied(state, result.assessment)),
  ]);
}

function unexpectedIn(
  row: Omit<ProspectRow, 'unexpected'>,
  expected: Expectation | undefined,
): readonly string[] {
  if (expected === undefined) return [];
  const found: string[] = [];
  const compare = (what: string, wanted: string | null | undefined, got: string | null) => {
    if (wanted !== undefined && wanted !== got)
      found.push(`${what} ${got ?? '-'}, expected ${wanted ?? '-'}`);
  };
  compare('outcome', expected.outcome, row.outcome);
  compare('tier', expected.tier, row.tiers[0] ?? null);
  compare('final tier', expected.finalTier, row.tier);
  compare('requirement level', expected.requirementLevel, row.requirementLevel);
  for (const code of expected.because === undefined ? [] : [expected.because]) {
    if (!row.because.includes(code)) found.push(`because ${row.because.join(', ') || '-'}, expected ${code}`);
  }
  for (const type of expected.through ?? []) {
    if (!row.events.includes(type)) found.push(`never ${type}`);
  }
  return found;
}

function outcomeOf(state: OnboardingState): string | null {
  return state.run.status === 'failed' ? 'FAILED' : (state.outcome ?? null);
}

function partRow(state: OnboardingState): ProspectPart {
  const { reference, scope = '', part, wave = null, cutover = null } = state;
  return { reference, scope, users: part?.users ?? 0, wave, cutover, outcome: outcomeOf(state) };
}

/** Reads the result of one prospect's onboarding. */
export async function rowOf(store: Store, asked: Asked): Promise<ProspectRow> {
  const { reference, expected } = asked;
  const { state } = await store.onboardings.now(reference);
  const [parts, events, result] = await Promise.all([
    partsOf(store, state),
    store.onboardings.events(reference),
    store.dossiers.result(reference),
  ]);
  const row = {
    ...asked,
    eligibility: state.eligibility ?? null,
    requirementLevel: state.requirementLevel ?? null,
    conditions: state.conditions ?? [],
    tier: state.tier ?? null,
    tiers: tiersOf(events, state),
    score: state.score ?? null,
    wave: state.wave ?? null,
    cutover: state.cutover ?? null,
    stage: state.stage,
    parts: parts.map((part) => partRow(part.state)),
    outcome: outcomeOf(state),
    because: [
      ...new Set([
        ...codesIn(events, 'PLACEMENT_IMPOSSIBLE', 'because'),
        ...codesIn(events, 'WAITING', 'because'),
        ...(state.cause === undefined ? [] : [state.cause]),
      ]),
    ],
    why: whyOf(state, events, result),
    events: events.map(({ type }) => type),
  };
  return { ...row, unexpected: unexpectedIn(row, expected) };
}
