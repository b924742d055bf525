import { DecisionRefusedError, InvalidInputError } from '../../errors.ts';
import { fieldProblem } from '../../input/problem-texts.ts';
import { scopeLabel } from '../../intake/scope-names.ts';
import { searchableName } from '../../text.ts';
import { cancelled, dateGone, leaveList, leaveWave } from '../bookings.ts';
import type { Change } from '../change.ts';
import type { Split } from '../part.ts';
import { fieldOfPart, type Splittable, splitProblems } from '../part-sizes.ts';
import { partReference } from '../reference.ts';
import type { Snapshot } from '../state.ts';

/** What a split depends on beside the onboarding. */
export interface SplitFacts extends Splittable {
  /** Scopes that have an open onboarding of the same SIREN, as they are compared, each with its reference. */
  readonly active: ReadonlyMap<string, string>;
}

/** Scopes that are used twice, or that have an open onboarding already. */
function scopeProblems({ parts }: Split, { active }: SplitFacts) {
  const seen = new Set<string>();
  return parts.flatMap(({ scope }, index) => {
    const key = searchableName(scope);
    const other = active.get(key);
    const field = `parts[${index}].scope`;
    const label = fieldOfPart(index, scopeLabel);
    if (seen.has(key)) return [fieldProblem(field, label, 'scope_used_twice')];
    seen.add(key);
    return other === undefined ? [] : [fieldProblem(field, label, 'scope_active', other)];
  });
}

/**
 * Checks that an onboarding can be split so.
 *
 * @throws DecisionRefusedError for a part.
 * @throws InvalidInputError when the parts do not make up the whole.
 */
export function checkSplit({ state }: Pick<Snapshot, 'state'>, split: Split, facts: SplitFacts): void {
  if (state.part !== undefined) {
    throw new DecisionRefusedError({
      fr: 'Une partie ne se divise pas de nouveau. Placez-la dans une vague, ou retirez-la et faites reprendre son périmètre dans un nouveau dossier.',
      en: 'A part cannot be split again. Place it in a wave, or withdraw it and have its scope started as a new onboarding.',
    });
  }
  const problems = [...scopeProblems(split, facts), ...splitProblems(split, facts)];
  if (problems.length > 0) throw new InvalidInputError(problems);
}

/**
 * The part of a decision that splits an onboarding: its place and its rank are given back, its parts begin by themselves.
 *
 * @throws DecisionRefusedError for a part.
 * @throws InvalidInputError when the parts do not make up the whole.
 */
export function splitInto(snapshot: Snapshot, split: Split, facts: SplitFacts): Partial<Change> {
  const { state, booking } = snapshot;
  checkSplit(snapshot, split, facts);
  return {
    to: 'IN_PARTS',
    set: {
      split,
      wave: undefined,
      cutover: undefined,
      waitingRank: undefined,
      reviewKind: undefined,
      cause: undefined,
    },
    effects: [
      ...leaveWave(snapshot),
      ...leaveList(snapshot),
      {
        kind: 'reserve_scopes',
        siren: state.siren,
        parts: split.parts.map(({ scope }, index) => ({
          scope,
          reference: partReference(state.reference, index + 1),
        })),
      },
    ],
    messages: [
      { kind: 'mail', template: 'split', to: 'customer', ...cancelled(booking) },
      { kind: 'align_parts' },
      ...(booking === undefined ? [] : dateGone),
    ],
  };
}
