import { openCorrection } from '../../domain/onboarding/correction.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { questionsOf } from '../../domain/onboarding/own-questions.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isDecided } from '../../domain/onboarding/waits.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { WebMiddleware } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';

/** True while the customer may fill in the questionnaire: the first time, again while it prepares, or to correct it. */
export function answersExpected(now: Snapshot, at: Date): boolean {
  if (openCorrection(now, at) !== undefined) return true;
  const kind = lifecycle[now.state.stage].wait;
  return (kind === 'answers' || kind === 'reassessment') && !isDecided(now.state, now.wait);
}

/** Leads to the status page when no answers are awaited; the use case refuses a form that is sent nevertheless. */
export function whileAnswering({ site, clock }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const { now, acting } = customerOf(c);
    const isOpen = answersExpected(now, clock.now()) && questionsOf(acting).length > 0;
    if (c.req.method === 'POST' || isOpen) return next();
    return leadTo(c, site, '/status');
  };
}
