import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';
import { requireCustomer } from '../shared/session/access.ts';
import { recordPath } from './record-path.ts';

/** Loaded when it is asked for: a record is opened once or twice, and would be a part of every cold start. */
const loadPage = () => import('./record-page.ts');

/** The record of a submission, for the customer's files: on a page, as a PDF, and as a file that anyone can verify. */
export function registerRecord(app: WebApp, deps: WebDependencies): void {
  app.get(recordPath, requireCustomer, async (c) => (await loadPage()).showRecord(c, deps));
  app.get(`${recordPath}.pdf`, requireCustomer, async (c) => (await loadPage()).sendRecordPdf(c, deps));
  app.get(`${recordPath}.json`, requireCustomer, async (c) => (await loadPage()).sendRecordFile(c, deps));
}
