import { changeTask, checkTaskChange, type TaskChange, taskLabels } from '../../application/change-task.ts';
import { readTask, type ShownTask } from '../../application/read-tasks.ts';
import { TaskChangedError } from '../../domain/errors.ts';
import type { Text } from '../../domain/text.ts';
import { mayChangeTasks } from '../../domain/waves/gate-tasks.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { banner, form, type Pair, summaryList } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { paragraphField, radios, select } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { lostText } from '../shared/layout/typed-text.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { actorName } from '../shared/staff/actor-name.ts';
import { refusalStatus } from '../shared/staff/acts.ts';
import { refusedFields } from './capacity-fields.ts';
import { offsetText } from './gates.ts';
import { goNoGoPath, goNoGoTitle, hasGoNoGo } from './go-no-go-link.ts';
import { readTaskHistory, taskHistory } from './task-history.ts';
import { followedText, ownerText, sharedAddress, taskPath, taskStateTag } from './task-labels.ts';
import { waveTitle } from './wave-labels.ts';

const noteHint: Text = {
  fr: 'Au plus 500 caractères. N’indiquez ni nom de personne ni donnée sensible.',
  en: 'At most 500 characters. Do not enter names of people or sensitive data.',
};

const closed: Text = {
  fr: 'La vague est terminée ou annulée : ses tâches ne changent plus.',
  en: 'The wave has ended or is cancelled: its tasks no longer change.',
};

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  /** Someone else has changed it since it was shown. */
  readonly isNews?: boolean;
}

function factsOf(view: View, { task, isTicked }: ShownTask): readonly Pair[] {
  const { gate, state, owner, note, done } = task;
  return [
    {
      key: { fr: 'Date', en: 'Date' },
      value: `${dayText(view, gate.date)} (${offsetText(view, gate)})`,
    },
    { key: { fr: 'État', en: 'State' }, value: taskStateTag(view, state) },
    ...(isTicked && done !== undefined
      ? [
          {
            key: { fr: 'Cochée', en: 'Ticked' },
            value: html`${instantText(view, done.at)}<br>${actorName(view, done.actor)}`,
          },
        ]
      : []),
    {
      key: taskLabels.owner,
      value: owner === undefined ? ownerText(view, task) : `${owner.name} (${owner.mail})`,
    },
    ...(note === undefined ? [] : [{ key: taskLabels.note, value: html`<pre>${note}</pre>` }]),
  ];
}

/** The entries of a task as the form shows them. */
function entriesOf({ owner, done, note }: ShownTask['task']) {
  return { owner: owner?.mail ?? '', done: done === undefined ? 'no' : 'yes', note: note ?? '' };
}

function taskForm(
  view: View,
  deps: WebDependencies,
  shown: ShownTask,
  { fields, problems, isNews = false }: Given,
): Html {
  const { wave, task, isTicked, operators } = shown;
  const now = entriesOf(task);
  /** What was typed; what a colleague has changed meanwhile, where it was left as it was shown. */
  const given = (name: keyof typeof now) => {
    const typed = fields?.get(name);
    const isLeft = isNews && typed === fields?.get(`shown.${name}`);
    return typed === undefined || isLeft ? now[name] : typed;
  };
  const shared = { fr: `${sharedAddress.fr} (${deps.contact})`, en: `${sharedAddress.en} (${deps.contact})` };
  return form(view, {
    kept: true,
    action: taskPath(wave, task.gate),
    content: html`${select(view, {
      name: 'owner',
      label: taskLabels.owner,
      choices: [
        { value: '', label: shared },
        ...operators.map(({ name, mail }) => ({
          value: mail,
          label: { fr: `${name} (${mail})`, en: `${name} (${mail})` },
        })),
      ],
      value: given('owner'),
      problem: problemOf(problems, 'owner'),
    })}${
      isTicked
        ? radios(view, {
            name: 'done',
            label: taskLabels.done,
            choices: [
              { value: 'yes', label: { fr: 'Oui', en: 'Yes' } },
              { value: 'no', label: { fr: 'Non', en: 'No' } },
            ],
            value: given('done'),
            problem: problemOf(problems, 'done'),
          })
        : nothing
    }${paragraphField(view, {
      name: 'note',
      label: taskLabels.note,
      hint: noteHint,
      optional: true,
      value: given('note'),
      problem: problemOf(problems, 'note'),
    })}<input type="hidden" name="version" value="${task.version}">${Object.entries(now).map(
      ([name, value]) => html`<input type="hidden" name="shown.${name}" value="${value}">`,
    )}`,
    buttons: [{ label: { fr: 'Enregistrer', en: 'Save' } }],
  });
}

