import { clearCondition, moveDueDate } from '../../application/clear-condition.ts';
import { readConditionFile } from '../../application/condition-file.ts';
import { isCalendarDate } from '../../domain/calendar-date.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { type ConditionCode, isConditionCode } from '../../domain/classification/outcomes.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { findOpen } from '../../domain/onboarding/transitions/conditions.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { entriesOf, notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';
import { readReason, reasonField, toldToCustomer } from '../shared/staff/reason.ts';
import { evidenceFields, noSuchDate, readEvidence } from './evidence-fields.ts';

/** An open condition, and the form if it is shown again. */
interface Shown {
  readonly now: Snapshot;
  readonly code: ConditionCode;
  readonly due: string | undefined;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

/** One of the two things that an operator may do with a condition. */
interface ConditionAct {
  /** Last segment of the path, after the code. */
  readonly path: '' | '/due-date';
  readonly title: (condition: Text) => Text;
  readonly explanation: (view: View, shown: Shown) => Html;
  readonly fields: (view: View, shown: Shown) => Html;
  readonly button: Text;
  readonly flash: string;
  readonly first: string;
  readonly check: (form: FormFields) => readonly Problem[];
  readonly run: (c: WebContext, deps: WebDependencies, shown: Shown, form: FormFields) => Promise<void>;
}

/** Who else may clear it. */
function byCustomer(code: ConditionCode): Text {
  return conditionLife(code).clearedBy === 'customer'
    ? {
        fr: 'Le client peut aussi la déclarer levée sur sa page ; il n’a rien à faire de plus si vous l’enregistrez ici.',
        en: 'The customer can also declare it cleared on its page; it has nothing more to do if you record it here.',
      }
    : {
        fr: 'Le client ne peut pas la lever lui-même : vous l’enregistrez d’après le justificatif qu’il vous présente.',
        en: 'The customer cannot clear it: you record it from the evidence presented to you.',
      };
}

const clearing: ConditionAct = {
  path: '',
  title: ({ fr, en }) => ({ fr: `Lever la condition : ${fr}`, en: `Clear the condition: ${en}` }),
  explanation: (view, { code }) => html`<p>${view.t(byCustomer(code))}</p>
<p>${view.t({ fr: 'Indiquez ce qui prouve qu’elle est levée et où cela est conservé. Le niveau de préparation est recalculé sans cette condition.', en: 'State what proves that it is cleared and where that is kept. The readiness tier is recalculated without this condition.' })}</p>`,
  fields: (view, { fields, problems = [] }) => evidenceFields(view, fields, problems),
  button: { fr: 'Lever la condition', en: 'Clear the condition' },
  flash: 'cleared',
  first: 'title',
  check: (given) => {
    const evidence = readEvidence(given);
    return 'problems' in evidence ? evidence.problems : [];
  },
  run: async (c, deps, { now, code }, given) => {
    const evidence = readEvidence(given);
    if ('problems' in evidence) return;
    await clearCondition(deps, now.state.reference, code, evidence.value, actorOf(c, 'operator'));
  },
};

const newDate: Text = { fr: 'Nouvelle échéance', en: 'New due date' };

const moving: ConditionAct = {
  path: '/due-date',
  title: ({ fr, en }) => ({ fr: `Déplacer l’échéance : ${fr}`, en: `Move the due date: ${en}` }),
  explanation: (view, { due }) =>
    html`<p>${view.t({ fr: 'Échéance actuelle :', en: 'Current due date:' })} ${due === undefined ? '' : dayText(view, due)}</p>
<p>${view.t({ fr: 'Le client reçoit un courriel avec l’ancienne date, la nouvelle et le motif. Les rappels suivent la nouvelle date.', en: 'The customer receives an email with the former date, the new one and the reason. Reminders follow the new date.' })}</p>`,
  fields: (view, { fields, problems = [] }) =>
    html`${dateField(view, {
      name: 'due',
      label: newDate,
      value: fields?.dateParts('due'),
      problem: problemOf(problems, 'due'),
    })}${reasonField(view, { form: fields, problems, hint: toldToCustomer })}`,
  button: { fr: 'Déplacer l’échéance', en: 'Move the due date' },
  flash: 'due-moved',
  first: 'due',
  check: (given) => {
    const due = given.date('due');
    const reason = readReason(given);
    return [
      ...(due === undefined ? [fieldProblem('due', newDate, 'missing')] : []),
      ...(due !== undefined && !isCalendarDate(due) ? [{ field: 'due', message: noSuchDate(newDate) }] : []),
      ...('problems' in reason ? reason.problems : []),
    ];
  },
  run: async (c, deps, { now, code }, given) => {
    const move = { due: given.date('due') ?? '', reason: given.get('reason') ?? '' };
    await moveDueDate(deps, now.state.reference, code, move, actorOf(c, 'operator'));
  },
};

function actPage(c: WebContext, act: ConditionAct, shown: Shown, status?: 409) {
  const view = c.get('view');
  const { now, code, problems = [] } = shown;
  const { reference, name } = now.state;
  const path = `/operations/${reference}`;
  const title = act.title(conditionLife(code).label);
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${reference}`, en: `${title.en} – ${reference}` },
      back: { path },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p class="soft">${name} – ${reference}</p>
${act.explanation(view, shown)}
${form(view, {
  kept: true,
  action: `${path}/conditions/${code}${act.path}`,
  content: act.fields(view, shown),
  buttons: [{ label: act.button }],
})}`,
    },
    status,
  );
}

