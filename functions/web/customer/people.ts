import {
  type Asking,
  changePerson,
  invitePerson,
  resendPersonLink,
  revokePerson,
} from '../../application/people.ts';
import { BusinessError } from '../../domain/errors.ts';
import { isActive, may, type Person } from '../../domain/onboarding/people.ts';
import { AlreadyNamedError } from '../../domain/onboarding/transitions/people.ts';
import type { ContactRole } from '../../domain/questionnaire/option-codes.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { dossierOf } from './dossier.ts';
import {
  noSection,
  personFields,
  readPerson,
  readSections,
  sectionsField,
  type TypedPerson,
  typedIn,
} from './people-form.ts';
import { peopleListPage, peoplePath, peopleTitle, personFacts } from './people-list.ts';
import { type Invitation, invitations, inviteLabel, rightsText, roleOf } from './people-words.ts';
import { refusalOf } from './refusal.ts';

const personId = /^P\d{1,4}$/;

/** Back to the list of persons. */
const toList = { path: peoplePath, label: peopleTitle };

function askingIn(c: WebContext): Asking {
  const { who, acting } = customerOf(c);
  return { actor: who, by: acting };
}

function invitationIn(value: string | undefined): Invitation | undefined {
  return invitations.find((each) => each === value);
}

/** The pages on which the contact and its deputies name, correct and revoke persons. */
export function registerPeople(app: WebApp, deps: WebDependencies): void {
  app.use(`${peoplePath}/*`, requireCustomer);
  app.get(peoplePath, (c) => showList(c, deps));
  app.get(`${peoplePath}/new/:role`, (c) => showInvitation(c, deps));
  app.post(`${peoplePath}/new/:role`, (c) => invite(c, deps));
  app.get(`${peoplePath}/:id`, (c) => showPerson(c, deps));
  app.post(`${peoplePath}/:id`, (c) => change(c, deps));
  app.post(`${peoplePath}/:id/link`, (c) =>
    act(c, deps, 'person-sent', (id) => resendPersonLink(deps, customerOf(c).reference, id, askingIn(c))),
  );
  app.post(`${peoplePath}/:id/revocation`, (c) =>
    act(c, deps, 'person-revoked', (id) => revokePerson(deps, customerOf(c).reference, id, askingIn(c))),
  );
}

async function showList(c: WebContext, { store }: WebDependencies): Promise<Response> {
  const { reference, acting } = customerOf(c);
  const [people, draft, intake] = await Promise.all([
    store.people.of(reference),
    store.dossiers.draft(reference),
    store.dossiers.intake(reference),
  ]);
  const contact = { name: intake.contactName };
  return answerPage(c, peopleListPage(c.get('view'), { people, draft, acting, contact }));
}

/** The contact that the form names for an office, to be invited without typing it again. */
async function prefilled(c: WebContext, deps: WebDependencies, invitation: Invitation): Promise<TypedPerson> {
  const { answers } = await dossierOf(deps, customerOf(c));
  const office: ContactRole | undefined =
    invitation === 'ciso' || invitation === 'dpo' || invitation === 'cio' ? invitation : undefined;
  const known = office === undefined ? undefined : answers.E5?.[office];
  return { name: known?.name ?? '', email: known?.email ?? '', sections: [] };
}

function invitePage(
  c: WebContext,
  invitation: Invitation,
  typed: TypedPerson,
  problems: readonly Problem[] = [],
) {
  const view = c.get('view');
  const title = inviteLabel(invitation);
  return answerPage(c, {
    title,
    problems,
    back: toList,
    body: html`<h1>${view.t(title)}</h1>
${rightsText(invitation).map((text) => html`<p>${view.t(text)}</p>`)}
<p>${view.t({
      fr: 'Cette personne reçoit un courriel avec son lien, votre nom, et ce que nous faisons de ses coordonnées. Vous pouvez retirer son accès à tout moment.',
      en: 'This person receives an email with their link, your name, and what we do with their contact details. You can revoke their access at any time.',
    })}</p>
${form(view, {
  kept: true,
  action: `${peoplePath}/new/${invitation}`,
  content: html`${personFields(view, typed, problems)}${invitation === 'section' ? sectionsField(view, typed, problems) : nothing}`,
  buttons: [{ label: { fr: 'Envoyer l’invitation', en: 'Send the invitation' } }],
})}`,
  });
}

async function showInvitation(c: WebContext, deps: WebDependencies): Promise<Response> {
  const invitation = invitationIn(c.req.param('role'));
  if (invitation === undefined) return notFound(c);
  if (!may(customerOf(c).acting, { kind: 'name', role: roleOf(invitation) })) return notFound(c);
  return invitePage(c, invitation, await prefilled(c, deps, invitation));
}

/** A refusal of the address is shown at its field, every other one on a page of its own. */
function refused(
  c: WebContext,
  error: unknown,
  title: Text,
  again: (problem: Problem) => Response | Promise<Response>,
) {
  if (!(error instanceof BusinessError)) throw error;
  if (error instanceof AlreadyNamedError) return again({ field: 'email', message: error.text });
  return refusalOf(c, title, error);
}

