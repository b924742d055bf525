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
import { errorName } from '../../platform/log.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, type WebContext } from '../shared/http/web-app.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { correctionLink } from './correction-notice.ts';
import { recordPath } from './record-path.ts';

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

function recordPage(view: View, shown: Shown, correction: Html): Page {
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
<p><a href="${view.href(`${recordPath}.pdf?submission=${number}`)}" download>${view.t({ fr: 'Télécharger le relevé (PDF)', en: 'Download the record (PDF)' })}</a><br>
<a href="${view.href(`${recordPath}.json?submission=${number}`)}" download>${view.t({ fr: 'Télécharger le relevé scellé (JSON)', en: 'Download the sealed record (JSON)' })}</a><br>
<a href="${view.href('/proof')}">${view.t({ fr: 'Vérifier un relevé', en: 'Check a record' })}</a></p>
<div${inLanguage}>${sections.map(
      ({ id, title, introduction, rows }) =>
        html`<h2 id="${id}">${title}</h2>${introduction === undefined ? nothing : html`<p>${introduction}</p>`}<dl class="pairs">${rows.map(row)}</dl>`,
    )}</div>
${otherRecords(view, shown)}
${correction}`,
  };
}

/** The same words are on the page: no one has to wait for the PDF. */
function unavailablePage(view: View, number: number): Page {
  const title: Text = {
    fr: 'Le PDF n’est pas disponible pour le moment',
    en: 'The PDF is not available at the moment',
  };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: 'Rien n’est perdu : le relevé se lit, s’imprime et s’enregistre aussi depuis sa page, avec le même contenu et le même sceau.',
      en: 'Nothing is lost: the record can also be read, printed and saved from its page, with the same content and the same seal.',
    })}</p>
<p><a href="${view.href(`${recordPath}?submission=${number}`)}">${view.t({ fr: 'Lire le relevé', en: 'Read the record' })}</a></p>`,
  };
}

function asked(c: WebContext, deps: WebDependencies): Promise<Shown | undefined> {
  return shownRecord(deps, customerOf(c).now.state, c.req.query('submission'));
}

function without(c: WebContext, { site }: WebDependencies) {
  return c.req.query('submission') === undefined ? leadTo(c, site, '/status') : notFound(c);
}

export async function showRecord(c: WebContext, deps: WebDependencies) {
  const shown = await asked(c, deps);
  if (shown === undefined) return without(c, deps);
  const view = c.get('view');
  const correction = correctionLink(view, customerOf(c).now, deps.clock.now());
  return answerPage(c, recordPage(view, shown, correction));
}

export async function sendRecordFile(c: WebContext, deps: WebDependencies) {
  const shown = await asked(c, deps);
  if (shown === undefined) return without(c, deps);
  const { reference, submission } = shown.record;
  return c.body(`${JSON.stringify(recordFile(shown), null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="${reference}-${submission.number}.json"`,
  });
}

export async function sendRecordPdf(c: WebContext, deps: WebDependencies) {
  const shown = await asked(c, deps);
  if (shown === undefined) return without(c, deps);
  const { reference, submission } = shown.record;
  try {
    const pdf = await deps.renderDocument(reference, submission.number);
    return c.body(Uint8Array.from(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${reference}-${submission.number}.pdf"`,
    });
  } catch (error) {
    deps.logger.log('document_failed', { onboardingId: reference, error: errorName(error) });
    return answerPage(c, unavailablePage(c.get('view'), submission.number), 503);
  }
}
