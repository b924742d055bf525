import type { WebDependencies } from '../dependencies.ts';
import { answerPage, type WebApp } from '../http/web-app.ts';
import { pagination } from '../layout/components.ts';
import { html } from '../layout/html.ts';
import { onboardingTable } from '../layout/onboarding-table.ts';
import { requireRole, staffOf } from '../session/access.ts';

const rowsAPage = 50;

/** What sales people see and do. */
export function registerSalesPages(app: WebApp, deps: WebDependencies): void {
  app.use('/sales/*', requireRole(deps, 'sales'));

  app.get('/sales', async (c) => {
    const view = c.get('view');
    const { team = '' } = staffOf(c);
    const given = c.req.query('cursor');
    const page = await deps.store.lists.byTeam(team, {
      limit: rowsAPage,
      ...(given === undefined ? {} : { cursor: given }),
    });
    return answerPage(c, {
      title: { fr: 'Dossiers de mon équipe', en: 'Onboardings of my team' },
      body: html`<h1>${view.t({ fr: 'Dossiers de mon équipe', en: 'Onboardings of my team' })}</h1>
${onboardingTable(view, { caption: { fr: 'Du plus récent au plus ancien', en: 'Newest first' }, rows: page.items, at: '/sales' })}
${pagination(view, { path: '/sales', cursor: page.cursor })}`,
    });
  });
}
