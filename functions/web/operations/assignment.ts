import {
  type AssignmentOutcome,
  type AssignmentResult,
  assigneeLabel,
  assigneeOf,
  assigneeWith,
  assignOnboardings,
  mostAssigned,
  type ToAssign,
} from '../../application/assign.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { parseReference } from '../../domain/onboarding/reference.ts';
import type { Assignee } from '../../domain/onboarding/transitions/assignment.ts';
import type { Text } from '../../domain/text.ts';
import type { KnownOperator } from '../../store/staff.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, linkButton, noValue, table } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { select } from '../shared/layout/fields.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { actorOf, staffOf } from '../shared/session/access.ts';
import { readReasonIfGiven, reasonField } from '../shared/staff/reason.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { type assignmentFlashes, assignmentPath } from './assignment-link.ts';
import { workListPath } from './work-filter.ts';

const title: Text = { fr: 'Attribuer des dossiers', en: 'Assign onboardings' };
/** Values of the list of persons that are no mail address. */
const me = 'me';
const noOne = 'none';

const resultTexts: Readonly<Record<AssignmentResult, Text>> = {
  assigned: { fr: 'Enregistré', en: 'Recorded' },
  unchanged: { fr: 'Déjà ainsi', en: 'So already' },
  taken: {
    fr: 'Pris entre-temps par quelqu’un d’autre : rien n’a changé. Recommencez si c’est convenu avec cette personne.',
    en: 'Taken by someone else meanwhile: nothing was changed. Try again if that is agreed with them.',
  },
  closed: { fr: 'Clos : il n’y a plus rien à suivre', en: 'Closed: there is nothing left to follow' },
  not_found: { fr: 'Aucun dossier ne porte cette référence', en: 'No onboarding has this reference' },
  unreadable: {
    fr: 'Illisible dans cette version : prévenez l’équipe technique',
    en: 'Cannot be read by this release: tell the engineers',
  },
};

const noneChosen: Text = {
  fr: 'Dossiers : choisissez-en au moins un dans la liste.',
  en: 'Onboardings: choose at least one in the list.',
};
const noneFound: Text = {
  fr: 'Dossiers : aucun dossier lisible ne porte les références choisies ; revenez à la liste.',
  en: 'Onboardings: no onboarding that can be read has the references chosen; go back to the list.',
};
const tooMany: Text = {
  fr: `Dossiers : choisissez-en ${mostAssigned} au plus à la fois.`,
  en: `Onboardings: choose at most ${mostAssigned} at a time.`,
};

/** The onboardings that were ticked, each once: a reference, then who followed it. */
function chosenIn(values: readonly string[]): readonly ToAssign[] {
  const chosen = values.flatMap((value): readonly ToAssign[] => {
    const [written = '', shown] = value.split(' ', 2);
    const reference = parseReference(written);
    if (reference === undefined) return [];
    // The form takes the white space away that stands for no one.
    return [{ reference, shown: shown === undefined || shown === '' ? null : shown }];
  });
  return [...new Map(chosen.map((one) => [one.reference, one])).values()];
}

/** The page to go back to: of operators, and without anything that is not an address. */
function listIn(fields: FormFields | undefined): string {
  const list = fields?.get('list') ?? '';
  return /^\/operations(?:\/[A-Z0-9-]+)?(?:\?[\w=&%.+-]*)?$/.test(list) ? list : workListPath;
}

