import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import type { Now } from '../../store/onboarding-state.ts';
import { businessStage, waitIdOf } from '../../store/onboardings.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { WebMiddleware } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';

/** True once the open wait has its decision: the workflow is about to continue. */
export function isDecided({ state, wait }: Now): boolean {
  const kind = lifecycle[businessStage(state)].wait;
  return kind !== undefined && wait?.id === waitIdOf(kind, state) && wait.decision !== undefined;
}

/** True while the customer may fill in the questionnaire: the first time, or again while it prepares. */
export function answersExpected(now: Now): boolean {
  const kind = lifecycle[businessStage(now.state)].wait;
  return (kind === 'answers' || kind === 'reassessment') && !isDecided(now);
}

/** Leads to the status page when no answers are awaited; the use case refuses a form that is sent nevertheless. */
export function whileAnswering({ site }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    if (c.req.method === 'POST' || answersExpected(customerOf(c).now)) return next();
    return leadTo(c, site, '/status');
  };
}
