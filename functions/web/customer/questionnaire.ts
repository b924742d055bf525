import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { Question, Section } from '../../domain/questionnaire/question.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { dossierOf } from './dossier.ts';
import { showOwnPart } from './own-part.ts';
import { saveQuestion, showQuestion } from './question-answers.ts';
import { whileAnswering } from './questionnaire-access.ts';
import { findSection, markSection, showSection } from './section-check.ts';
import { showCheckPage, submitQuestionnaire } from './submission.ts';
import { customerFrame, taskListPage } from './task-list.ts';

/** Task list, sections, check page and submission. */
export function registerQuestionnaire(app: WebApp, deps: WebDependencies): void {
  app.use('/questionnaire/*', requireCustomer, whileAnswering(deps), showOwnPart(deps));
  app.get('/questionnaire', (c) => showTaskList(c, deps));
  app.get('/questionnaire/check', (c) => showCheckPage(c, deps));
  app.post('/questionnaire/check', (c) => submitQuestionnaire(c, deps));
  app.get('/questionnaire/:part', (c) => showPart(c, deps));
  app.post('/questionnaire/:part', (c) => savePart(c, deps));
}

/** Shows a section or a question of whichever form is open. */
export function showPart(c: WebContext, deps: WebDependencies): Promise<Response> {
  return answerPart(c, deps, { section: showSection, question: showQuestion });
}

export function savePart(c: WebContext, deps: WebDependencies): Promise<Response> {
  return answerPart(c, deps, { section: markSection, question: saveQuestion });
}

type Answer<Part> = (c: WebContext, deps: WebDependencies, part: Part) => Promise<Response>;

/** A section of the questionnaire, or one of its questions, by its id. */
async function answerPart(
  c: WebContext,
  deps: WebDependencies,
  answers: { readonly section: Answer<Section>; readonly question: Answer<Question> },
): Promise<Response> {
  const id = c.req.param('part') ?? '';
  const section = findSection(id);
  if (section !== undefined) return answers.section(c, deps, section);
  const question = findQuestion(id);
  // The attestation is given with the submission.
  if (question === undefined || question.input.kind === 'attestation') return notFound(c);
  return answers.question(c, deps, question);
}

async function showTaskList(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, now } = customerOf(c);
  const [dossier, request] = await Promise.all([
    dossierOf(deps, customerOf(c)),
    isAskedAgain(now.state) ? deps.store.dossiers.request(reference) : undefined,
  ]);
  const view = c.get('view');
  return answerPage(c, taskListPage(view, now, dossier, customerFrame(view, now, dossier, request)));
}
