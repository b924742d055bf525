import { fieldProblem } from '../../../functions/domain/input/problem-texts.ts';
import { readDate } from '../../../functions/domain/input/written-date.ts';
import type { Text } from '../../../functions/domain/text.ts';
import type { MailAttachment } from '../../../functions/platform/mail.ts';
import { notFound } from '../../../functions/web/shared/http/error-pages.ts';
import { leadTo } from '../../../functions/web/shared/http/flash.ts';
import { onlyAsksForLanguage } from '../../../functions/web/shared/http/language.ts';
import type { Site } from '../../../functions/web/shared/http/site.ts';
import {
  answerPage,
  formOf,
  type WebApp,
  type WebContext,
} from '../../../functions/web/shared/http/web-app.ts';
import {
  form,
  linkButton,
  noValue,
  summaryList,
  table,
} from '../../../functions/web/shared/layout/components.ts';
import { instantText } from '../../../functions/web/shared/layout/dates.ts';
import { type Problem, problemOf } from '../../../functions/web/shared/layout/error-summary.ts';
import { dateField } from '../../../functions/web/shared/layout/fields.ts';
import { type Html, html } from '../../../functions/web/shared/layout/html.ts';
import type { View } from '../../../functions/web/shared/layout/view.ts';
import type { Runtime } from '../runtime.ts';
import { ClockWishError, clockPath, moveClock, readWish } from './clock-control.ts';
import { demoAccounts, demoClient, roleLabels } from './demo-accounts.ts';

/** Path of the page that controls the demonstration. */
export const demonstrationPath = '/local';

const shown = 25;

const dayLabel: Text = { fr: 'Date', en: 'Date' };

const title: Text = { fr: 'Démonstration locale', en: 'Local demonstration' };
const allMails: Text = { fr: 'Tous les courriels', en: 'All emails' };
const allEvents: Text = { fr: 'Tous les événements', en: 'All events' };

type DemoRuntime = Pick<Runtime, 'clock' | 'mailbox' | 'events'>;

/** Pages that exist only in the local system: clock, mailbox, events and demonstration accounts. */
export function registerDemoPages(app: WebApp, runtime: DemoRuntime, site: Site): void {
  app.get(demonstrationPath, (c) => answerOverview(c, runtime));
  app.post(clockPath, (c) => answerClockForm(c, runtime, site));
  app.get('/local/mail', (c) => answerMails(c, runtime));
  app.get('/local/events', (c) => answerEvents(c, runtime));
  app.get('/local/mail/:id', (c) => answerMail(c, runtime, site, c.req.param('id')));
  app.get('/local/mail/:id/:file', (c) => answerFile(c, runtime, c.req.param()));
}

function answerOverview(c: WebContext, runtime: DemoRuntime, problems: readonly Problem[] = []) {
  const view = c.get('view');
  return answerPage(c, {
    title,
    problems,
    flashes: { clock_moved: { fr: 'L’horloge a avancé.', en: 'The clock has moved forward.' } },
    body: html`<h1>${view.t(title)}</h1>
${clockSection(c, runtime, problems)}
${accounts(view)}
<h2>${view.t({ fr: 'Courriels', en: 'Emails' })}</h2>
${mails(view, runtime, shown)}
<p><a href="${view.href('/local/mail')}">${view.t(allMails)}</a></p>
<h2>${view.t({ fr: 'Événements', en: 'Events' })}</h2>
${events(view, runtime, shown)}
<p><a href="${view.href('/local/events')}">${view.t(allEvents)}</a></p>`,
  });
}

/** Moves the clock as the form asks; a form that cannot be followed is shown again with its problem. */
async function answerClockForm(c: WebContext, runtime: DemoRuntime, site: Site) {
  const { clock } = runtime;
  const fields = formOf(c);
  const to = readDate(fields.date('to') ?? '');
  const next = fields.get('next') !== undefined;
  if (!next && to === undefined) {
    return answerOverview(c, runtime, [fieldProblem('to', dayLabel, 'not_a_date')]);
  }
  const wish = next || to === undefined ? ({ next: true } as const) : { to };
  try {
    if (onlyAsksForLanguage(c)) {
      readWish(clock, wish);
      return answerOverview(c, runtime);
    }
    await moveClock(clock, wish);
  } catch (error) {
    if (error instanceof ClockWishError) {
      return answerOverview(c, runtime, [{ field: 'to', message: error.text }]);
    }
    throw error;
  }
  return leadTo(c, site, demonstrationPath, 'clock_moved');
}

function answerMails(c: WebContext, runtime: DemoRuntime) {
  const view = c.get('view');
  return answerPage(c, {
    title: allMails,
    back: { path: demonstrationPath },
    body: html`<h1>${view.t(allMails)}</h1>${mails(view, runtime, Number.POSITIVE_INFINITY)}`,
  });
}

function answerEvents(c: WebContext, runtime: DemoRuntime) {
  const view = c.get('view');
  return answerPage(c, {
    title: allEvents,
    back: { path: demonstrationPath },
    body: html`<h1>${view.t(allEvents)}</h1>${events(view, runtime, Number.POSITIVE_INFINITY)}`,
  });
}

function answerMail(c: WebContext, { mailbox }: DemoRuntime, site: Site, id: string) {
  const view = c.get('view');
  const mail = mailbox.read(id);
  if (mail === undefined) return notFound(c);
  const { subject, to, replyTo, at, text, language, attachments = [] } = mail;
  return answerPage(c, {
    title: { fr: subject, en: subject },
    back: { path: demonstrationPath },
    body: html`<h1 lang="${language}">${subject}</h1>
${summaryList(view, [
  { key: { fr: 'À', en: 'To' }, value: to },
  ...(replyTo === undefined ? [] : [{ key: { fr: 'Répondre à', en: 'Reply to' }, value: replyTo }]),
  { key: { fr: 'Reçu', en: 'Received' }, value: instantText(view, at) },
  ...(attachments.length === 0 ? [] : [{ key: attachedFiles, value: files(view, id, attachments) }]),
])}
<pre lang="${language}">${readable(text, site)}</pre>`,
  });
}

