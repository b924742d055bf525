import { admits } from './constraints.ts';
import type { Demand, SchedulingContext } from './demand.ts';
import { platformPhase } from './platform-phase.ts';
import type { Wave } from './wave.ts';

/**
 * What a customer on the waiting list asks of a wave, as its entry keeps it. The date of its parent is no part of it: it
 * changes without the customer.
 */
export interface ListedDemand
  extends Omit<Demand, 'reference' | 'tier' | 'estimated' | 'parentCutover' | 'followsPart'> {
  readonly tier: 'READY' | 'CONDITIONAL';
  /** SIREN of the parent that it follows in its group. */
  readonly parentSiren?: string;
}

/** What the waiting list keeps of a demand. */
export function listedDemand(
  { reference: _, tier, estimated: __, parentCutover: ___, followsPart: ____, ...demand }: Demand,
  parentSiren: string | undefined,
): ListedDemand {
  return {
    ...demand,
    tier: tier === 'READY' ? 'READY' : 'CONDITIONAL',
    ...(parentSiren === undefined ? {} : { parentSiren }),
  };
}

/** The customer that is the easiest to place: a wave that does not admit it admits no one. */
const easiest: Demand = {
  reference: '',
  tier: 'READY',
  points: 0,
  complex: false,
  wantedServices: [],
  hardDeadlines: [],
  freezes: [],
  site: 'any',
  twoSites: false,
  acceptsPilot: true,
  conditionsDueDates: [],
};

/** The waves that admit someone, if only the smallest customer; none before preparation opens. */
export function wavesWithRoom(waves: readonly Wave[], context: SchedulingContext): readonly Wave[] {
  if (platformPhase(context.platform, context.asOf) === 'qualification') return [];
  return waves.filter((wave) => wave.kind !== 'PREPARATION' && admits(easiest, wave, context));
}

/** The waves that would admit a customer on the waiting list but for the date of its parent. */
export function wavesFor(
  { parentSiren: _, ...demand }: ListedDemand,
  waves: readonly Wave[],
  context: SchedulingContext,
): readonly Wave[] {
  const asked = { ...demand, reference: '' };
  return waves.filter((wave) => admits(asked, wave, context));
}
