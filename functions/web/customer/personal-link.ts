import { getCookie } from 'hono/cookie';
import { notePersonLinkOpened } from '../../application/people.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import { isInWorkflow, lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { isActive, type Person } from '../../domain/onboarding/people.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { LinkOwner } from '../../store/link-owners.ts';
import { beforePath } from '../customer/before.ts';
import { declineWish, invitationPage, talkWish } from '../customer/invitation.ts';
import { talkPath } from '../customer/talk-words.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { nothingKept } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { waitingCookie } from '../shared/http/resume-form.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { newLinkButton } from '../shared/layout/new-link-button.ts';
import { startSession } from '../shared/session/sessions.ts';

/** 32 bytes in base64url. */
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Why a link no longer works, and what its holder can do. */
const deadLinks = {
  unknown: {
    status: 404,
    title: { fr: 'Ce lien n’est pas reconnu', en: 'This link is not recognised' },
    text: {
      fr: 'Votre messagerie l’a peut-être tronqué. Copiez l’adresse entière depuis le courriel, ou écrivez-nous à l’adresse ci-dessous pour recevoir de nouveau votre lien. Si les données de votre dossier ont été effacées, ce lien l’a été aussi : nous ne conservons plus rien, ni réponses ni coordonnées.',
      en: 'Your email program may have cut it off. Copy the whole address from the email, or write to the address below to have your link resent. If the data of your onboarding has been erased, so has this link: we keep nothing, neither answers nor contact details.',
    },
  },
  replaced: {
    status: 410,
    title: { fr: 'Ce lien a été remplacé', en: 'This link has been replaced' },
    text: {
      fr: 'Un lien plus récent a été envoyé au contact de votre organisme ; celui-ci ne fonctionne plus. Ouvrez le dernier courriel reçu, ou écrivez à votre interlocuteur, à l’adresse ci-dessous, pour recevoir de nouveau votre lien.',
      en: 'A newer link has been sent to your organisation’s contact; this one no longer works. Open our latest email, or write to your contact at the address below to have your link resent.',
    },
  },
  revoked: {
    status: 410,
    title: { fr: 'Ce lien a été révoqué', en: 'This link has been revoked' },
    text: {
      fr: 'Il ne donne plus accès au dossier de votre organisme, et aucun autre lien n’a encore été envoyé. Demandez-en un à votre interlocuteur, à l’adresse ci-dessous ; les réponses déjà enregistrées sont conservées.',
      en: 'It no longer opens your organisation’s onboarding, and no new link has been sent yet. Write to your contact at the address below to ask for one; the answers you have saved are kept.',
    },
  },
  accessRevoked: {
    status: 410,
    title: { fr: 'Votre accès a été retiré', en: 'Your access has been revoked' },
    text: {
      fr: 'Ce lien ne donne plus accès au dossier de votre organisme. Les réponses que vous avez enregistrées sont conservées. Si vous pensez qu’il s’agit d’une erreur, adressez-vous au contact principal de votre organisme.',
      en: 'This link no longer opens your organisation’s onboarding. The answers you saved are kept. If you think this is a mistake, ask your organisation’s main contact.',
    },
  },
  closed: {
    status: 410,
    title: { fr: 'Ce dossier est clos', en: 'This onboarding is closed' },
    text: {
      fr: 'Le dossier auquel ce lien donnait accès est clos, et ce lien avait été remplacé auparavant : seul le plus récent ouvre encore le dossier, en lecture. Pour savoir comment il s’est terminé, ou pour ouvrir un nouveau dossier, écrivez à votre interlocuteur, à l’adresse ci-dessous.',
      en: 'The onboarding behind this link has ended, and this link had been replaced before: only the newest one still opens the onboarding, to read. To find out how it ended, or to start a new onboarding, write to your contact at the address below.',
    },
  },
} as const satisfies Readonly<Record<string, { status: 404 | 410; title: Text; text: Text }>>;

/** Whoever holds one of these may have another in their mailbox. */
const isReplaceable: Readonly<Partial<Record<keyof typeof deadLinks, true>>> = {
  unknown: true,
  replaced: true,
  revoked: true,
};

