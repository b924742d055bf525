import type { Next } from 'hono';
import {
  askToAttest,
  noteFirstAnswer,
  problemsOfLetter,
  submitByLetter,
} from '../../application/interviews.ts';
import { AnswersChangedError, BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import { enteredBy, type Interview, interviewFields } from '../../domain/onboarding/interviews.ts';
import type { Text } from '../../domain/text.ts';
import { requestBanner } from '../customer/asked-again.ts';
import { checkPage, confirmations } from '../customer/check-page.ts';
import { type Dossier, dossierOf, mayBeSubmitted } from '../customer/dossier.ts';
import { checkPath } from '../customer/form-paths.ts';
import * as form from '../customer/questionnaire.ts';
import { answersExpected } from '../customer/questionnaire-access.ts';
import { refusalPage } from '../customer/refusal.ts';
import { confirmationProblems, confirmedIn, otherVersion } from '../customer/submission.ts';
import { taskListPage } from '../customer/task-list.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { form as formTag, linkButton } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField, textField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { sealSubmitted } from '../shared/seal-submission.ts';
import { type Customer, customerOf, staffOf, visibleOnboarding } from '../shared/session/access.ts';
import { keyField, keyOf, newKey } from '../shared/staff/request-key.ts';

const interviewId = /^I\d{1,4}$/;

/** The door of an interview: to the operator who began it, while answers are awaited. */
export async function openInterview(c: WebContext, deps: WebDependencies, next: Next) {
  const now = await visibleOnboarding(c, deps, c.req.param('reference') ?? '');
  const { reference } = now.state;
  const id = c.req.param('interview') ?? '';
  // What is no id may be longer than any key.
  const interview = interviewId.test(id) ? await deps.store.interviews.get(reference, id) : undefined;
  if (interview === undefined) return notFound(c);
  const path = `/operations/${reference}`;
  if (interview.by !== staffOf(c).subject) return notYours(c, interview, `${path}/interviews`);
  // A form that is sent nevertheless is refused by its use case, which keeps what was typed.
  if (c.req.method !== 'POST' && !answersExpected(now, deps.clock.now())) return leadTo(c, deps.site, path);
  c.set('interview', { now, interview });
  c.set('view', { ...c.get('view'), formRoot: `${path}/interviews/${id}` });
  return next();
}

/** Answers would be saved under a name that is not that of whoever enters them. */
function notYours(c: WebContext, { operator }: Interview, list: string) {
  const view = c.get('view');
  const title: Text = {
    fr: 'Cet entretien est celui d’une autre personne',
    en: 'This interview is someone else’s',
  };
  return answerPage(
    c,
    {
      title,
      body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
        fr: `Les réponses y sont saisies par ${operator}. Pour en saisir vous-même, commencez votre propre entretien. Rien n’a été enregistré.`,
        en: `Answers are entered there by ${operator}. To enter some yourself, start an interview of your own. Nothing was saved.`,
      })}</p>
<p>${linkButton(view, list, { fr: 'Voir les entretiens', en: 'View the interviews' })}</p>`,
    },
    403,
  );
}

interface Conversation extends Customer {
  readonly interview: Interview;
}

/** The open interview; for routes behind {@link openInterview}. */
function conversationOf(c: WebContext): Conversation {
  const { interview, ...open } = customerOf(c);
  if (interview === undefined) throw new Error('The route is not behind openInterview');
  return { ...open, interview };
}

/** The task list of the form, for the operator. */
export async function showTasks(c: WebContext, deps: WebDependencies): Promise<Response> {
  const view = c.get('view');
  const conversation = conversationOf(c);
  const { reference, now, interview } = conversation;
  const [dossier, request] = await Promise.all([
    dossierOf(deps, conversation),
    isAskedAgain(now.state) ? deps.store.dossiers.request(reference) : undefined,
  ]);
  const frame = {
    title: { fr: 'Questionnaire, en entretien', en: 'Questionnaire, in an interview' },
    back: {
      path: `/operations/${reference}/interviews`,
      label: { fr: 'Entretiens du dossier', en: 'Interviews of the onboarding' },
    },
    intro: html`<p class="soft">${organisationName(now.state)} – ${reference}</p>
<p>${view.t({
      fr: `Entretien du ${dayText(view, interview.on)} avec ${interview.name} (${interview.role}). Chaque réponse que vous enregistrez porte la mention :`,
      en: `Interview of ${dayText(view, interview.on)} with ${interview.name} (${interview.role}). Every answer that you save is marked:`,
    })} ${view.t(enteredBy(interview))}.</p>
${requestBanner(view, now, dossier, request)}`,
    ...{ below: nothing, last: nothing },
  };
  return answerPage(c, taskListPage(view, now, dossier, frame));
}

export function showPart(c: WebContext, deps: WebDependencies): Promise<Response> {
  return form.showPart(c, deps);
}

/** Saves a question or marks a section, as for a customer. */
export async function savePart(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, interview } = conversationOf(c);
  const answer = await form.savePart(c, deps);
  await noteFirstAnswer(deps, reference, interview);
  return answer;
}

/** What is typed in the form of the letter, and its idempotency key. */
interface Typed {
  readonly key: string;
  readonly fields?: FormFields;
  readonly confirmed?: readonly string[];
}

/** The customer attests by the link, or has signed a letter: the two ways to submit. */
function ending(
  c: WebContext,
  dossier: Dossier,
  deps: WebDependencies,
  typed: Typed,
  problems: readonly Problem[],
): Html {
  const view = c.get('view');
  const { now } = conversationOf(c);
  const { attestationAsked } = now.state;
  const { key, fields, confirmed = [] } = typed;
  const shown = { dossier, platform: deps.platform, confirmed };
  const asked =
    attestationAsked === undefined
      ? formTag(view, {
          action: `${view.formRoot}/attestation`,
          content: html``,
          buttons: [{ label: { fr: 'Demander l’attestation au client', en: 'Ask the customer to attest' } }],
        })
      : html`<p>${view.t({ fr: 'Demandée au client le', en: 'The customer was asked on' })} ${instantText(view, attestationAsked)}.</p>`;
  return html`<h2 id="submit">${view.t({ fr: 'Le client atteste par son lien', en: 'The customer attests with their link' })}</h2>
<p>${view.t({
    fr: 'Le contact du client reçoit aussitôt un courriel, une seule fois. Il relit ces réponses, modifie celles qu’il veut, atteste et envoie.',
    en: 'The customer’s contact receives an email at once, and only one. They check these answers, change those they want to, attest and submit.',
  })}</p>
${asked}
<h2>${view.t({ fr: 'Le client a signé un courrier', en: 'The customer has signed a letter' })}</h2>
<p>${view.t({
    fr: 'Le courrier atteste que ces réponses sont exactes. Les enregistrer ici les envoie ; le relevé scellé dit qu’elles sont attestées par ce courrier.',
    en: 'The letter attests that these answers are accurate. Recording it here submits them; the sealed record says that they are attested by this letter.',
  })}</p>
${formTag(view, {
  kept: true,
  action: checkPath(view),
  content: html`<input type="hidden" name="version" value="${dossier.tag}"><input type="hidden" name="${keyField}" value="${key}">${confirmations(view, now, shown, problems)}${textField(
    view,
    {
      name: 'letterReference',
      label: interviewFields.letterReference,
      value: fields?.get('letterReference'),
      problem: problemOf(problems, 'letterReference'),
    },
  )}${dateField(view, {
    name: 'letterDate',
    label: interviewFields.letterDate,
    value: fields?.dateParts('letterDate'),
    problem: problemOf(problems, 'letterDate'),
  })}`,
  buttons: [
    {
      label: {
        fr: 'Enregistrer le courrier et envoyer les réponses',
        en: 'Record the letter and submit the answers',
      },
    },
  ],
})}`;
}

async function answerCheck(
  c: WebContext,
  deps: WebDependencies,
  typed: Typed,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const conversation = conversationOf(c);
  const dossier = await dossierOf(deps, conversation);
  const shown = { dossier, platform: deps.platform, ending: ending(c, dossier, deps, typed, problems) };
  return answerPage(c, checkPage(c.get('view'), conversation.now, shown, problems));
}

/** All answers, and the two ways in which the customer attests them. */
export function showCheck(c: WebContext, deps: WebDependencies): Promise<Response> {
  return answerCheck(c, deps, { key: newKey(deps) });
}

const notAsked: Text = {
  fr: 'L’attestation n’a pas été demandée',
  en: 'The attestation was not requested',
};

export async function askCustomerToAttest(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, interview, who: actor } = conversationOf(c);
  try {
    await askToAttest(deps, { reference, interview, actor });
  } catch (error) {
    // Something is missing: the page says what.
    if (error instanceof InvalidInputError) return leadTo(c, deps.site, checkPath(c.get('view')));
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, notAsked, [error.text]);
  }
  return leadTo(c, deps.site, `/operations/${reference}`, 'attestation-asked');
}

const notSubmitted: Text = {
  fr: 'Les réponses n’ont pas été envoyées',
  en: 'The answers were not submitted',
};

/** Submits what was entered on the strength of a signed letter; sent twice, it submits once. */
export async function submitWithLetter(c: WebContext, deps: WebDependencies): Promise<Response> {
  const conversation = conversationOf(c);
  const { reference, now, interview, who: actor } = conversation;
  const fields = formOf(c);
  const dossier = await dossierOf(deps, conversation);
  const letter = { reference: fields.get('letterReference') ?? '', on: fields.date('letterDate') ?? '' };
  const confirmed = confirmedIn(fields, dossier, now);
  const typed = { key: keyOf(deps, fields), fields, confirmed };
  const problems =
    answersExpected(now, deps.clock.now()) && mayBeSubmitted(dossier, now)
      ? [
          ...confirmationProblems(dossier, now, confirmed),
          ...(await problemsOfLetter(deps, conversation, letter)),
        ]
      : [];
  if (problems.length > 0 || onlyAsksForLanguage(c)) return answerCheck(c, deps, typed, problems);
  const body = await deps.links.digest(JSON.stringify([reference, interview.id, letter]));
  const request = { scope: `operations:${actor.id}`, key: typed.key, body };
  const answers = { ...dossier.answers, E6: true };
  // What the page has shown: whatever was saved since is to be read first.
  const known = { tags: [fields.get('version') ?? ''] };
  try {
    const inInterview = { reference, interview, actor };
    await submitByLetter(deps, request, inInterview, { answers, letter, confirmed, known });
  } catch (error) {
    if (error instanceof AnswersChangedError) {
      return answerCheck(c, deps, typed, [{ field: 'letterReference', message: otherVersion }]);
    }
    if (error instanceof InvalidInputError) return leadTo(c, deps.site, checkPath(c.get('view')));
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, notSubmitted, [error.text]);
  }
  await sealSubmitted(deps, reference);
  return leadTo(c, deps.site, `/operations/${reference}`, 'letter-recorded');
}
