import type { Actor } from '../domain/onboarding/actor.ts';
import { approvalNeeded } from '../domain/onboarding/approval-rules.ts';
import { waitingApproval } from '../domain/onboarding/approvals.ts';
import { isBeforeLeader } from '../domain/onboarding/group-moves.ts';
import { recordedGo } from '../domain/onboarding/transitions/go-in-advance.ts';
import { undecidedReview } from '../domain/onboarding/undecided-review.ts';
import type { Wave } from '../domain/waves/wave.ts';
import type { BookedCustomer } from './booked-customers.ts';
import { decideReview } from './decide-review.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { changesAtOnce, inBatches } from './in-batches.ts';
import { type RefusedDecision, unlessRefused } from './refused.ts';

/**
 * What an operator may do about the cutover of one customer: `go`, at the gate or in advance; `ask_go`, which a second
 * person has to agree to; `no_go`; `take_back`, of a *go* recorded in advance.
 */
export const gateChoices = ['go', 'ask_go', 'no_go', 'take_back'] as const;
export type GateChoice = (typeof gateChoices)[number];

/** The choices that a customer of a wave allows at present; none before its time, and once it is decided. */
export function choicesFor({ snapshot, open, known }: BookedCustomer, at: Date): readonly GateChoice[] {
  const { state } = snapshot;
  if (undecidedReview(snapshot, at) !== 'go_no_go') return [];
  const inAdvance = state.stage === 'WAVE_CONFIRMED';
  if (inAdvance && recordedGo(snapshot) !== undefined) return ['take_back'];
  const against = {
    againstGo: open.conditions.filter(({ againstGo }) => againstGo).map(({ code }) => code),
    contractMissing: open.contractMissing,
  };
  const forTwo = approvalNeeded(snapshot, 'go', against) !== undefined;
  const asked = waitingApproval(snapshot, at)?.kind === 'go';
  // What cannot be read may stand against it.
  const go: readonly GateChoice[] =
    isBeforeLeader(snapshot, at) || asked || !known ? [] : [forTwo ? 'ask_go' : 'go'];
  return inAdvance ? go : [...go, 'no_go'];
}

/** A decision about one customer of a wave. */
export interface CustomerDecision {
  readonly reference: string;
  readonly choice: GateChoice;
  readonly reason: string;
  /** How many reviews were decided when the page was shown: one for an earlier review decides no later one. */
  readonly seen: number;
  /** How often a *go* was recorded or taken back by then. */
  readonly seenGo: number;
}

/**
 * Decides the cutover of customers of a wave, each by itself: one that is refused keeps no other from its decision. The
 * same again decides nothing twice.
 *
 * @returns those that were refused.
 */
export async function decideWave(
  dependencies: ApplicationDependencies,
  { id }: Pick<Wave, 'id'>,
  decisions: readonly CustomerDecision[],
  actor: Actor,
): Promise<readonly RefusedDecision[]> {
  const refused: RefusedDecision[] = [];
  await inBatches(decisions, changesAtOnce, async ({ reference, choice, reason, seen, seenGo }) => {
    const decision = choice === 'ask_go' ? 'go' : choice;
    const answer = { kind: 'go_no_go', decision, reason, seen, seenGo, inWave: id } as const;
    const asks = choice === 'ask_go' ? { approval: true } : {};
    const refusal = await unlessRefused(reference, () =>
      decideReview(dependencies, reference, { ...answer, ...asks }, actor),
    );
    if (refusal !== undefined) refused.push(refusal);
  });
  return refused;
}
