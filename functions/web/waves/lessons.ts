import { findWave } from '../../application/find-wave.ts';
import { addLesson, lessonLabel, readLesson } from '../../application/lessons.ts';
import type { Text } from '../../domain/text.ts';
import { mayNoteLessons, mostLessons } from '../../domain/waves/lessons.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { RemovedLesson } from '../../store/lessons.ts';
import type { Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { paragraphField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { lostText } from '../shared/layout/typed-text.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { actorName } from '../shared/staff/actor-name.ts';
import { refusalStatus } from '../shared/staff/acts.ts';
import { keyField } from '../shared/staff/request-key.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { refusedFields } from './capacity-fields.ts';
import { isLessonId, newLessonId } from './lesson-id.ts';
import { lessonList, lessonsTitle } from './lessons-section.ts';
import { registerRemoval } from './remove-lesson.ts';
import { waveTitle } from './wave-labels.ts';

/** Removed lessons on the page. */
const mostShown = 50;

const hint: Text = {
  fr: 'Au plus 2 000 caractères. Ne nommez aucune personne : l’exploitation lit ce texte aussi avec les deux vagues suivantes du site.',
  en: 'At most 2,000 characters. Name no person: operators also read this text with the next two waves of the site.',
};

const flashes = {
  lesson: { fr: 'L’enseignement est noté.', en: 'The lesson has been noted.' },
  'lesson-removed': { fr: 'L’enseignement est retiré.', en: 'The lesson has been removed.' },
} as const;

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function removedTable(view: View, { items, unreadable = [] }: Page<RemovedLesson>): Html {
  if (items.length === 0) return unreadableNotice(view, unreadable);
  return html`<h2>${view.t({ fr: 'Enseignements retirés', en: 'Removed lessons' })}</h2>${unreadableNotice(view, unreadable)}${table(
    view,
    {
      caption: { fr: 'Leur texte est supprimé', en: 'Their text has been deleted' },
      rows: items,
      columns: [
        { name: { fr: 'Noté le', en: 'Noted on' }, cell: ({ at }) => instantText(view, at) },
        { name: { fr: 'Retiré le', en: 'Removed on' }, cell: ({ removed }) => instantText(view, removed.at) },
        {
          name: { fr: 'Auteur du retrait', en: 'Removed by' },
          cell: ({ removed }) => actorName(view, removed.actor),
        },
        { name: { fr: 'Motif', en: 'Reason' }, cell: ({ removed }) => removed.reason },
      ],
    },
  )}`;
}

function lessonForm(view: View, deps: WebDependencies, wave: Wave, { fields, problems }: Given): Html {
  const given = fields?.get(keyField) ?? '';
  // Refused, it was not noted, or under another text: it is sent anew.
  const isKept = problems === undefined && isLessonId(given);
  const id = isKept ? given : newLessonId(deps);
  return form(view, {
    kept: true,
    action: `/waves/${wave.id}/lessons`,
    content: html`${paragraphField(view, {
      name: 'text',
      label: lessonLabel,
      hint,
      value: fields?.get('text'),
      problem: problemOf(problems, 'text'),
    })}<input type="hidden" name="${keyField}" value="${id}">`,
    buttons: [{ label: { fr: 'Noter l’enseignement', en: 'Note the lesson' } }],
  });
}

async function lessonsPage(
  c: WebContext,
  deps: WebDependencies,
  wave: Wave,
  given: Given,
  status?: 409,
): Promise<Response> {
  const view = c.get('view');
  const [own, removed] = await Promise.all([
    deps.store.lessons.of(wave.id),
    deps.store.lessons.removedFrom(wave.id, { limit: mostShown }),
  ]);
  const name = waveTitle(wave, deps.platform);
  const label = { fr: 'Le texte que vous avez saisi :', en: 'The text that you entered:' };
  const lost = lostText(view, label, given.fields?.get('text'));
  const closed = html`<p>${view.t({
    fr: 'L’état de la vague ne permet pas de noter d’enseignement.',
    en: 'The state of the wave does not allow to note lessons.',
  })}</p>${lost}`;
  const full = html`<p>${view.t({
    fr: `Cette vague a ${mostLessons} enseignements : retirez-en un avant d’en noter un autre.`,
    en: `This wave has ${mostLessons} lessons: remove one before you note another.`,
  })}</p>${lost}`;
  const isFull = own.items.length + own.unreadable.length >= mostLessons;
  const mayNote = mayNoteLessons(wave) && !isFull;
  const remove = ({ id, at }: { readonly id: string; readonly at: string }) =>
    html`<p><a href="${view.href(`/waves/${wave.id}/lessons/${id}`)}">${view.t({ fr: 'Retirer', en: 'Remove' })}<span class="unseen"> ${view.t({ fr: 'l’enseignement noté le', en: 'the lesson noted on' })} ${instantText(view, at)}</span></a></p>`;
  return answerPage(
    c,
    {
      title: { fr: `${lessonsTitle.fr} – ${name.fr}`, en: `${lessonsTitle.en} – ${name.en}` },
      back: { path: `/waves/${wave.id}` },
      flashes,
      ...(mayNote ? { problems: given.problems ?? [] } : {}),
      body: html`<h1>${view.t(lessonsTitle)}</h1><p class="soft">${view.t(name)}</p>
${mayNote ? lessonForm(view, deps, wave, given) : mayNoteLessons(wave) ? full : closed}
${own.items.length === 0 ? nothing : html`<h2>${view.t({ fr: 'Déjà notés', en: 'Noted so far' })}</h2>`}${lessonList(view, own, remove)}
${removedTable(view, removed)}`,
    },
    status,
  );
}

/** The pages on which lessons of a wave are noted and removed. */
export function registerLessons(app: WebApp, deps: WebDependencies): void {
  const path = '/waves/:id/lessons';

  app.get(path, async (c) => lessonsPage(c, deps, await findWave(deps, c.req.param('id')), {}));

  app.post(path, async (c) => {
    const wave = await findWave(deps, c.req.param('id'));
    const fields = formOf(c);
    if (onlyAsksForLanguage(c)) {
      const read = readLesson(fields.get('text') ?? '');
      return lessonsPage(c, deps, wave, { fields, ...('problems' in read ? read : {}) });
    }
    const given = fields.get(keyField) ?? '';
    const id = isLessonId(given) ? given : newLessonId(deps);
    try {
      await addLesson(deps, wave.id, { id, text: fields.get('text') ?? '' }, actorOf(c, 'operator'));
    } catch (error) {
      const problems = refusedFields(error, 'text');
      const now = await findWave(deps, wave.id);
      return lessonsPage(c, deps, now, { fields, problems }, refusalStatus(error));
    }
    return leadTo(c, deps.site, `/waves/${wave.id}/lessons`, 'lesson');
  });

  registerRemoval(app, deps);
}