const gone: Text = { fr: 'Cette condition n’est pas ouverte', en: 'This condition is not open' };

/** A condition that was cleared meanwhile, by the customer, a colleague or another answer, or never was open. */
function gonePage(c: WebContext, { state }: Snapshot, status: 404 | 409) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title: gone,
      body: html`<h1>${view.t(gone)}</h1>
<p>${view.t({ fr: 'Elle a été levée, une nouvelle réponse l’a rendue sans objet, ou ce dossier ne l’a jamais eue. L’historique du dossier le précise.', en: 'It was cleared, another answer has made it void, or this onboarding never had it. The history of the onboarding says which.' })}</p>
<p>${linkButton(view, `/operations/${state.reference}`, { fr: 'Voir le dossier', en: 'View the onboarding' })}</p>${entriesOf(c)}`,
    },
    status,
  );
}

/** The pages on which an operator clears a condition with evidence, or moves its due date. */
export function registerConditionActs(app: WebApp, deps: WebDependencies): void {
  /** The condition that the path names; undefined when the result has no such condition open. */
  async function shownAt(now: Snapshot, named: string): Promise<Shown | undefined> {
    const file = await readConditionFile(deps.store, now.state.reference);
    const open = findOpen(now.state, named, file);
    if (open === undefined) return undefined;
    const { code } = open.condition;
    return { now, code, due: conditionTasks(open.result).find((task) => task.code === code)?.due };
  }

  for (const act of [clearing, moving]) {
    const path = `/operations/:reference/conditions/:code${act.path}` as const;
    app.get(path, async (c) => {
      const now = await visibleOnboarding(c, deps, c.req.param('reference'));
      if (!isConditionCode(c.req.param('code'))) return notFound(c);
      const shown = await shownAt(now, c.req.param('code'));
      return shown === undefined ? gonePage(c, now, 404) : actPage(c, act, shown);
    });
    app.post(path, async (c) => {
      const now = await visibleOnboarding(c, deps, c.req.param('reference'));
      if (!isConditionCode(c.req.param('code'))) return notFound(c);
      const found = await shownAt(now, c.req.param('code'));
      if (found === undefined) return gonePage(c, now, 409);
      const fields = formOf(c);
      const problems = act.check(fields);
      const shown = { ...found, fields };
      if (problems.length > 0 || onlyAsksForLanguage(c)) return actPage(c, act, { ...shown, problems });
      try {
        await act.run(c, deps, shown, fields);
      } catch (error) {
        const refused = { ...shown, problems: [refusalOf(error, act.first)] };
        return actPage(c, act, refused, refusalStatus(error));
      }
      return leadTo(c, deps.site, `/operations/${now.state.reference}`, act.flash);
    });
  }
}