const attachedFiles: Text = { fr: 'Pièces jointes', en: 'Attachments' };

function files(view: View, id: string, attachments: readonly MailAttachment[]): Html {
  const path = `/local/mail/${encodeURIComponent(id)}`;
  return html`<ul>${attachments.map(({ name }) => html`<li><a href="${view.href(`${path}/${name}`)}">${name}</a></li>`)}</ul>`;
}

interface NamedFile {
  readonly id: string;
  readonly file: string;
}

function answerFile(c: WebContext, { mailbox }: DemoRuntime, { id, file }: NamedFile) {
  const found = mailbox.read(id)?.attachments?.find(({ name }) => name === file);
  if (found === undefined) return notFound(c);
  return c.body(found.text, 200, {
    'Content-Type': found.type,
    'Content-Disposition': `attachment; filename="${found.name}"`,
  });
}

function clockSection(c: WebContext, { clock }: DemoRuntime, problems: readonly Problem[]): Html {
  const view = c.get('view');
  const next = clock.nextDeadline();
  return html`<h2>${view.t({ fr: 'Horloge', en: 'Clock' })}</h2>
${summaryList(view, [
  {
    key: { fr: 'Date et heure actuelles', en: 'Current time' },
    value: instantText(view, clock.now().toISOString()),
  },
  {
    key: { fr: 'Prochaine échéance', en: 'Next deadline' },
    value: next === undefined ? '–' : instantText(view, next.toISOString()),
  },
])}
${form(view, {
  action: clockPath,
  content: html`<input type="hidden" name="next" value="true">`,
  buttons: [{ label: { fr: 'Aller à la prochaine échéance', en: 'Go to the next deadline' } }],
})}
${form(view, {
  kept: true,
  action: clockPath,
  content: dateField(view, {
    name: 'to',
    label: { fr: 'Aller à une date', en: 'Go to a date' },
    hint: {
      fr: 'L’horloge sera réglée à 9 h ce jour-là, par exemple 24 12 2026 ; elle ne recule jamais.',
      en: 'The clock is set to 09:00 on that day, for example 24 12 2026; it never goes back.',
    },
    value: c.get('form')?.dateParts('to'),
    problem: problemOf(problems, 'to'),
  }),
  buttons: [{ label: { fr: 'Avancer à cette date', en: 'Go to this date' }, look: 'second' }],
})}`;
}

function accounts(view: View): Html {
  return html`<h2>${view.t({ fr: 'Comptes', en: 'Accounts' })}</h2>
${table(view, {
  caption: {
    fr: 'Comptes de démonstration, sans mot de passe',
    en: 'Demonstration accounts, without passwords',
  },
  rows: demoAccounts,
  columns: [
    { name: { fr: 'Nom', en: 'Name' }, cell: ({ name }) => name },
    {
      name: { fr: 'Rôles', en: 'Roles' },
      cell: ({ roles }) => roles.map((role) => view.t(roleLabels[role])).join(', '),
    },
    { name: { fr: 'Équipe', en: 'Team' }, cell: ({ team }) => team ?? noValue },
    { name: { fr: 'Courriel', en: 'Email' }, cell: ({ email }) => email },
  ],
})}
<div class="actions">${linkButton(view, '/sign-in', { fr: 'Se connecter', en: 'Sign in' })}</div>
<p>${view.t({ fr: 'Client d’API :', en: 'API client:' })} <code>${demoClient.id}</code> / <code>${demoClient.secret}</code>, ${view.t({ fr: 'type d’autorisation', en: 'grant type' })} <code>client_credentials</code>.</p>`;
}

function mails(view: View, { mailbox }: DemoRuntime, limit: number): Html {
  const rows = mailbox.list().toReversed().slice(0, limit);
  return table(view, {
    caption: { fr: 'Courriels, du plus récent au plus ancien', en: 'Emails, newest first' },
    rows,
    columns: [
      {
        name: { fr: 'Objet', en: 'Subject' },
        cell: ({ id, subject, language }) =>
          html`<a lang="${language}" href="${view.href(`/local/mail/${encodeURIComponent(id)}`)}">${subject}</a>`,
      },
      { name: { fr: 'À', en: 'To' }, cell: ({ to }) => to },
      { name: { fr: 'Reçu', en: 'Received' }, cell: ({ at }) => instantText(view, at) },
    ],
  });
}

function events(view: View, { events: page }: DemoRuntime, limit: number): Html {
  return table(view, {
    caption: { fr: 'Événements, du plus récent au plus ancien', en: 'Events, newest first' },
    rows: page.list().toReversed().slice(0, limit),
    columns: [
      { name: { fr: 'Type', en: 'Type' }, cell: ({ type }) => html`<code>${type}</code>` },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ reference }) => html`<span class="code">${reference}</span>`,
      },
      { name: { fr: 'Date et heure', en: 'Time' }, cell: ({ at }) => instantText(view, at) },
      {
        name: { fr: 'Données', en: 'Data' },
        cell: ({ data }) =>
          Object.keys(data).length === 0 ? noValue : html`<code class="data">${JSON.stringify(data)}</code>`,
      },
    ],
  });
}

/** The text of an email with its links made clickable. */
function readable(text: string, site: Site): Html {
  return html`${text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1 && part.startsWith(`${site.origin}/`) ? html`<a href="${part}">${part}</a>` : part,
    )}`;
}
