import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { registerBefore } from './before.ts';
import { registerCorrection } from './correction.ts';
import { registerDeclaration } from './declaration.ts';
import { registerErasure } from './erasure.ts';
import { requireKnownDevices } from './identity-gate.ts';
import { registerLeaving } from './leaving.ts';
import { registerOwnAnswers } from './own-answers.ts';
import { registerOwnPerson } from './own-person.ts';
import { registerPeople } from './people.ts';
import { registerQuestionnaire } from './questionnaire.ts';
import { registerRecord } from './record.ts';
import { registerStatus } from './status.ts';
import { registerTalk } from './talk.ts';
import { registerWaveAnswers } from './wave-answers.ts';

/** The pages of the customer's contact. */
export function registerCustomerPages(app: WebApp, deps: WebDependencies): void {
  requireKnownDevices(app, deps);
  registerStatus(app, deps);
  registerOwnAnswers(app, deps);
  registerOwnPerson(app, deps);
  registerRecord(app, deps);
  registerErasure(app, deps);
  registerCorrection(app, deps);
  registerDeclaration(app, deps);
  registerWaveAnswers(app, deps);
  // Before the sections of the questionnaire, whose addresses would otherwise hold it.
  registerBefore(app, deps);
  registerTalk(app, deps);
  registerLeaving(app, deps);
  registerPeople(app, deps);
  registerQuestionnaire(app, deps);
}
