import type { DimensionAnswer } from '../questionnaire/answers.ts';
import type { DimensionCode } from '../questionnaire/dimensions.ts';
import type { Readiness } from './readiness.ts';
import { type Tier, tiers } from './tier.ts';

/** The difference between two assessments; plain JSON. */
export interface ReadinessChange {
  readonly tier: { readonly from: Tier; readonly to: Tier };
  readonly direction: 'better' | 'same' | 'worse';
  /** Points, one decimal; null when one of the two has no score. */
  readonly score: number | null;
  readonly coverage: number;
  /** Dimensions whose answer changed, in order; null where there was none. */
  readonly dimensions: readonly {
    readonly code: DimensionCode;
    readonly from: DimensionAnswer | null;
    readonly to: DimensionAnswer | null;
  }[];
}

/** The change from the previous assessment to the current one, to show customers the effect of their work. */
export function compareReadiness(previous: Readiness, current: Readiness): ReadinessChange {
  const step = tiers.indexOf(current.tier) - tiers.indexOf(previous.tier);
  const known = previous.score !== null && current.score !== null;
  return {
    tier: { from: previous.tier, to: current.tier },
    direction: step === 0 ? 'same' : step > 0 ? 'better' : 'worse',
    score: known ? difference(previous.score ?? 0, current.score ?? 0) : null,
    coverage: difference(previous.coverage, current.coverage),
    dimensions: current.dimensions.flatMap(({ code, answer }) => {
      const from = previous.dimensions.find((each) => each.code === code)?.answer ?? null;
      return from === answer ? [] : [{ code, from, to: answer }];
    }),
  };
}

/** Both have one decimal, so the difference has; tenths keep it exact. */
function difference(from: number, to: number): number {
  return Math.round(to * 10 - from * 10) / 10;
}
