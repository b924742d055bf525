import { recordRemediation } from '../../application/record-remediation.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { answersInForce } from '../../domain/onboarding/records.ts';
import { extentOf, extentText, remediationLabels } from '../../domain/onboarding/remediation.ts';
import { type RemediationTask, remediationTasks } from '../../domain/onboarding/remediation-tasks.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import { remediationDay } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { html } from '../shared/layout/html.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';

const explanations: Readonly<Record<RemediationTask, Text>> = {
  MAILBOXES_OVER_200_GB: {
    fr: 'Une boîte de plus de 200 Go ne peut pas être migrée : le client l’archive ou la répartit d’abord.',
    en: 'A mailbox over 200 GB cannot be migrated: the customer archives or splits it first.',
  },
  DIRECTORY_APPLICATIONS: {
    fr: 'Chaque application qui s’appuie sur l’annuaire du client est enregistrée de nouveau dans le nouvel annuaire.',
    en: 'Each application that relies on the directory of the customer is registered again in the new one.',
  },
};
const noEffect: Text = {
  fr: 'Le go n’en dépend pas. Si le client corrige sa réponse, la tâche se rouvre d’elle-même.',
  en: 'A go does not depend on it. If the customer corrects its answer, the task opens again by itself.',
};

interface Shown {
  readonly now: Snapshot;
  readonly task: RemediationTask;
  readonly extent: string;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function remediationPage(c: WebContext, shown: Shown, status?: 409) {
  const view = c.get('view');
  const { now, task, extent, fields, problems = [] } = shown;
  const { reference, remediated, stage } = now.state;
  const { booking } = now;
  const isDone = remediated?.[task] === extent;
  const title = remediationLabels[task];
  const isClosed = stage === 'CLOSED';
  const button = isDone
    ? { label: { fr: 'Rouvrir la tâche', en: 'Open the task again' } }
    : { label: { fr: 'Enregistrer comme faite', en: 'Record as done' } };
  const path = `/operations/${reference}`;
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${reference}`, en: `${title.en} – ${reference}` },
      back: { path },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p class="soft">${organisationName(now.state)} – ${reference}</p>
<p>${view.t(explanations[task])} ${view.t(noEffect)}</p>
${summaryList(view, [
  { key: { fr: 'Selon les réponses', en: 'According to the answers' }, value: view.t(extentText(extent)) },
  {
    key: { fr: 'État', en: 'State' },
    value: view.t(isDone ? { fr: 'Faite', en: 'Done' } : { fr: 'À faire', en: 'To do' }),
  },
  ...(booking === undefined
    ? []
    : [
        {
          key: { fr: 'À faire au plus tard le', en: 'To be done by' },
          value: dayText(view, remediationDay(booking.cutover)),
        },
      ]),
])}
${
  isClosed
    ? html`<p>${view.t({ fr: 'Ce dossier est clos : rien ne change plus.', en: 'This onboarding is closed: nothing changes any more.' })}</p>`
    : form(view, {
        kept: true,
        action: `${path}/remediation/${task}`,
        content: html`<input type="hidden" name="done" value="${isDone ? 'no' : 'yes'}"><input type="hidden" name="extent" value="${extent}">${reasonField(view, { form: fields, problems })}`,
        buttons: [button],
      })
}`,
    },
    status,
  );
}

/** The page on which an operator records that a remediation task of a customer is done, or opens it again. */
export function registerRemediation(app: WebApp, deps: WebDependencies): void {
  /** The task that the path names; undefined when the answers ask for nothing of the kind. */
  async function shownAt(c: WebContext, reference: string, named: string): Promise<Shown | undefined> {
    const now = await visibleOnboarding(c, deps, reference);
    const task = remediationTasks.find((known) => known === named);
    const submission = task && (await deps.store.dossiers.submission(now.state.reference));
    if (task === undefined || submission === undefined) return undefined;
    const extent = extentOf(task, answersInForce(submission), now.state);
    return extent === undefined ? undefined : { now, task, extent };
  }

  app.get('/operations/:reference/remediation/:task', async (c) => {
    const shown = await shownAt(c, c.req.param('reference'), c.req.param('task'));
    return shown === undefined ? notFound(c) : remediationPage(c, shown);
  });

  app.post('/operations/:reference/remediation/:task', async (c) => {
    const found = await shownAt(c, c.req.param('reference'), c.req.param('task'));
    if (found === undefined) return notFound(c);
    const fields = formOf(c);
    const reason = readReason(fields);
    const shown = { ...found, fields };
    if ('problems' in reason) return remediationPage(c, { ...shown, problems: reason.problems });
    if (onlyAsksForLanguage(c)) return remediationPage(c, shown);
    const { task, now } = found;
    const { reference } = now.state;
    const recorded = {
      ...{ task, done: fields.get('done') !== 'no', reason: reason.value },
      extent: fields.get('extent'),
    };
    try {
      await recordRemediation(deps, reference, recorded, actorOf(c, 'operator'));
    } catch (error) {
      const problems = [refusalOf(error, 'reason')];
      return remediationPage(c, { ...shown, problems }, refusalStatus(error));
    }
    return leadTo(c, deps.site, `/operations/${reference}`, 'remediation');
  });
}
