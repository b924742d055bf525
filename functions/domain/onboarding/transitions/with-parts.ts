import { ActsOnWholeError } from '../../errors.ts';
import type { Change, StatePatch } from '../change.ts';
import type { Effect } from '../effects.ts';
import { sharedByParts } from '../parts.ts';
import { wholeOf } from '../reference.ts';
import type { OnboardingState, Snapshot } from '../state.ts';

/** What a part has none of its own of: it is written by the whole only. */
const keptByWhole: ReadonlySet<Effect['kind']> = new Set([
  'put_intake',
  'put_submission',
  'drop_draft',
  'put_correction',
  'put_declarations',
  'put_result',
  'redact_submissions',
  'put_request',
  'put_matter',
  'put_link',
  'put_interview',
  'put_person',
  'put_identity_code',
  'put_erasure_request',
  'move_mail_lookup',
  'remove_lookups',
]);

const setByWhole: readonly (keyof StatePatch)[] = [
  'linkMails',
  'acceptedSirens',
  'organisationsAsked',
  'talk',
  'interviews',
  'contract',
];

/** What comes to a part from its whole. */
const fromWhole: ReadonlySet<Change['event']['type']> = new Set(['WHOLE_FOLLOWED', 'PART_ERASED']);

/**
 * Checks that a change of a part leaves alone what belongs to its whole.
 *
 * @throws ActsOnWholeError
 */
function refuseOnPart({ reference }: OnboardingState, { event, effects = [], set = {} }: Change): void {
  if (fromWhole.has(event.type)) return;
  if (effects.some(({ kind }) => keptByWhole.has(kind)) || setByWhole.some((name) => name in set)) {
    throw new ActsOnWholeError(wholeOf(reference));
  }
}

function changesShared(state: OnboardingState, set: StatePatch): boolean {
  const shared = sharedByParts(state);
  return Object.keys(shared).some((name) => name in set);
}

/**
 * The change of a split onboarding, or of a part, with the message that brings the others up to date.
 *
 * @throws ActsOnWholeError when a part would change what belongs to its whole.
 */
export function withParts({ state }: Snapshot, change: Change): Change {
  const { set = {}, to, messages = [] } = change;
  const align = { ...change, messages: [...messages, { kind: 'align_parts' } as const] };
  if (state.part !== undefined) {
    refuseOnPart(state, change);
    return to === 'CLOSED' ? align : change;
  }
  const isSplit = state.split !== undefined;
  return isSplit && (to === 'CLOSED' || changesShared(state, set)) ? align : change;
}
