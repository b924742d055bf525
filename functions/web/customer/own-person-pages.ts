import { changeOwnDetails, erasePerson, type PersonData, personData } from '../../application/own-person.ts';
import { BusinessError, OnboardingClosedError } from '../../domain/errors.ts';
import type { Person } from '../../domain/onboarding/people.ts';
import { AlreadyNamedError } from '../../domain/onboarding/transitions/people.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton, type Pair, summaryList } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { linkState, roleLine } from '../shared/layout/person-words.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { endSession } from '../shared/session/sessions.ts';
import { ownPersonPath } from './own-person-path.ts';
import { personFields, readPerson, type TypedPerson, typedIn } from './people-form.ts';
import { noticePart } from './person-invitation.ts';
import { refusalOf, refusalPage } from './refusal.ts';

const title: Text = { fr: 'Vos données personnelles', en: 'Your personal data' };
const detailsTitle: Text = { fr: 'Corriger vos coordonnées', en: 'Correct your details' };
const erasureTitle: Text = { fr: 'Effacer vos données', en: 'Erase your data' };
const back = { path: ownPersonPath, label: title };

const flashes: Readonly<Record<string, Text>> = {
  'details-changed': { fr: 'Votre nom est corrigé.', en: 'Your name is corrected.' },
};

function heldRows(view: View, { person, namedBy, contacts, answers }: PersonData): readonly Pair[] {
  const none = view.t({ fr: 'Aucune', en: 'None' });
  const listed = answers.map(
    ({ question, at }) =>
      html`<li>${view.t(findQuestion(question)?.label ?? { fr: question, en: question })}, <span class="soft">${instantText(view, at)}</span></li>`,
  );
  return [
    { key: { fr: 'Nom', en: 'Name' }, value: person.name },
    { key: { fr: 'Adresse électronique', en: 'Email address' }, value: person.email },
    { key: { fr: 'Rôle', en: 'Role' }, value: roleLine(view, person) },
    {
      key: { fr: 'Désigné par', en: 'Named by' },
      value: view.t(
        namedBy === 'contact'
          ? { fr: 'Le contact principal', en: 'The main contact' }
          : { fr: 'Un suppléant du contact principal', en: 'A deputy of the main contact' },
      ),
    },
    { key: { fr: 'Première invitation', en: 'First invited' }, value: instantText(view, person.invitedAt) },
    { key: { fr: 'Votre lien', en: 'Your link' }, value: linkState(view, person) },
    {
      key: { fr: 'Réponses à votre nom', en: 'Answers in your name' },
      value: listed.length === 0 ? none : html`<ul>${listed}</ul>`,
    },
    ...(contacts.length === 0
      ? []
      : [
          {
            key: { fr: 'Contact du projet', en: 'Contact of the project' },
            value: view.t({
              fr: 'Votre organisme vous nomme aussi parmi ses contacts (partie E). Le contact principal corrige cette réponse.',
              en: 'Your organisation also names you among its contacts (section E). The main contact corrects that answer.',
            }),
          },
        ]),
  ];
}

/** What is held on a person, with what they can do about it. */
export async function showOwnData(c: WebContext, deps: WebDependencies, person: Person): Promise<Response> {
  const view = c.get('view');
  const { reference, now } = customerOf(c);
  const held = await personData(deps, reference, person);
  // A closed onboarding is read and erased, and changed no more.
  const details =
    now.state.stage === 'CLOSED' ? nothing : linkButton(view, `${ownPersonPath}/details`, detailsTitle);
  return answerPage(c, {
    title,
    flashes,
    back: { path: '/status' },
    body: html`<h1>${view.t(title)}</h1>
${summaryList(view, heldRows(view, held))}
<div class="actions">${details}${linkButton(view, `${ownPersonPath}/erasure`, erasureTitle, 'second')}</div>
<p><a href="${view.href(`${ownPersonPath}.json`)}">${view.t({ fr: 'Télécharger ces données (JSON)', en: 'Download this data (JSON)' })}</a></p>
${noticePart(view, { fr: 'Ce que nous en faisons', en: 'What we do with it' })}`,
  });
}

