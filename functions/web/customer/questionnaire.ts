import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { dossierOf } from './dossier.ts';
import { whileAnswering } from './questionnaire-access.ts';
import { saveSectionForm, showSection } from './section-answers.ts';
import { showCheckPage, submitQuestionnaire } from './submission.ts';
import { taskListPage } from './task-list.ts';

/** Task list, sections, check page and submission. */
export function registerQuestionnaire(app: WebApp, deps: WebDependencies): void {
  app.use('/questionnaire/*', requireCustomer, whileAnswering(deps));
  app.get('/questionnaire', (c) => showTaskList(c, deps));
  app.get('/questionnaire/check', (c) => showCheckPage(c, deps));
  app.post('/questionnaire/check', (c) => submitQuestionnaire(c, deps));
  app.get('/questionnaire/:section', (c) => showSection(c, deps));
  app.post('/questionnaire/:section', (c) => saveSectionForm(c, deps));
}

async function showTaskList(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, now } = customerOf(c);
  const [dossier, request] = await Promise.all([
    dossierOf(deps, reference),
    isAskedAgain(now.state) ? deps.store.dossiers.request(reference) : undefined,
  ]);
  return answerPage(c, taskListPage(c.get('view'), now, dossier, request));
}
