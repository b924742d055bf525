import { declarationOf, declareCondition, declaredLast } from '../../application/declare-condition.ts';
import { opensEarlierDates } from '../../application/read-dates.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { wayToClear } from '../../domain/classification/condition-texts.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import {
  answersThatClear,
  questionsOffered,
  readDeclaration,
  saysTheSame,
} from '../../domain/classification/declarations.ts';
import { type ConditionCode, isConditionCode } from '../../domain/classification/outcomes.ts';
import { BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { type Acting, may, speaksForAll } from '../../domain/onboarding/people.ts';
import { answersInForce } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { findQuestion, questions } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { notForYou } from '../shared/session/not-for-you.ts';
import { attestation } from './check-page.ts';
import type { Addressed } from './clearing-words.ts';
import type { Entries } from './entries.ts';
import { atFields } from './page-problems.ts';
import { questionFields } from './question-fields.ts';
import { readForm } from './read-form.ts';
import { refusalPage } from './refusal.ts';
import { declarationPath } from './result.ts';

type Declarable = Awaited<ReturnType<typeof declarationOf>>;

/** The page as it is shown first, or again with what was sent. */
interface Sent {
  readonly entries: Entries;
  readonly attested: boolean;
  readonly problems: readonly Problem[];
}

const notSent: Sent = { entries: new Map(), attested: false, problems: [] };

/** The questions that clear a condition, of those that are someone's own. */
function questionsFor({ condition }: Declarable, acting: Acting): readonly Question[] {
  return questionsOffered(condition).filter((question) => may(acting, { kind: 'answer', question }));
}

function titleOf(code: ConditionCode): Text {
  const { fr, en } = conditionLife(code).label;
  return { fr: `Déclarer : ${fr}`, en: `Declare: ${en}` };
}

const several: Text = {
  fr: 'Répondez aux questions dont vous avez la réponse ; les autres restent à préciser plus tard.',
  en: 'Answer the questions you can answer now; the others can be clarified later.',
};

const effect: Text = {
  fr: 'Vos réponses envoyées restent inchangées : cette déclaration s’y ajoute, votre résultat est recalculé et votre place, si vous en avez une, est conservée. Si le résultat devient moins favorable, une personne l’examine d’abord.',
  en: 'The answers you submitted stay as they were: this declaration is added to them, your result is recalculated and your place, if you have one, is kept. If the result becomes less favourable, a person reviews it first.',
};

/** What may be declared, and what to do when nothing of it is true. */
function onlyThese(view: View, code: ConditionCode, { reference, contact }: Addressed): Html {
  if (answersThatClear(code) === undefined) return nothing;
  const offered = view.t({
    fr: 'Seule une réponse ci-dessous lève cette condition. Si aucune n’est encore vraie, il n’y a rien à déclarer : revenez à cette page plus tard, ou écrivez à',
    en: 'Only an answer below clears this condition. If none of them is true yet, there is nothing to declare: come back to this page later, or write to',
  });
  return html`<p>${offered} ${mailLink(contact)} ${view.t({ fr: `en rappelant la référence ${reference} : l’équipe d’exploitation peut la lever sur justificatif.`, en: `and quote reference ${reference}: the operations team can clear it on evidence.` })}</p>`;
}

const protectedInformation: Text = {
  fr: 'N’envoyez pas le document : seule la déclaration est demandée.',
  en: 'Do not send the document: only the declaration is asked for.',
};

const notAttested: Problem = {
  field: attestation,
  message: {
    fr: 'Attestation du répondant : cochez-la pour envoyer la déclaration.',
    en: 'Respondent’s attestation: tick it to send the declaration.',
  },
};

function attestationField(view: View, { attested, problems }: Sent): Html {
  const question = findQuestion(attestation);
  if (question === undefined) return nothing;
  return checkboxes(view, {
    name: attestation,
    label: question.label,
    choices: [{ value: 'yes', label: question.help }],
    values: attested ? ['yes'] : [],
    problem: problemOf(problems, attestation),
  });
}

function declarationPage(
  c: WebContext,
  { platform, contact }: WebDependencies,
  shown: Declarable,
  sent: Sent,
) {
  const view = c.get('view');
  const { condition, result, ids } = shown;
  const { code } = condition;
  const title = titleOf(code);
  const filling = { entries: sent.entries, problems: sent.problems, sites: platform.sites, rows: 0 };
  const due = conditionTasks(result).find((task) => task.code === code)?.due;
  return answerPage(c, {
    title,
    problems: sent.problems,
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t(wayToClear(code, result.assessment.ruleSetVersion))}</p>
${due === undefined ? nothing : html`<p><strong>${view.t({ fr: 'Échéance :', en: 'Due date:' })} ${dayText(view, due)}</strong></p>`}
${onlyThese(view, code, { reference: customerOf(c).reference, contact })}
<p>${view.t(effect)} ${view.t(protectedInformation)}</p>
${ids.length > 1 ? html`<p>${view.t(several)}</p>` : nothing}
${form(view, {
  kept: true,
  action: declarationPath(code),
  content: html`${questionsFor(shown, customerOf(c).acting).map((question) => html`<div class="question" id="question-${question.id}">${questionFields(view, question, filling)}</div>`)}${attestationField(view, sent)}`,
  buttons: [{ label: { fr: 'Envoyer la déclaration', en: 'Send the declaration' } }],
})}`,
  });
}

interface Read {
  readonly given: Readonly<Record<string, unknown>>;
  readonly sent: Sent;
}

/** Of several questions, those left empty are not declared. */
function readSent(c: WebContext, shown: Declarable, { platform }: WebDependencies): Read {
  const fields = formOf(c);
  const { given, entries } = readForm(questionsFor(shown, customerOf(c).acting), fields, false);
  const attested = fields.get(attestation) === 'yes';
  const { condition, existing } = shown;
  const read = readDeclaration(condition, given, { existing, sites: siteCodes(platform) });
  const problems = [
    ...('problems' in read ? atFields(read.problems) : []),
    ...(attested ? [] : [notAttested]),
  ];
  return { given, sent: { entries, attested, problems } };
}

async function declare(c: WebContext, deps: WebDependencies, shown: Declarable): Promise<Response> {
  const { reference, who } = customerOf(c);
  const { code } = shown.condition;
  const { given, sent } = readSent(c, shown, deps);
  if (sent.problems.length > 0 || onlyAsksForLanguage(c)) return declarationPage(c, deps, shown, sent);
  try {
    await declareCondition(deps, reference, code, given, who);
  } catch (error) {
    if (error instanceof InvalidInputError) {
      const problems = atFields(error.problems);
      return declarationPage(c, deps, shown, { ...sent, problems });
    }
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, titleOf(code), [error.text]);
  }
  const [before, after] = [customerOf(c).now, await deps.store.onboardings.now(reference)];
  const earlier = speaksForAll(customerOf(c).acting) && (await opensEarlierDates(deps, before, after));
  return leadTo(c, deps.site, '/status', earlier ? 'declared-earlier' : flashOf(before, after));
}

/** What the declaration has led to: a review keeps a place that there is, and takes an organisation off the list. */
function flashOf(before: Snapshot, { state, booking }: Snapshot): string {
  if (state.stage !== 'IN_REVIEW') return 'declared';
  if (booking !== undefined) return 'declared-review';
  return before.state.stage === 'WAITING_LIST' ? 'declared-review-unlisted' : 'declared-review-no-place';
}

/** True when the form was sent twice, and says what was declared the first time, by someone who may know that. */
async function wasDeclared(c: WebContext, deps: WebDependencies, code: ConditionCode): Promise<boolean> {
  const submission = await deps.store.dossiers.submission(customerOf(c).reference);
  const before = declaredLast(submission, code);
  if (submission === undefined || before === undefined) return false;
  const asked = questions.filter(({ id }) => before[id] !== undefined);
  const { acting } = customerOf(c);
  if (!asked.every((question) => may(acting, { kind: 'answer', question }))) return false;
  const { given } = readForm(asked, formOf(c), false);
  const existing = answersInForce(submission);
  return saysTheSame(before, given, { existing, sites: siteCodes(deps.platform) });
}

/** True for a condition that is whoever opens the page's to clear. */
function isOwn(c: WebContext, { condition, result }: Declarable): boolean {
  const owners = conditionTasks(result)
    .filter(({ code }) => code === condition.code)
    .map(({ owner }) => owner);
  return may(customerOf(c).acting, { kind: 'declare', owners });
}

/** The page on which the customer declares a condition: at any time from the result to the hand-over. */
export function registerDeclaration(app: WebApp, deps: WebDependencies): void {
  app.get('/status/conditions/:code', requireCustomer, async (c) => {
    const code = c.req.param('code');
    if (!isConditionCode(code)) return notFound(c);
    try {
      const shown = await declarationOf(deps, customerOf(c).now, code);
      return isOwn(c, shown) ? declarationPage(c, deps, shown, notSent) : notForYou(c);
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      return refusalPage(c, titleOf(code), [error.text]);
    }
  });
  app.post('/status/conditions/:code', requireCustomer, async (c) => {
    const code = c.req.param('code');
    if (!isConditionCode(code)) return notFound(c);
    let shown: Declarable;
    try {
      shown = await declarationOf(deps, customerOf(c).now, code);
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      if (await wasDeclared(c, deps, code)) return leadTo(c, deps.site, '/status', 'declared');
      return refusalPage(c, titleOf(code), [error.text]);
    }
    return isOwn(c, shown) ? declare(c, deps, shown) : notForYou(c);
  });
}
