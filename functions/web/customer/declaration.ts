import { declarationOf, declareCondition } from '../../application/declare-condition.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { questionsAsked, readDeclaration } from '../../domain/classification/declarations.ts';
import { type ConditionCode, isConditionCode } from '../../domain/classification/outcomes.ts';
import { BusinessError, InvalidInputError } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { siteCodes } from '../../domain/platform-configuration.ts';
import type { Section } from '../../domain/questionnaire/question.ts';
import { findQuestion, questions } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { attestation } from './check-page.ts';
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

/** The questions of a condition as a section of their own, so that the form reads and names them as everywhere. */
function sectionOf({ ids }: Declarable): Section {
  const asked = questionsAsked(ids);
  return {
    id: 'B',
    title: { fr: '', en: '' },
    owner: 'respondent',
    questions: questions.filter(({ id }) => asked.includes(id)),
  };
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
  fr: 'Vos réponses envoyées restent inchangées : cette déclaration s’y ajoute, votre résultat est recalculé et votre place, si vous en avez une, est conservée.',
  en: 'The answers you submitted stay as they were: this declaration is added to them, your result is recalculated and your place, if you have one, is kept.',
};

const protectedInformation: Text = {
  fr: 'N’envoyez pas le document : seule la déclaration est demandée.',
  en: 'Do not send the document: only the declaration is asked for.',
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

function declarationPage(c: WebContext, { platform }: WebDependencies, shown: Declarable, sent: Sent) {
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
<p>${view.t(conditionLife(code).how)}</p>
${due === undefined ? nothing : html`<p><strong>${view.t({ fr: 'Échéance :', en: 'Due date:' })} ${dayText(view, due)}</strong></p>`}
<p>${view.t(effect)} ${view.t(protectedInformation)}</p>
${ids.length > 1 ? html`<p>${view.t(several)}</p>` : nothing}
${form(view, {
  kept: true,
  action: declarationPath(code),
  content: html`${sectionOf(shown).questions.map((question) => html`<div class="question" id="question-${question.id}">${questionFields(view, question, filling)}</div>`)}${attestationField(view, sent)}`,
  buttons: [{ label: { fr: 'Envoyer la déclaration', en: 'Send the declaration' } }],
})}`,
  });
}

interface Read {
  readonly given: Readonly<Record<string, unknown>>;
  readonly sent: Sent;
}

/** Of several questions, those left empty are not declared. */
function readSent(shown: Declarable, fields: FormFields, { platform }: WebDependencies): Read {
  const section = sectionOf(shown);
  const { given, entries } = readForm(section, fields, false);
  const attested = fields.get(attestation) === 'yes';
  const { condition, existing } = shown;
  const read = readDeclaration(condition, given, { existing, sites: siteCodes(platform) });
  const label = findQuestion(attestation)?.label ?? { fr: '', en: '' };
  const problems = [
    ...('problems' in read ? atFields(section, read.problems) : []),
    ...(attested ? [] : [fieldProblem(attestation, label, 'not_attested')]),
  ];
  return { given, sent: { entries, attested, problems } };
}

async function declare(c: WebContext, deps: WebDependencies, shown: Declarable): Promise<Response> {
  const { reference, who } = customerOf(c);
  const { code } = shown.condition;
  const { given, sent } = readSent(shown, formOf(c), deps);
  if (sent.problems.length > 0 || onlyAsksForLanguage(c)) return declarationPage(c, deps, shown, sent);
  try {
    await declareCondition(deps, reference, code, given, who);
  } catch (error) {
    if (error instanceof InvalidInputError) {
      const problems = atFields(sectionOf(shown), error.problems);
      return declarationPage(c, deps, shown, { ...sent, problems });
    }
    if (!(error instanceof BusinessError)) throw error;
    return refusalPage(c, titleOf(code), [error.text]);
  }
  const { state } = await deps.store.onboardings.now(reference);
  return leadTo(c, deps.site, '/status', state.stage === 'IN_REVIEW' ? 'declared-review' : 'declared');
}

async function wasDeclared({ store }: WebDependencies, reference: string, code: string): Promise<boolean> {
  const submission = await store.dossiers.submission(reference);
  return submission?.declarations?.some(({ condition }) => condition === code) === true;
}

/** The page on which the customer declares a condition: at any time from the result to the hand-over. */
export function registerDeclaration(app: WebApp, deps: WebDependencies): void {
  async function withCondition(
    c: WebContext,
    act: (shown: Declarable) => Response | Promise<Response>,
  ): Promise<Response> {
    const code = c.req.param('code') ?? '';
    if (!isConditionCode(code)) return notFound(c);
    let shown: Declarable;
    try {
      shown = await declarationOf(deps, customerOf(c).now, code);
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      return refusalPage(c, titleOf(code), [error.text]);
    }
    return act(shown);
  }
  app.get('/status/conditions/:code', requireCustomer, (c) =>
    withCondition(c, (shown) => declarationPage(c, deps, shown, notSent)),
  );
  app.post('/status/conditions/:code', requireCustomer, async (c) => {
    const { reference } = customerOf(c);
    const response = await withCondition(c, (shown) => declare(c, deps, shown));
    // The form was sent twice: the first time counts.
    const again = response.status === 409 && (await wasDeclared(deps, reference, c.req.param('code')));
    return again ? leadTo(c, deps.site, '/status', 'declared') : response;
  });
}
