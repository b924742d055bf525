import { expect, it } from 'vitest';
import { stages } from '../../../functions/domain/onboarding/lifecycle.ts';
import { firstRun } from '../../../functions/domain/onboarding/run.ts';
import type { OnboardingState, Wait } from '../../../functions/domain/onboarding/state.ts';
import { whoseTurn } from '../../../functions/domain/onboarding/whose-turn.ts';
import { stateOf } from '../../store/bench.ts';

const at = '2026-11-23T08:00:00.000Z';

function state(changes: Partial<OnboardingState>): OnboardingState {
  return { ...stateOf(1), episode: 4, ...changes };
}

const decided: Wait = {
  ...{ id: 'answers@4', kind: 'answers', openedAt: at, activeAt: at, until: at, reminders: 0 },
  decision: 'DECLINED',
};

it('is the operators’ in every open stage while the run has failed, whatever was decided', () => {
  const failed = { ...firstRun(at), status: 'failed', failedAt: at } as const;
  for (const stage of stages) {
    const turn = whoseTurn(state({ stage, run: failed, mailBounced: true }), decided);
    expect(turn, stage).toBe(stage === 'CLOSED' ? 'nobody' : 'operator');
  }
});

it('is the platform’s between a decision and what follows from it', () => {
  expect(whoseTurn(state({ stage: 'INVITED' }), decided)).toBe('platform');
  expect(whoseTurn(state({ stage: 'INVITED' }), { ...decided, id: 'answers@3' })).toBe('customer');
});

it.each([
  ['a customer whom no mail reaches', { stage: 'ANSWERING', mailBounced: true }, 'sales'],
  ['a customer without a valid link', { stage: 'WAVE_HELD', linkRevoked: true }, 'sales'],
  ['a customer on the waiting list', { stage: 'WAITING_LIST' }, 'platform'],
  ['a customer with an offered place', { stage: 'WAITING_LIST', wave: 'paris-2027-03-09' }, 'customer'],
  ['a review, even if the contact is out of reach', { stage: 'IN_REVIEW', mailBounced: true }, 'operator'],
] as const)('knows %s', (_, changes, turn) => {
  expect(whoseTurn(state(changes))).toBe(turn);
});
