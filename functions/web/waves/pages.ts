import { inCalendarOrder, siteLabel, waveKindLabels, waveStateLabels } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../dependencies.ts';
import { answerPage, type WebApp } from '../http/web-app.ts';
import { table } from '../layout/components.ts';
import { dayText } from '../layout/dates.ts';
import { html } from '../layout/html.ts';
import { requireRole } from '../session/access.ts';

/** The calendar of waves. */
export function registerWavePages(app: WebApp, deps: WebDependencies): void {
  const { store, platform } = deps;
  app.use('/waves/*', requireRole(deps, 'operator'));

  app.get('/waves', async (c) => {
    const view = c.get('view');
    const calendar = await store.waves.calendar(platform.sites.map(({ code }) => code));
    return answerPage(c, {
      title: { fr: 'Vagues', en: 'Waves' },
      body: html`<h1>${view.t({ fr: 'Vagues', en: 'Waves' })}</h1>
${table(view, {
  caption: { fr: 'Par date de bascule', en: 'By date of cutover' },
  rows: inCalendarOrder(calendar, platform),
  columns: [
    { name: { fr: 'Bascule', en: 'Cutover' }, cell: ({ cutover }) => dayText(view, cutover) },
    { name: { fr: 'Site', en: 'Site' }, cell: ({ site }) => view.t(siteLabel(platform, site)) },
    { name: { fr: 'Nature', en: 'Kind' }, cell: ({ kind }) => view.t(waveKindLabels[kind]) },
    { name: { fr: 'État', en: 'State' }, cell: ({ state }) => view.t(waveStateLabels[state]) },
    {
      name: { fr: 'Clients réservés', en: 'Customers booked' },
      cell: ({ booked, capacity }) => `${booked.customers} / ${capacity.customers}`,
      number: true,
    },
  ],
})}`,
    });
  });
}
