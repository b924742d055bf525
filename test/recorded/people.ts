import { answerOffer, answerWave } from '../../functions/application/answer-wave.ts';
import type { ApplicationDependencies } from '../../functions/application/dependencies.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { calendarDateOf } from '../../functions/domain/calendar-date.ts';
import type { ReviewKind, Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../functions/domain/onboarding/state.ts';
import { decideByTwo } from '../../infra/local/onboard/decide-by-two.ts';
import { plainAnswers } from '../support/sample-answers.ts';

/** Something that whoever has the ball does, and the stage in which the onboarding then comes to rest. */
interface Act {
  readonly leadsTo: Stage;
  does(dependencies: ApplicationDependencies, reference: string): Promise<void>;
}

const customer = { kind: 'customer', id: 'the-customer' } as const;
const operator = { kind: 'operator', id: 'farida' } as const;
const answers = { ...plainAnswers, E1: { earliest: '2027-04-01', reason: 'none' }, E2: [], E3: 0 };

const submits: Act = {
  leadsTo: 'WAVE_HELD',
  does: (dependencies, reference) => submitAnswers(dependencies, reference, answers, customer),
};

const confirms: Act = {
  leadsTo: 'WAVE_CONFIRMED',
  does: (dependencies, reference) => answerWave(dependencies, reference, 'confirm', customer),
};

const accepts: Act = {
  leadsTo: 'WAVE_CONFIRMED',
  does: (dependencies, reference) => answerOffer(dependencies, reference, 'accept', customer),
};

const withdraws: Act = {
  leadsTo: 'CLOSED',
  does: (dependencies, reference) => withdraw(dependencies, reference, 'No date', customer),
};

const recordsCutover: Act = {
  leadsTo: 'CUT_OVER',
  does: (dependencies, reference) => recordCutover(dependencies, reference, { result: 'done' }, operator),
};

function decides(kind: ReviewKind, decision: string, leadsTo: Stage): Act {
  return {
    leadsTo,
    does: (dependencies, reference) =>
      decideByTwo(dependencies, reference, { kind, decision, reason: 'as agreed' }, operator),
  };
}

const reviews: Readonly<Record<ReviewKind, Act>> = {
  qualification: decides('qualification', 'accept', 'INVITED'),
  confirmation: decides('confirmation', 'confirm', 'CLOSED'),
  readiness: decides('readiness', 'accept', 'WAVE_HELD'),
  placement: decides('placement', 'reject', 'CLOSED'),
  go_no_go: decides('go_no_go', 'go', 'HANDED_OVER'),
};

/** What the one who has the ball does next; undefined while it is for the platform or a date. */
export function nextAct({ state, booking }: Snapshot, at: Date): Act | undefined {
  switch (state.stage) {
    case 'INVITED':
    case 'ANSWERING':
    case 'PREPARING':
      return submits;
    case 'IN_REVIEW':
      return reviews[state.reviewKind ?? 'qualification'];
    case 'WAITING_LIST':
      return booking?.status === 'OFFERED' ? accepts : withdraws;
    case 'WAVE_HELD':
      return confirms;
    case 'GO_NO_GO':
      return state.cause === 'PARENT_NOT_BEFORE'
        ? decides('go_no_go', 'no_go', 'WAVE_HELD')
        : reviews.go_no_go;
    case 'HANDED_OVER':
      return (state.cutover ?? '') <= calendarDateOf(at) ? recordsCutover : undefined;
    default:
      return undefined;
  }
}