/** The same as a file: each field is named here, so that what a person gains later is not given away by itself. */
export async function sendOwnData(c: WebContext, deps: WebDependencies, person: Person): Promise<Response> {
  const { reference } = customerOf(c);
  const { contacts, answers, namedBy } = await personData(deps, reference, person);
  const { id, role, office, sections, name, email, invitedAt, openedAt, linkMails } = person;
  const data = {
    madeAt: deps.clock.now().toISOString(),
    reference,
    person: { id, name, email, role, office, sections, namedBy, invitedAt, openedAt, linkMails },
    contacts,
    answers,
  };
  return c.body(JSON.stringify(data, undefined, 2), 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="${reference}-${id}.json"`,
  });
}

function detailsPage(c: WebContext, typed: TypedPerson, problems: readonly Problem[] = []) {
  const view = c.get('view');
  return answerPage(c, {
    title: detailsTitle,
    problems,
    back,
    body: html`<h1>${view.t(detailsTitle)}</h1>
<p>${view.t({
      fr: 'Si vous changez d’adresse, un nouveau lien y part et celui-ci cesse aussitôt de fonctionner. Le contact principal voit vos coordonnées.',
      en: 'If you change the address, a new link is sent there and this one stops working at once. The main contact sees your details.',
    })}</p>
${form(view, {
  kept: true,
  action: `${ownPersonPath}/details`,
  content: personFields(view, typed, problems),
  buttons: [{ label: { fr: 'Enregistrer', en: 'Save' } }],
})}`,
  });
}

export function showDetails(c: WebContext, { name, email }: Person) {
  const { stage } = customerOf(c).now.state;
  if (stage === 'CLOSED') return refusalPage(c, detailsTitle, [new OnboardingClosedError().text]);
  return detailsPage(c, { name, email, sections: [] });
}

/** What is left to say to whoever has no session any more. */
function lastPage(c: WebContext, lastTitle: Text, said: Text) {
  // The page is no longer that of a session.
  const view = { ...c.get('view'), csrf: undefined, viewer: { kind: 'anonymous' } as const };
  c.set('view', view);
  return answerPage(c, { title: lastTitle, body: html`<h1>${view.t(lastTitle)}</h1><p>${view.t(said)}</p>` });
}

export async function changeDetails(c: WebContext, deps: WebDependencies, person: Person): Promise<Response> {
  const typed = typedIn(formOf(c));
  const read = readPerson(typed);
  if ('problems' in read) return detailsPage(c, typed, read.problems);
  if (onlyAsksForLanguage(c)) return detailsPage(c, typed);
  try {
    await changeOwnDetails(deps, customerOf(c).reference, person, read.value);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    // Whose address it is, is not theirs to know.
    if (error instanceof AlreadyNamedError) return detailsPage(c, typed, [addressTaken]);
    return refusalOf(c, detailsTitle, error);
  }
  if (read.value.email === person.email) return leadTo(c, deps.site, ownPersonPath, 'details-changed');
  await endSession(c, deps);
  return lastPage(
    c,
    { fr: 'Un nouveau lien vous est envoyé', en: 'A new link is on its way' },
    {
      fr: 'Vos coordonnées sont corrigées. Ouvrez le lien qui part à votre nouvelle adresse ; le précédent ne fonctionne plus.',
      en: 'Your details are corrected. Open the link that is sent to your new address; the one before no longer works.',
    },
  );
}

const addressTaken: Problem = {
  field: 'email',
  message: {
    fr: 'Adresse électronique professionnelle : cette adresse ne peut pas être la vôtre ici. Indiquez-en une autre.',
    en: 'Work email address: this address cannot be yours here. Enter another one.',
  },
};

function erasureBody(view: View): Html {
  return html`<p>${view.t({
    fr: 'Votre nom, votre adresse et le détail de vos accès sont effacés aussitôt et pour de bon, et plus aucun courriel ne vous est envoyé. Votre lien et votre session prennent fin.',
    en: 'Your name, your address and the details of your access are erased at once and for good, and no more emails are sent to you. Your link and your session end.',
  })}</p>
<p>${view.t({
    fr: 'Les réponses que vous avez enregistrées restent : elles sont celles de votre organisme. Elles sont alors dites données par une personne dont les données ont été effacées. Si votre organisme vous nomme parmi ses contacts, votre nom y est effacé aussi ; il devra peut-être désigner quelqu’un d’autre. Les courriels déjà envoyés et les fichiers déjà téléchargés ne peuvent pas être effacés ; les copies de sauvegarde expirent d’elles-mêmes.',
    en: 'The answers you have saved stay: they are your organisation’s. They are then said to be given by a person who has had their data erased. If your organisation names you among its contacts, your name is erased there too; it may have to name someone else. Emails already sent and files already downloaded cannot be erased; copies in backups expire by themselves.',
  })}</p>`;
}

export function showErasure(c: WebContext) {
  const view = c.get('view');
  return answerPage(c, {
    title: erasureTitle,
    back,
    body: html`<h1>${view.t(erasureTitle)}</h1>
${erasureBody(view)}
${form(view, {
  action: `${ownPersonPath}/erasure`,
  content: html``,
  buttons: [
    { label: { fr: 'Effacer mes données définitivement', en: 'Erase my data permanently' }, look: 'danger' },
  ],
})}`,
  });
}

export async function eraseOwnData(c: WebContext, deps: WebDependencies, person: Person): Promise<Response> {
  await erasePerson(deps, customerOf(c).reference, person.id);
  await endSession(c, deps);
  return lastPage(
    c,
    { fr: 'Vos données sont effacées', en: 'Your data is erased' },
    {
      fr: 'Nous ne détenons plus ni votre nom ni votre adresse pour ce dossier, et votre lien ne fonctionne plus.',
      en: 'We no longer hold your name or address for this onboarding, and your link no longer works.',
    },
  );
}
