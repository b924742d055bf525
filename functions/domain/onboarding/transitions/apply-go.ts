import type { Change } from '../change.ts';
import type { Snapshot } from '../state.ts';
import { isDecided } from '../waits.ts';
import { lapseAtGate, recordedGo } from './go-in-advance.ts';
import { carriedOut, type ReviewFacts } from './reviews.ts';

/** What the gate decides by a *go* that an operator has recorded: when and why is in the history. */
export const goAtGate = { kind: 'go_no_go', decision: 'go', reason: 'RECORDED_IN_ADVANCE' } as const;

/**
 * Applies a *go* recorded in advance once its gate is open, in the name of the one who recorded it, on the facts of that
 * moment: when they refuse it, it lapses, and operators decide. Undefined when there is none to apply.
 */
export function applyRecordedGo(snapshot: Snapshot, facts: ReviewFacts, at: Date): Change | undefined {
  const { state, wait } = snapshot;
  const recorded = recordedGo(snapshot);
  if (recorded === undefined || state.stage !== 'GO_NO_GO' || isDecided(state, wait)) return undefined;
  if (facts.outOfOrder) return lapseAtGate(recorded, 'parent');
  const known = new Set(recorded.conditions);
  if (facts.againstGo.some((code) => !known.has(code))) return lapseAtGate(recorded, 'condition');
  if (facts.contractMissing && recorded.contractMissing !== true) return lapseAtGate(recorded, 'contract');
  return carriedOut({ snapshot, answer: goAtGate, facts, actor: recorded.by, at });
}
