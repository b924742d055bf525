import { sealedRecord } from '../../application/seal-record.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import {
  type DocumentRow,
  type DocumentSource,
  recordDocument,
  recordFile,
  recordTitle,
} from '../../domain/record/record-document.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';

/** Where the record of a submission is; that of the last one without a number. */
export const recordPath = '/status/record';

/** An earlier or the last submission, for the list of records. */
interface Listed {
  readonly number: number;
  readonly at: string;
}

interface Shown extends DocumentSource {
  /** Every submission that is kept, the last one first. */
  readonly all: readonly Listed[];
}

function isOfNumber(wanted: string | undefined, number: number): boolean {
  return wanted === undefined || wanted === String(number);
}

/** What the address asks for; undefined when there is no such submission. */
async function shownRecord(
  { store, site, ...deps }: WebDependencies,
  state: OnboardingState,
  wanted: string | undefined,
): Promise<Shown | undefined> {
  const { reference } = state;
  const [all, result] = await Promise.all([
    store.dossiers.submissions(reference),
    store.dossiers.result(reference),
  ]);
  const submission = all.find(({ number }) => isOfNumber(wanted, number));
  if (submission === undefined) return undefined;
  const sealed = await sealedRecord({ store, ...deps }, state, submission);
  return { ...sealed, state, result, proof: site.url('/proof'), all };
}

function row({ key, lines, note }: DocumentRow): Html {
  return html`<div><dt>${key}</dt><dd>${lines.map((line, index) => html`${index === 0 ? nothing : html`<br>`}${line}`)}${note === undefined ? nothing : html`<br><span class="soft">${note}</span>`}</dd></div>`;
}

function otherRecords(view: View, { all, record }: Shown): Html {
  const others = all.filter(({ number }) => number !== record.submission.number);
  if (others.length === 0) return nothing;
  const name = ({ number, at }: Listed): Text => {
    const on = instantText(view, at);
    return { fr: `Envoi n° ${number}, le ${on}`, en: `Submission no. ${number}, on ${on}` };
  };
  return html`<h2>${view.t({ fr: 'Autres envois', en: 'Other submissions' })}</h2>
<ul>${others.map((other) => html`<li><a href="${view.href(`${recordPath}?submission=${other.number}`)}">${view.t(name(other))}</a></li>`)}</ul>`;
}

function recordPage(view: View, shown: Shown): Page {
  const { language, sections } = recordDocument(shown);
  const { number } = shown.record.submission;
  const inLanguage = language === view.language ? nothing : html` lang="${language}"`;
  return {
    title: {
      fr: `${recordTitle.fr}, envoi n° ${number}`,
      en: `${recordTitle.en}, submission no. ${number}`,
    },
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(recordTitle)}</h1>
<p>${view.t({
      fr: 'Ce que nous vous avons demandé et ce que vous avez répondu, dans la langue de l’envoi, avec un sceau qui permet à chacun de vérifier que rien n’a changé.',
      en: 'What we asked and what you answered, in the language of the submission, with a seal that lets anyone verify that nothing has changed.',
    })}</p>
<p><a href="${view.href(`${recordPath}.json?submission=${number}`)}" download>${view.t({ fr: 'Télécharger le relevé scellé (JSON)', en: 'Download the sealed record (JSON)' })}</a><br>
<a href="${view.href('/proof')}">${view.t({ fr: 'Vérifier un relevé', en: 'Check a record' })}</a></p>
<div${inLanguage}>${sections.map(
      ({ id, title, introduction, rows }) =>
        html`<h2 id="${id}">${title}</h2>${introduction === undefined ? nothing : html`<p>${introduction}</p>`}<dl class="pairs">${rows.map(row)}</dl>`,
    )}</div>
${otherRecords(view, shown)}`,
  };
}

/** The record of a submission, for the customer's files: on a page, and as a file that anyone can verify. */
export function registerRecord(app: WebApp, deps: WebDependencies): void {
  const { site } = deps;
  const asked = (c: WebContext) => shownRecord(deps, customerOf(c).now.state, c.req.query('submission'));
  const without = (c: WebContext) =>
    c.req.query('submission') === undefined ? leadTo(c, site, '/status') : notFound(c);

  app.get(recordPath, requireCustomer, async (c) => {
    const shown = await asked(c);
    return shown === undefined ? without(c) : answerPage(c, recordPage(c.get('view'), shown));
  });

  app.get(`${recordPath}.json`, requireCustomer, async (c) => {
    const shown = await asked(c);
    if (shown === undefined) return without(c);
    const { reference, submission } = shown.record;
    return c.body(`${JSON.stringify(recordFile(shown), null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${reference}-${submission.number}.json"`,
    });
  });
}
