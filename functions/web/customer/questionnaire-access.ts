import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isDecided } from '../../domain/onboarding/waits.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { WebMiddleware } from '../shared/http/web-app.ts';
import { customerOf } from '../shared/session/access.ts';

/** True while the customer may fill in the questionnaire: the first time, or again while it prepares. */
export function answersExpected(now: Snapshot): boolean {
  const kind = lifecycle[now.state.stage].wait;
  return (kind === 'answers' || kind === 'reassessment') && !isDecided(now.state, now.wait);
}

/** Leads to the status page when no answers are awaited; the use case refuses a form that is sent nevertheless. */
export function whileAnswering({ site }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    if (c.req.method === 'POST' || answersExpected(customerOf(c).now)) return next();
    return leadTo(c, site, '/status');
  };
}