function deadLink(c: WebContext, reason: keyof typeof deadLinks, contact?: string) {
  const view = { ...c.get('view'), ...(contact === undefined ? {} : { contact }) };
  c.set('view', view);
  const { status, title, text } = deadLinks[reason];
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1><p>${view.t(text)}</p>${isReplaceable[reason] === true ? html`<p>${newLinkButton(view)}</p>` : nothing}`,
    },
    status,
  );
}

/** Why a link of the contact opens nothing; undefined for the newest one, until the data is erased. */
function refusedLink(c: WebContext, { generation }: LinkOwner, state: OnboardingState) {
  if (state.erasure !== undefined) return nothingKept(c);
  if (state.link === generation) return undefined;
  if (state.stage === 'CLOSED') return deadLink(c, 'closed', state.owner);
  return deadLink(c, state.linkRevoked === true ? 'revoked' : 'replaced', state.owner);
}

/** Until something is saved, the customer reads first who reads the answers; whoever is asked again knows. */
function startOf(state: OnboardingState): string {
  // What was entered for the customer is to be read and attested.
  if (state.attestationAsked !== undefined) return '/questionnaire/check';
  return state.stage === 'INVITED' && !isAskedAgain(state) ? beforePath : '/questionnaire';
}

/** True in a browser that has sent a page which waits for the account owner to accept its sender's organisation. */
function hasPageWaiting(c: WebContext, { site }: WebDependencies, reference: string): boolean {
  return getCookie(c, site.cookie.name(`${waitingCookie}${reference}`)) !== undefined;
}

/** Opens the session of the contact, and leads to what is expected of it; once the onboarding is closed, to how it ended. */
async function openContact(
  c: WebContext,
  deps: WebDependencies,
  owner: LinkOwner,
  state: OnboardingState,
): Promise<Response> {
  const { site, logger } = deps;
  const refused = refusedLink(c, owner, state);
  if (refused !== undefined) return refused;
  await startSession(c, deps, { kind: 'customer', reference: state.reference, link: state.link });
  logger.log('link_opened', { onboardingId: state.reference });
  const wish = formOf(c).get(declineWish.name);
  const declines = wish === declineWish.value;
  if (lifecycle[state.stage].wait === 'answers') {
    if (wish === talkWish.value) return leadTo(c, site, talkPath);
    if (!declines && hasPageWaiting(c, deps, state.reference)) return leadTo(c, site, '/identity');
    return leadTo(c, site, declines ? '/questionnaire/decline' : startOf(state));
  }
  return leadTo(c, site, declines && isInWorkflow(state) ? '/status/withdrawal' : '/status');
}

type PersonLink = LinkOwner & { readonly person: string };

/** Whom a link opens the onboarding for, or the page that says why it no longer does. */
async function holderOf(
  c: WebContext,
  { store }: WebDependencies,
  { reference, person: id, generation }: PersonLink,
  state: OnboardingState,
): Promise<Person | Response> {
  if (state.erasure !== undefined) return nothingKept(c);
  const person = await store.people.get(reference, id);
  if (person === undefined || !isActive(person)) return deadLink(c, 'accessRevoked', state.owner);
  if (person.generation !== generation) return deadLink(c, 'replaced', state.owner);
  return person;
}

/** The page behind the link of someone whom the contact or a deputy has named. */
async function showPersonLink(c: WebContext, deps: WebDependencies, link: PersonLink): Promise<Response> {
  const { store } = deps;
  const [{ state }, { contactName }, { personInvitationPage }] = await Promise.all([
    store.onboardings.now(link.reference),
    store.dossiers.intake(link.reference),
    import('./person-invitation.ts'),
  ]);
  const person = await holderOf(c, deps, link, state);
  if (person instanceof Response) return person;
  const namer =
    person.namedBy === undefined ? undefined : await store.people.get(link.reference, person.namedBy);
  const view = { ...c.get('view'), contact: state.owner };
  c.set('view', view);
  const path = `/f/${c.req.param('token') ?? ''}`;
  return answerPage(
    c,
    personInvitationPage(view, path, {
      ...{ person, organisation: organisationName(state), contactName, namer },
      isClosed: state.stage === 'CLOSED',
    }),
  );
}

/** Opens the session of someone whom the contact has named; whoever was revoked meanwhile gets none. */
async function openPerson(
  c: WebContext,
  deps: WebDependencies,
  link: PersonLink,
  state: OnboardingState,
): Promise<Response> {
  const { site, logger } = deps;
  const { reference, generation } = link;
  const person = await holderOf(c, deps, link, state);
  if (person instanceof Response) return person;
  await startSession(c, deps, { kind: 'customer', reference, link: generation, person: person.id });
  // The session is checked against the person at each request: a revocation in between has ended it already.
  await notePersonLinkOpened(deps, reference, person);
  logger.log('link_opened', { onboardingId: reference });
  if (state.stage !== 'CLOSED' && hasPageWaiting(c, deps, reference)) return leadTo(c, site, '/identity');
  return leadTo(c, site, lifecycle[state.stage].wait === 'answers' ? '/questionnaire' : '/status');
}

/**
 * The personal link. Mail scanners open every link, some of them with a browser: a GET changes nothing. Of the contact's
 * it answers as of one that does not exist; someone whom others have named reads who did so, before anything else. The button behind it opens a session and leads to
 * an address without the secret; it works any number of times until the link is replaced or the data is
 * erased: a closed onboarding can still be read.
 */
export function registerPersonalLink(app: WebApp, deps: WebDependencies): void {
  const { store } = deps;

  app.get('/f/:token', async (c) => {
    const token = c.req.param('token');
    const owner = tokenShape.test(token) ? await store.links.find(token) : undefined;
    if (owner?.person !== undefined) return showPersonLink(c, deps, { ...owner, person: owner.person });
    return answerPage(c, invitationPage(c.get('view'), `/f/${token}`, deps.retentionDays));
  });

  app.post('/f/:token', async (c) => {
    const token = c.req.param('token');
    const owner = tokenShape.test(token) ? await store.links.find(token) : undefined;
    if (owner === undefined) return deadLink(c, 'unknown');
    const { state } = await store.onboardings.now(owner.reference);
    const { person } = owner;
    return person === undefined
      ? openContact(c, deps, owner, state)
      : openPerson(c, deps, { ...owner, person }, state);
  });
}
