import { registerBefore } from '../customer/before.ts';
import { requireKnownDevices } from '../customer/identity-gate.ts';
import { registerDecline } from '../customer/leaving.ts';
import { registerPeople } from '../customer/people.ts';
import { registerQuestionnaire } from '../customer/questionnaire.ts';
import { registerTalk } from '../customer/talk.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** What the customer opens until the answers are submitted. */
export function registerQuestionnairePart(app: WebApp, deps: WebDependencies): void {
  requireKnownDevices(app, deps, '/questionnaire');
  // Before the sections of the questionnaire, whose addresses would otherwise hold them.
  registerBefore(app, deps);
  registerTalk(app, deps);
  registerDecline(app, deps);
  registerPeople(app, deps);
  registerQuestionnaire(app, deps);
}
