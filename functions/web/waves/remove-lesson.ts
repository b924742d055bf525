import { findWave } from '../../application/find-wave.ts';
import type { Text } from '../../domain/text.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Lesson } from '../../store/lessons.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { actorOf } from '../shared/session/access.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';
import { isLessonId } from './lesson-id.ts';
import { signature } from './lessons-section.ts';
import { waveTitle } from './wave-labels.ts';

const title: Text = { fr: 'Retirer un enseignement', en: 'Remove a lesson' };

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function removalPage(
  c: WebContext,
  deps: WebDependencies,
  { wave, lesson }: { readonly wave: Wave; readonly lesson: Lesson },
  { fields, problems = [] }: Given,
): Response | Promise<Response> {
  const view = c.get('view');
  const name = waveTitle(wave, deps.platform);
  return answerPage(c, {
    title: { fr: `${title.fr} – ${name.fr}`, en: `${title.en} – ${name.en}` },
    back: { path: `/waves/${wave.id}/lessons` },
    problems,
    body: html`<h1>${view.t(title)}</h1><p class="soft">${view.t(name)}</p>
<pre>${lesson.text}</pre><p class="soft">${signature(view, lesson)}</p>
<p>${view.t({
      fr: 'Son texte est supprimé et ne revient pas. Qui l’a retiré, quand et pourquoi reste dans l’historique.',
      en: 'Its text is deleted and does not come back. Who removed it, when and why stays in the history.',
    })}</p>
${form(view, {
  kept: true,
  action: `/waves/${wave.id}/lessons/${lesson.id}`,
  content: html`${checkboxes(view, {
    name: 'confirmed',
    label: { fr: 'Confirmation', en: 'Confirmation' },
    choices: [{ value: 'yes', label: { fr: 'Je retire cet enseignement', en: 'I remove this lesson' } }],
    values: fields?.all('confirmed') ?? [],
    problem: problemOf(problems, 'confirmed'),
  })}${reasonField(view, { form: fields, problems })}`,
  buttons: [{ label: { fr: 'Retirer l’enseignement', en: 'Remove the lesson' }, look: 'danger' }],
})}`,
  });
}

const unconfirmed: Problem = {
  field: 'confirmed',
  message: {
    fr: 'Confirmation : cochez la case pour retirer l’enseignement.',
    en: 'Confirmation: tick the box to remove the lesson.',
  },
};

/** The page that removes a lesson, once that is confirmed. */
export function registerRemoval(app: WebApp, deps: WebDependencies): void {
  const path = '/waves/:id/lessons/:lesson';

  async function read(c: WebContext) {
    const wave = await findWave(deps, c.req.param('id') ?? '');
    const { items } = await deps.store.lessons.of(wave.id);
    return { wave, lesson: items.find(({ id }) => id === c.req.param('lesson')) };
  }

  app.get(path, async (c) => {
    const { wave, lesson } = await read(c);
    return lesson === undefined ? notFound(c) : removalPage(c, deps, { wave, lesson }, {});
  });

  app.post(path, async (c) => {
    if (!isLessonId(c.req.param('lesson'))) return notFound(c);
    const { wave, lesson } = await read(c);
    const done = () => leadTo(c, deps.site, `/waves/${wave.id}/lessons`, 'lesson-removed');
    // Removed before: by this form, sent twice, or by someone else.
    if (lesson === undefined) return done();
    const fields = formOf(c);
    const reason = readReason(fields);
    const problems = [
      ...(fields.get('confirmed') === 'yes' ? [] : [unconfirmed]),
      ...('problems' in reason ? reason.problems : []),
    ];
    if (onlyAsksForLanguage(c) || 'problems' in reason || problems.length > 0) {
      return removalPage(c, deps, { wave, lesson }, { fields, problems });
    }
    await deps.store.lessons.remove(wave.id, lesson, {
      actor: actorOf(c, 'operator'),
      reason: reason.value,
    });
    return done();
  });
}
