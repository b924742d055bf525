import { mostLookedAt, type WaveExit } from '../../application/read-exit.ts';
import { type ExitCriteria, type ExitStatus, exitCriteriaOf } from '../../domain/onboarding/exit-criteria.ts';
import type { Text } from '../../domain/text.ts';
import { table, tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import type { WaveStatus } from './wave-status.ts';

interface Row {
  readonly criterion: keyof ExitCriteria;
  readonly name: Text;
  readonly found: Text;
}

function rowsOf({ toRecord, done, failed, hypercareOverdue }: WaveExit['tally']): readonly Row[] {
  return [
    {
      criterion: 'recorded',
      name: { fr: 'Toutes les bascules sont enregistrées', en: 'Every cutover is recorded' },
      found:
        toRecord === 0
          ? { fr: 'aucune à enregistrer', en: 'none to record' }
          : { fr: `${toRecord} à enregistrer`, en: `${toRecord} to record` },
    },
    {
      criterion: 'done',
      name: { fr: 'Au moins 90 % des bascules sont faites', en: 'At least 90% of the cutovers are done' },
      found: {
        fr: `${done} faite${done > 1 ? 's' : ''}, ${failed} annulée${failed > 1 ? 's' : ''} ou reportée${failed > 1 ? 's' : ''}`,
        en: `${done} done, ${failed} rolled back or postponed`,
      },
    },
    {
      criterion: 'hypercare',
      name: {
        fr: 'Aucune surveillance renforcée ne dépasse celle de la vague',
        en: 'No hypercare goes on after that of the wave',
      },
      found: {
        fr: `${hypercareOverdue} en retard`,
        en: `${hypercareOverdue} overdue`,
      },
    },
  ];
}

/** Customers with this status, each with a link and what is said of it. */
function listOf(
  view: View,
  { customers }: WaveExit,
  status: ExitStatus,
  { intro, detail }: { intro: Text; detail?: (state: WaveExit['customers'][number]['state']) => string },
): Html {
  const found = customers.filter((each) => each.status === status);
  if (found.length === 0) return nothing;
  return html`<p>${view.t(intro)}</p><ul>${found.map(
    ({ state }) =>
      html`<li><a href="${view.href(`/operations/${state.reference}`)}">${state.name}</a> (<span class="code">${state.reference}</span>)${detail?.(state) ?? ''}</li>`,
  )}</ul>`;
}

const endsByItself: Text = {
  fr: 'La vague se termine d’elle-même une fois toutes les bascules enregistrées et la surveillance renforcée passée pour tous.',
  en: 'The wave ends by itself once every cutover is recorded and hypercare is over for all.',
};
const mayGrow: Text = {
  fr: 'Si les trois critères sont remplis, la vague suivante du site peut croître de plus de 50 %.',
  en: 'If all three criteria are met, the next wave of this site may grow by more than 50%.',
};

/** The exit criteria of a wave that has begun, with what is missing for each, by customer. */
export function exitSection(view: View, { wave, exit }: WaveStatus): Html {
  if (exit === undefined) return nothing;
  const met = exitCriteriaOf(exit.tally);
  const part: Text = {
    fr: `Chiffres des ${mostLookedAt} premiers clients de la vague.`,
    en: `Figures of the first ${mostLookedAt} customers of the wave.`,
  };
  return html`<h2>${view.t({ fr: 'Critères de sortie', en: 'Exit criteria' })}</h2>
<p>${wave.state === 'RUNNING' ? html`${view.t(endsByItself)} ` : nothing}${view.t(mayGrow)}${exit.isWhole ? '' : ` ${view.t(part)}`}</p>
${table(view, {
  caption: { fr: 'Critères et ce qui manque', en: 'Criteria and what is missing' },
  rows: rowsOf(exit.tally),
  columns: [
    { name: { fr: 'Critère', en: 'Criterion' }, cell: ({ name }) => view.t(name) },
    {
      name: { fr: 'État', en: 'State' },
      cell: ({ criterion }) =>
        met[criterion]
          ? tag(view, { fr: 'Rempli', en: 'Met' }, 'good')
          : tag(view, { fr: 'Non rempli', en: 'Not met' }, 'warn'),
    },
    { name: { fr: 'Constat', en: 'Finding' }, cell: ({ found }) => view.t(found) },
  ],
})}${listOf(view, exit, 'to_record', {
  intro: {
    fr: 'La vague pourra être terminée une fois enregistrée la bascule de :',
    en: 'The wave can finish once these cutovers are recorded:',
  },
})}${listOf(view, exit, 'hypercare_overdue', {
  intro: { fr: 'Surveillance renforcée en retard :', en: 'Hypercare overdue:' },
  detail: ({ hypercareEnd }) =>
    hypercareEnd === undefined
      ? ''
      : view.t({
          fr: `, jusqu’au ${dayText(view, hypercareEnd)}`,
          en: `, until ${dayText(view, hypercareEnd)}`,
        }),
})}`;
}
