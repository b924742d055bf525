import { organisationName } from '../../domain/intake/scope-names.ts';
import type { Submission } from '../../domain/onboarding/records.ts';
import type { Site } from '../../domain/platform-configuration.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { questions, sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { summaryList } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { answerText } from './answer-text.ts';
import { sectionTitle } from './question-page.ts';

const title: Text = { fr: 'Vos réponses envoyées', en: 'Your submitted answers' };

/** What was declared last about a question since the submission. */
function declaredSince(
  view: View,
  question: Question,
  { declarations = [] }: Submission,
  sites: readonly Site[],
): Html | undefined {
  const last = declarations.findLast(({ answers }) => answers[question.id] !== undefined);
  if (last === undefined) return undefined;
  const on = dayText(view, last.at);
  const declared = view.t({ fr: `Déclaré le ${on} :`, en: `Declared on ${on}:` });
  return html`<p><strong>${declared}</strong> ${answerText(view, question, last.answers, sites) ?? nothing}</p>`;
}

const withDeclarations: Text = {
  fr: 'Ce qui a été déclaré depuis figure à côté de la réponse envoyée, et compte à sa place.',
  en: 'What has been declared since is shown beside the submitted answer, and counts in its place.',
};

/** The answers submitted last and what was declared since, for the customer's records. */
export function registerOwnAnswers(app: WebApp, { store, site, platform }: WebDependencies): void {
  app.get('/status/answers', requireCustomer, async (c) => {
    const { reference, now } = customerOf(c);
    const submission = await store.dossiers.submission(reference);
    if (submission === undefined) return leadTo(c, site, '/status');
    const view = c.get('view');
    const parts = sections.map((section) => {
      const rows = questions
        .filter((question) => question.section === section.id)
        .flatMap((question) => {
          const value = answerText(view, question, submission.answers, platform.sites);
          const since = declaredSince(view, question, submission, platform.sites);
          if (value === undefined && since === undefined) return [];
          const both = html`${value ?? nothing}${since ?? nothing}`;
          return [{ key: question.label, value: both, id: `question-${question.id}` }];
        });
      return rows.length === 0
        ? nothing
        : html`<h2>${view.t(sectionTitle(section))}</h2>${summaryList(view, rows)}`;
    });
    return answerPage(c, {
      title,
      back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
      body: html`<h1>${view.t(title)}</h1>
<p>${organisationName(now.state)} – ${view.t({ fr: 'référence', en: 'reference' })} ${reference}<br>
${view.t({ fr: 'Envoyées le', en: 'Submitted on' })} ${instantText(view, submission.at)}, ${view.t({ fr: 'version du questionnaire', en: 'questionnaire version' })} ${String(submission.questionnaireVersion)}</p>
<p class="soft">${view.t({ fr: 'Pour les conserver, imprimez cette page ou enregistrez-la depuis votre navigateur.', en: 'To keep them, print this page or save it from your browser.' })}</p>
${submission.declarations === undefined ? nothing : html`<p>${view.t(withDeclarations)}</p>`}
${parts}`,
    });
  });
}
