import { questions, sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { summaryList } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { answerText } from './answer-text.ts';
import { sectionTitle } from './section-page.ts';

const title: Text = { fr: 'Vos réponses envoyées', en: 'Your submitted answers' };

/** The answers submitted last, for the customer's records. */
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
          return value === undefined ? [] : [{ key: question.label, value, id: `question-${question.id}` }];
        });
      return rows.length === 0
        ? nothing
        : html`<h2>${view.t(sectionTitle(section))}</h2>${summaryList(view, rows)}`;
    });
    return answerPage(c, {
      title,
      back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
      body: html`<h1>${view.t(title)}</h1>
<p>${now.state.name} – ${view.t({ fr: 'référence', en: 'reference' })} ${reference}<br>
${view.t({ fr: 'Envoyées le', en: 'Submitted on' })} ${instantText(view, submission.at)}, ${view.t({ fr: 'version du questionnaire', en: 'questionnaire version' })} ${String(submission.questionnaireVersion)}</p>
<p class="soft">${view.t({ fr: 'Pour les conserver, imprimez cette page ou enregistrez-la depuis votre navigateur.', en: 'To keep them, print this page or save it from your browser.' })}</p>
${parts}`,
    });
  });
}
