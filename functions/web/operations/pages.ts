import { lifecycle, stages } from '../../domain/lifecycle.ts';
import type { WebDependencies } from '../dependencies.ts';
import { answerPage, type WebApp } from '../http/web-app.ts';
import { pagination } from '../layout/components.ts';
import { html } from '../layout/html.ts';
import { onboardingTable } from '../layout/onboarding-table.ts';
import { requireRole } from '../session/access.ts';

const rowsAPage = 50;

/** What operators see and do. */
export function registerOperationsPages(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));

  app.get('/operations', async (c) => {
    const view = c.get('view');
    const stage = stages.find((known) => known === c.req.query('stage')) ?? 'IN_REVIEW';
    const given = c.req.query('cursor');
    const page = await deps.store.lists.byStage(stage, {
      limit: rowsAPage,
      ...(given === undefined ? {} : { cursor: given }),
    });
    const path = `/operations?stage=${stage}`;
    return answerPage(c, {
      title: { fr: 'Parcours par étape', en: 'Onboardings by stage' },
      body: html`<h1>${view.t({ fr: 'Parcours par étape', en: 'Onboardings by stage' })}</h1>
<nav aria-label="${view.t({ fr: 'Étapes', en: 'Stages' })}"><ul class="menu">${stages.map(
        (known) =>
          html`<li><a href="${view.href(`/operations?stage=${known}`)}"${known === stage ? html` aria-current="true"` : ''}>${view.t(lifecycle[known].label)}</a></li>`,
      )}</ul></nav>
${onboardingTable(view, { caption: lifecycle[stage].label, rows: page.items, at: '/operations' })}
${pagination(view, { path, cursor: page.cursor })}`,
    });
  });
}
