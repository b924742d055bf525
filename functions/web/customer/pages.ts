import { lifecycle } from '../../domain/lifecycle.ts';
import type { WebDependencies } from '../dependencies.ts';
import { answerPage, type WebApp } from '../http/web-app.ts';
import { summaryList } from '../layout/components.ts';
import { dayText } from '../layout/dates.ts';
import { html } from '../layout/html.ts';
import { partyLabels, stageTag } from '../layout/stage-tag.ts';
import { customerOf, requireCustomer } from '../session/access.ts';

/** What the customer's contact sees and does. */
export function registerCustomerPages(app: WebApp, _deps: WebDependencies): void {
  app.get('/status', requireCustomer, (c) => {
    const view = c.get('view');
    const { reference, now } = customerOf(c);
    const { state } = now;
    return answerPage(c, {
      title: { fr: 'Où en est votre dossier', en: 'Where your file stands' },
      body: html`<h1>${view.t({ fr: 'Où en est votre dossier', en: 'Where your file stands' })}</h1>
${summaryList(view, [
  { key: { fr: 'Organisme', en: 'Organisation' }, value: state.name },
  { key: { fr: 'Référence', en: 'Reference' }, value: reference },
  { key: { fr: 'Étape', en: 'Stage' }, value: stageTag(view, state.stage) },
  { key: { fr: 'Depuis le', en: 'Since' }, value: dayText(view, state.stageSince) },
  {
    key: { fr: 'À qui d’agir', en: 'Whose turn it is' },
    value: view.t(partyLabels[lifecycle[state.stage].ball]),
  },
])}`,
    });
  });
}