interface Shown {
  readonly chosen: readonly ToAssign[];
  readonly list: string;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function nameOf({ name, mail }: KnownOperator): Text {
  return { fr: `${name} (${mail})`, en: `${name} (${mail})` };
}

async function choicePage(c: WebContext, deps: WebDependencies, shown: Shown): Promise<Response> {
  const view = c.get('view');
  const { store, clock } = deps;
  const { chosen, list, fields, problems = [] } = shown;
  const { mail } = staffOf(c);
  const [operators, { items: states, unreadable = [] }] = await Promise.all([
    store.staff.operators(clock.now()),
    store.lists.withReferences(chosen.map(({ reference }) => reference)),
  ]);
  const others = operators.filter((operator) => operator.mail !== mail);
  const content = html`${states.map(({ reference, assigned }) => html`<input type="hidden" name="onboarding" value="${reference} ${assigned?.to ?? ''}">`)}<input type="hidden" name="list" value="${list}">
${select(view, {
  name: 'to',
  label: assigneeLabel,
  choices: [
    { value: '', label: { fr: 'Choisissez…', en: 'Choose…' } },
    { value: me, label: { fr: 'Moi', en: 'Me' } },
    ...others.map((operator) => ({ value: operator.mail, label: nameOf(operator) })),
    { value: noOne, label: { fr: 'Personne', en: 'No one' } },
  ],
  value: fields?.get('to'),
  problem: problemOf(problems, 'to'),
})}${reasonField(view, { form: fields, problems, optional: true })}`;
  if (states.length === 0) return noticePage(c, list, noneFound);
  return answerPage(c, {
    title,
    back: { path: list },
    problems,
    body: html`<h1>${view.t(title)}</h1>${unreadableNotice(view, unreadable)}
${table(view, {
  caption: { fr: 'Dossiers choisis', en: 'Onboardings chosen' },
  rows: states,
  columns: [
    { name: { fr: 'Organisme', en: 'Organisation' }, cell: organisationName },
    {
      name: { fr: 'Référence', en: 'Reference' },
      cell: ({ reference }) => html`<span class="code">${reference}</span>`,
    },
    { name: { fr: 'Suivi par', en: 'Followed by' }, cell: ({ assigned }) => assigned?.name ?? noValue },
  ],
})}
${form(view, {
  kept: true,
  action: assignmentPath,
  content,
  buttons: [{ label: { fr: 'Attribuer', en: 'Assign' } }],
})}`,
  });
}

/** Nothing that could be assigned was chosen: there is no form to put right. */
function noticePage(c: WebContext, list: string, notice: Text) {
  const view = c.get('view');
  return answerPage(
    c,
    {
      title,
      back: { path: list },
      body: html`<h1>${view.t(title)}</h1><p>${view.t(notice)}</p>
<p>${linkButton(view, list, { fr: 'Retour à la liste', en: 'Back to the list' })}</p>`,
    },
    422,
  );
}

/** What became of each onboarding, where that of one of them is not what was asked. */
function outcomePage(c: WebContext, list: string, outcomes: readonly AssignmentOutcome[]) {
  const view = c.get('view');
  const heading: Text = { fr: 'Ce qui a été attribué', en: 'What was assigned' };
  const isRefused = outcomes.every(({ result }) => result !== 'assigned' && result !== 'unchanged');
  return answerPage(
    c,
    {
      title: heading,
      back: { path: list },
      body: html`<h1>${view.t(heading)}</h1>
${table(view, {
  caption: { fr: 'Dossier par dossier', en: 'One by one' },
  rows: outcomes,
  columns: [
    {
      name: { fr: 'Dossier', en: 'Onboarding' },
      cell: ({ reference, state }) =>
        html`${state === undefined ? nothing : html`${organisationName(state)}<br>`}<span class="code">${reference}</span>`,
    },
    { name: { fr: 'Résultat', en: 'Result' }, cell: ({ result }) => view.t(resultTexts[result]) },
    {
      name: { fr: 'Suivi jusque-là par', en: 'Followed until then by' },
      cell: ({ state }) => state?.assigned?.name ?? noValue,
    },
  ],
})}
<p>${linkButton(view, list, { fr: 'Retour à la liste', en: 'Back to the list' })}</p>`,
    },
    isRefused ? 409 : 200,
  );
}

/** Whom a form names: undefined for no one. */
async function assigneeIn(c: WebContext, deps: WebDependencies, to: string): Promise<Assignee | undefined> {
  if (to === noOne) return undefined;
  if (to === me) return assigneeOf(staffOf(c));
  return assigneeWith(to, await deps.store.staff.operators(deps.clock.now()));
}

/** The code of the confirmation. */
function flashOf(to: string): keyof typeof assignmentFlashes {
  if (to === me) return 'taken';
  return to === noOne ? 'left' : 'assigned';
}

/** What a form asks for, or what is wrong with it. */
function readAssignment(fields: FormFields) {
  const to = fields.get('to') ?? '';
  const reason = readReasonIfGiven(fields);
  const problems: readonly Problem[] = [
    ...(to === '' ? [fieldProblem('to', assigneeLabel, 'missing')] : []),
    ...('problems' in reason ? reason.problems : []),
  ];
  if (problems.length > 0 || 'problems' in reason) return { problems };
  return { value: { to, reason: reason.value } };
}

/** Where operators take onboardings, assign them and pass them on, one or several at once. */
export function registerAssignment(app: WebApp, deps: WebDependencies): void {
  app.get(assignmentPath, async (c) => {
    const reference = parseReference(c.req.query('onboarding') ?? '');
    if (reference === undefined) return noticePage(c, workListPath, noneChosen);
    return choicePage(c, deps, { chosen: [{ reference }], list: `${workListPath}/${reference}` });
  });

  app.post(assignmentPath, async (c) => {
    const fields = formOf(c);
    const chosen = chosenIn(fields.all('onboarding'));
    const list = listIn(fields);
    if (chosen.length === 0) return noticePage(c, list, noneChosen);
    if (chosen.length > mostAssigned) return noticePage(c, list, tooMany);
    // From the list it is only asked whom to assign them to.
    if (fields.get('to') === undefined) return choicePage(c, deps, { chosen, list });
    const read = readAssignment(fields);
    if (read.problems !== undefined || onlyAsksForLanguage(c)) {
      return choicePage(c, deps, { chosen, list, fields, problems: read.problems ?? [] });
    }
    const { to, reason } = read.value;
    try {
      const assignment = { onboardings: chosen, assignee: await assigneeIn(c, deps, to), reason };
      const outcomes = await assignOnboardings(deps, assignment, actorOf(c, 'operator'));
      const isDone = outcomes.every(({ result }) => result === 'assigned' || result === 'unchanged');
      return isDone ? leadTo(c, deps.site, list, flashOf(to)) : await outcomePage(c, list, outcomes);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return choicePage(c, deps, { chosen, list, fields, problems: error.problems });
    }
  });
}
