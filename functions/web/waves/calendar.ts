import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { inCalendarOrder, siteLabel, type Wave, waveKindLabels } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { linkButton, table } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { components, loadText, waveStateTag } from './wave-labels.ts';

const title: Text = { fr: 'Vagues', en: 'Waves' };

function waveTable(view: View, caption: Text, rows: readonly Wave[]): Html {
  return table(view, {
    caption,
    rows,
    columns: [
      {
        name: { fr: 'Bascule ou début', en: 'Cutover or start' },
        cell: ({ id, cutover }) => html`<a href="${view.href(`/waves/${id}`)}">${dayText(view, cutover)}</a>`,
      },
      { name: { fr: 'Type', en: 'Type' }, cell: ({ kind }) => view.t(waveKindLabels[kind]) },
      { name: { fr: 'État', en: 'State' }, cell: ({ state }) => waveStateTag(view, state) },
      ...components.map((component) => ({
        name: componentLabels[component],
        cell: (wave: Wave) => loadText(view, wave, component),
      })),
    ],
  });
}

const isOver = ({ state }: Wave): boolean => state === 'DONE' || state === 'CANCELLED';

function siteSection(view: View, deps: WebDependencies, waves: readonly Wave[], site: string): Html {
  const here = inCalendarOrder(
    waves.filter((wave) => wave.site === site),
    deps.platform,
  );
  const name = siteLabel(deps.platform, site);
  const [current, past] = [here.filter((wave) => !isOver(wave)), here.filter(isOver)];
  const empty = html`<p>${view.t({ fr: 'Aucune vague à venir.', en: 'No upcoming waves.' })}</p>`;
  return html`<h2>${view.t(name)}</h2>
${current.length === 0 ? empty : waveTable(view, { fr: `Site ${name.fr}, par date`, en: `Site ${name.en}, by date` }, current)}
${
  past.length === 0
    ? nothing
    : html`<details><summary>${view.t({ fr: `Terminées ou annulées (${past.length})`, en: `Finished or cancelled (${past.length})` })}</summary>${waveTable(view, { fr: `Site ${name.fr}, vagues passées`, en: `Site ${name.en}, past waves` }, past)}</details>`
}`;
}

/** The calendar by site, with the capacity and the bookings of each wave. */
export async function calendarPage(c: WebContext, deps: WebDependencies) {
  const view = c.get('view');
  const { items: waves, unreadable } = await deps.store.waves.wholeCalendar(siteCodes(deps.platform), {
    consistent: true,
  });
  return answerPage(c, {
    title,
    body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}
<div class="actions">${linkButton(view, '/waves/new', { fr: 'Ajouter une vague', en: 'Add a wave' })}${linkButton(view, '/waves/waiting-list', { fr: 'Liste d’attente', en: 'Waiting list' }, 'second')}</div>
${siteCodes(deps.platform).map((code) => siteSection(view, deps, waves, code))}`,
  });
}
