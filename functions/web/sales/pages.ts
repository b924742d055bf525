import { calendarDateOf } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { html } from '../shared/layout/html.ts';
import { timeline } from '../shared/layout/timeline.ts';
import { requireRole, staffOf, visibleOnboarding } from '../shared/session/access.ts';
import { actLinks, flashesOf } from '../shared/staff/act-link.ts';
import { registerActs } from '../shared/staff/acts.ts';
import { commonActLinks } from '../shared/staff/common-act-links.ts';
import { commonActs } from '../shared/staff/common-acts.ts';
import { readFile } from '../shared/staff/file.ts';
import { peopleSection } from '../shared/staff/people-section.ts';
import { resultSection } from '../shared/staff/result.ts';
import { registerSearch } from '../shared/staff/search.ts';
import { organisation, statusSummary } from '../shared/staff/status-summary.ts';
import { talkCall } from '../shared/staff/talk-call.ts';
import { salesList } from './list.ts';
import { registerStart, started } from './start.ts';

/** The pages for sales: the onboardings of their own team. */
export function registerSalesPages(app: WebApp, deps: WebDependencies): void {
  app.use('/sales/*', requireRole(deps, 'sales'));
  app.get('/sales', (c) => salesList(c, deps));
  registerStart(app, deps);
  registerSearch(app, deps, '/sales', (c) => {
    const { team } = staffOf(c);
    return (state) => state.team === team;
  });

  app.get('/sales/:reference', async (c) => {
    const view = c.get('view');
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const file = await readFile(deps.store, now);
    const { reference } = now.state;
    const name = organisationName(now.state);
    return answerPage(c, {
      title: { fr: `${name} – ${reference}`, en: `${name} – ${reference}` },
      back: { path: '/sales' },
      flashes: { ...flashesOf(commonActLinks), started },
      body: html`<h1>${name}</h1>
${talkCall(view, file, '/sales')}${statusSummary(view, file, deps.platform, deps.clock.now())}
<h2>${view.t({ fr: 'Actions', en: 'Actions' })}</h2>
${actLinks(view, '/sales', now, commonActLinks)}
<h2>${view.t({ fr: 'Organisme et contact', en: 'Organisation and contact' })}</h2>
${organisation(view, file, deps.platform)}
${peopleSection(view, file, false)}
<h2>${view.t({ fr: 'Résultat', en: 'Result' })}</h2>
${resultSection(view, now.state, file.result, { today: calendarDateOf(deps.clock.now()) })}
<h2>${view.t({ fr: 'Historique', en: 'Timeline' })}</h2>
${timeline(view, file.events, 'staff')}`,
    });
  });

  registerActs(app, deps, { at: '/sales', role: 'sales', acts: commonActs });
}