async function taskPage(
  c: WebContext,
  deps: WebDependencies,
  shown: ShownTask,
  given: Given,
  status?: 409,
): Promise<Response> {
  const view = c.get('view');
  const { wave, task } = shown;
  const { gate } = task;
  const history = await readTaskHistory(deps, shown);
  const name = waveTitle(wave, deps.platform);
  const mayChange = mayChangeTasks(wave);
  const followed = followedText(gate);
  const label = { fr: 'La note que vous avez saisie :', en: 'The note that you entered:' };
  const lost = lostText(view, label, given.fields?.get('note'));
  return answerPage(
    c,
    {
      title: { fr: `${gate.label.fr} – ${name.fr}`, en: `${gate.label.en} – ${name.en}` },
      back: { path: `/waves/${wave.id}` },
      ...(mayChange ? { problems: given.problems ?? [] } : {}),
      body: html`<h1>${view.t(gate.label)}</h1><p class="soft">${view.t(name)}</p>
${given.isNews === true ? html`<h2>${view.t({ fr: 'La tâche à présent', en: 'The task now' })}</h2>` : nothing}
${summaryList(view, factsOf(view, shown))}
${followed === undefined ? nothing : html`<p>${view.t(followed)}</p>`}${gate.code === 'GO_NO_GO' && hasGoNoGo(wave) ? html`<p><a href="${view.href(goNoGoPath(wave))}">${view.t(goNoGoTitle)}</a></p>` : nothing}
${mayChange ? taskForm(view, deps, shown, given) : html`${banner(view, view.t(closed))}${lost}`}
<h2>${view.t({ fr: 'Historique', en: 'History' })}</h2>
${taskHistory(view, history, shown)}`,
    },
    status,
  );
}

/** What the form asks for; a field that it does not have stays as it is. */
function changeIn(fields: FormFields): TaskChange {
  const [owner, done, note] = [fields.get('owner'), fields.get('done'), fields.get('note')];
  return {
    ...(owner === undefined ? {} : { owner: owner === '' ? null : owner }),
    ...(done === 'yes' || done === 'no' ? { done: done === 'yes' } : {}),
    ...(note === undefined ? {} : { note }),
    version: Number(fields.get('version')),
  };
}

/** The page of a task: its owner, whether it is done, a note, and who changed what. */
export function registerTask(app: WebApp, deps: WebDependencies): void {
  const path = '/waves/:id/tasks/:code';

  app.get(path, async (c) =>
    taskPage(c, deps, await readTask(deps, c.req.param('id'), c.req.param('code')), {}),
  );

  app.post(path, async (c) => {
    const { id, code } = c.req.param();
    const fields = formOf(c);
    const asked = [deps, id, code, changeIn(fields), actorOf(c, 'operator')] as const;
    const isOnlyAsked = onlyAsksForLanguage(c);
    try {
      await (isOnlyAsked ? checkTaskChange(...asked) : changeTask(...asked));
    } catch (error) {
      const problems = refusedFields(error, 'owner');
      const isNews = error instanceof TaskChangedError;
      const shown = await readTask(deps, id, code);
      return taskPage(c, deps, shown, { fields, problems, isNews }, refusalStatus(error));
    }
    if (isOnlyAsked) return taskPage(c, deps, await readTask(deps, id, code), { fields });
    return leadTo(c, deps.site, `/waves/${id}`, 'task');
  });
}
