import { registerCalendarFile } from '../customer/calendar-file.ts';
import { registerCorrection } from '../customer/correction.ts';
import { registerDatePages } from '../customer/date-pages.ts';
import { registerDeclaration } from '../customer/declaration.ts';
import { registerErasure } from '../customer/erasure.ts';
import { requireKnownDevices } from '../customer/identity-gate.ts';
import { registerWithdrawal } from '../customer/leaving.ts';
import { registerOwnAnswers } from '../customer/own-answers.ts';
import { registerOwnPerson } from '../customer/own-person.ts';
import { registerRecord } from '../customer/record.ts';
import { partPath } from '../customer/status-path.ts';
import { registerWaveAnswers } from '../customer/wave-answers.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { withPart } from '../shared/session/access.ts';

/** What the status page leads to: what was answered, and what can still be done about it. */
export function registerBelowStatusPart(app: WebApp, deps: WebDependencies): void {
  requireKnownDevices(app, deps, '/status');
  app.use(`${partPath}/*`, withPart(deps));
  registerOwnAnswers(app, deps);
  registerOwnPerson(app, deps);
  registerRecord(app, deps);
  registerCalendarFile(app, deps);
  registerErasure(app, deps);
  registerCorrection(app, deps);
  registerDeclaration(app, deps);
  registerWaveAnswers(app, deps);
  registerDatePages(app, deps);
  registerWithdrawal(app, deps);
}
