import { startInterview } from '../../application/interviews.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { BusinessError } from '../../domain/errors.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import {
  type Interview,
  type Interviewed,
  interviewFields,
  interviewProblems,
} from '../../domain/onboarding/interviews.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { answersExpected } from '../customer/questionnaire-access.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField, textField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, staffOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';
import { keyField, keyOf, newKey } from '../shared/staff/request-key.ts';
import { interviewLabel } from './interview-link.ts';

interface Shown {
  readonly now: Snapshot;
  readonly interviews: readonly Interview[];
  readonly key: string;
  readonly at: Date;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function interviewRow(view: View, { state }: Snapshot, interview: Interview, own: string): Html {
  const { id, by, operator, name, role, on } = interview;
  const day = dayText(view, on);
  const text = view.t({
    fr: `Entretien du ${day} avec ${name} (${role}), par ${operator}`,
    en: `Interview of ${day} with ${name} (${role}), by ${operator}`,
  });
  return by === own
    ? html`<li><a href="${view.href(`/operations/${state.reference}/interviews/${id}`)}">${text}</a></li>`
    : html`<li>${text}</li>`;
}

function startFields(view: View, { key, fields, problems, at }: Shown): Html {
  const line = (name: 'name' | 'role') =>
    textField(view, {
      name,
      label: interviewFields[name],
      value: fields?.get(name),
      problem: problemOf(problems, name),
      ...(name === 'role' ? { hint: { fr: 'Par exemple « RSSI »', en: 'For example “CISO”' } } : {}),
    });
  const [year = '', month = '', day = ''] = calendarDateOf(at).split('-');
  return html`<input type="hidden" name="${keyField}" value="${key}">${line('name')}${line('role')}${dateField(
    view,
    {
      name: 'on',
      label: interviewFields.on,
      value: fields?.dateParts('on') ?? { day, month, year },
      problem: problemOf(problems, 'on'),
    },
  )}`;
}

/** The interviews of an onboarding, and the form that begins one. */
function listPage(c: WebContext, shown: Shown, status?: 409) {
  const view = c.get('view');
  const { now, interviews, at, problems = [] } = shown;
  const { reference } = now.state;
  const name = organisationName(now.state);
  const path = `/operations/${reference}`;
  const { subject } = staffOf(c);
  return answerPage(
    c,
    {
      title: { fr: `${interviewLabel.fr} – ${reference}`, en: `${interviewLabel.en} – ${reference}` },
      back: { path },
      problems,
      body: html`<h1>${view.t(interviewLabel)}</h1>
<p class="soft">${name} – ${reference}</p>
<p>${view.t({
        fr: 'Vous saisissez ce que le client vous dit dans les mêmes pages que lui, et vous voyez alors ses réponses. Chacune porte votre nom et celui de la personne interrogée. Vous n’attestez pas à sa place : il le fait par son lien, ou par un courrier signé dont vous enregistrez la référence et la date.',
        en: 'You enter what the customer tells you in the same pages as theirs, and you then see their answers. Each carries your name and that of the person spoken with. You do not attest for them: they do so with their link, or by a signed letter whose reference and date you record.',
      })}</p>
${interviews.length === 0 ? nothing : html`<h2>${view.t({ fr: 'Entretiens ouverts', en: 'Interviews' })}</h2><ul>${interviews.map((interview) => interviewRow(view, now, interview, subject))}</ul>`}
${answersExpected(now, at) ? nothing : html`<p>${view.t({ fr: 'Aucune réponse n’est attendue à cette étape.', en: 'No answers are awaited at this stage.' })}</p>`}
${
  answersExpected(now, at) || problems.length > 0
    ? html`<h2>${view.t({ fr: 'Nouvel entretien', en: 'New interview' })}</h2>
${form(view, {
  kept: true,
  action: `${path}/interviews`,
  content: startFields(view, shown),
  buttons: [{ label: { fr: 'Commencer l’entretien', en: 'Start the interview' } }],
})}`
    : nothing
}`,
    },
    status,
  );
}

async function readShown(c: WebContext, deps: WebDependencies): Promise<Omit<Shown, 'key'>> {
  const now = await visibleOnboarding(c, deps, c.req.param('reference') ?? '');
  const interviews = await deps.store.interviews.of(now.state.reference);
  return { now, interviews, at: deps.clock.now() };
}

export async function showInterviews(c: WebContext, deps: WebDependencies): Promise<Response> {
  return listPage(c, { ...(await readShown(c, deps)), key: newKey(deps) });
}

function typedIn(fields: FormFields): Interviewed {
  const line = (name: 'name' | 'role') => fields.get(name) ?? '';
  return { name: line('name'), role: line('role'), on: fields.date('on') ?? '' };
}

/** Begins an interview and leads to its form; sent twice, it begins one. */
export async function beginInterview(c: WebContext, deps: WebDependencies): Promise<Response> {
  const shown = await readShown(c, deps);
  const { reference } = shown.now.state;
  const fields = formOf(c);
  const key = keyOf(deps, fields);
  const interviewed = typedIn(fields);
  const problems = interviewProblems(interviewed, shown.at);
  if (problems.length > 0 || onlyAsksForLanguage(c)) return listPage(c, { ...shown, key, fields, problems });
  const { subject, name } = staffOf(c);
  const body = await deps.links.digest(JSON.stringify([reference, interviewed]));
  const request = { scope: `operations:${subject}`, key, body };
  const interviewer = { actor: actorOf(c, 'operator'), name };
  try {
    await startInterview(deps, request, reference, interviewed, interviewer);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    const refused = { ...shown, key: newKey(deps), fields, problems: [refusalOf(error, 'name')] };
    return listPage(c, refused, refusalStatus(error));
  }
  const own = (await deps.store.interviews.of(reference)).filter(({ by }) => by === subject);
  return leadTo(c, deps.site, `/operations/${reference}/interviews/${own.at(-1)?.id ?? ''}`);
}