async function invite(c: WebContext, deps: WebDependencies): Promise<Response> {
  const invitation = invitationIn(c.req.param('role'));
  if (invitation === undefined) return notFound(c);
  const typed = typedIn(formOf(c));
  const sections = invitation === 'section' ? readSections(typed) : [];
  const read = readPerson(typed);
  const problems = [
    ...('problems' in read ? read.problems : []),
    ...(invitation === 'section' && sections.length === 0 ? [noSection] : []),
  ];
  if ('problems' in read || problems.length > 0 || onlyAsksForLanguage(c)) {
    return invitePage(c, invitation, typed, problems);
  }
  const office =
    invitation === 'ciso' || invitation === 'dpo' || invitation === 'cio' ? invitation : undefined;
  const person = {
    ...read.value,
    role: roleOf(invitation),
    sections,
    ...(office === undefined ? {} : { office }),
  };
  try {
    await invitePerson(deps, customerOf(c).reference, person, askingIn(c));
  } catch (error) {
    return refused(c, error, inviteLabel(invitation), (problem) =>
      invitePage(c, invitation, typed, [problem]),
    );
  }
  return leadTo(c, deps.site, peoplePath, 'person-invited');
}

/** The person of the address, if it is one whom this customer may change. */
async function personIn(c: WebContext, { store }: WebDependencies): Promise<Person | undefined> {
  const { reference, acting } = customerOf(c);
  const id = c.req.param('id') ?? '';
  // What is no id may be longer than any key.
  const person = personId.test(id) ? await store.people.get(reference, id) : undefined;
  const mayChange = person !== undefined && may(acting, { kind: 'name', role: person.role });
  return mayChange && isActive(person) ? person : undefined;
}

function personPage(c: WebContext, person: Person, typed: TypedPerson, problems: readonly Problem[] = []) {
  const view = c.get('view');
  const title: Text = { fr: `Accès de ${person.name}`, en: `Access of ${person.name}` };
  const path = `${peoplePath}/${person.id}`;
  return answerPage(c, {
    title,
    problems,
    back: toList,
    body: html`<h1>${view.t(title)}</h1>
${personFacts(view, person)}
<h2>${view.t({ fr: 'Corriger ses coordonnées', en: 'Correct their details' })}</h2>
<p>${view.t({
      fr: 'L’ancien lien et les sessions ouvertes avec lui cessent aussitôt de fonctionner ; un nouveau lien part à l’adresse indiquée.',
      en: 'The old link and the sessions opened with it stop working at once; a new link is sent to the address below.',
    })}</p>
${form(view, {
  kept: true,
  action: path,
  content: personFields(view, typed, problems),
  buttons: [{ label: { fr: 'Enregistrer et envoyer un nouveau lien', en: 'Save and send a new link' } }],
})}
<h2>${view.t({ fr: 'Renvoyer son lien', en: 'Send the link again' })}</h2>
<p><a href="${view.href('/mail-setup')}">${view.t({ fr: 'Le courriel n’arrive pas ? Page pour votre service de messagerie', en: 'The email does not arrive? A page for your mail administrators' })}</a></p>
${form(view, {
  action: `${path}/link`,
  content: html``,
  buttons: [{ label: { fr: 'Renvoyer le lien', en: 'Send the link again' }, look: 'second' }],
})}
<h2>${view.t({ fr: 'Retirer son accès', en: 'Revoke the access' })}</h2>
<p>${view.t({
      fr: 'Son lien et ses sessions cessent aussitôt de fonctionner, et ses rappels aussi. Les réponses enregistrées sont conservées sous son nom.',
      en: 'The link and the sessions stop working at once, and so do the reminders. Saved answers are kept under their name.',
    })}</p>
${form(view, {
  action: `${path}/revocation`,
  content: html``,
  buttons: [{ label: { fr: 'Retirer l’accès', en: 'Revoke the access' }, look: 'danger' }],
})}`,
  });
}

function typedOf({ name, email }: Person): TypedPerson {
  return { name, email, sections: [] };
}

async function showPerson(c: WebContext, deps: WebDependencies): Promise<Response> {
  const person = await personIn(c, deps);
  return person === undefined ? notFound(c) : personPage(c, person, typedOf(person));
}

async function change(c: WebContext, deps: WebDependencies): Promise<Response> {
  const person = await personIn(c, deps);
  if (person === undefined) return notFound(c);
  const typed = typedIn(formOf(c));
  const read = readPerson(typed);
  if ('problems' in read) return personPage(c, person, typed, read.problems);
  if (onlyAsksForLanguage(c)) return personPage(c, person, typed);
  try {
    await changePerson(deps, customerOf(c).reference, person.id, read.value, askingIn(c));
  } catch (error) {
    const title: Text = { fr: `Accès de ${person.name}`, en: `Access of ${person.name}` };
    return refused(c, error, title, (problem) => personPage(c, person, typed, [problem]));
  }
  return leadTo(c, deps.site, peoplePath, 'person-changed');
}

/** An act without fields: a link sent again, or an access revoked. */
async function act(c: WebContext, deps: WebDependencies, flash: string, run: (id: string) => Promise<void>) {
  try {
    await run(c.req.param('id') ?? '');
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return refusalOf(c, peopleTitle, error);
  }
  return leadTo(c, deps.site, peoplePath, flash);
}
