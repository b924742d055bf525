import type { LessonFile, WaveLessons } from '../../application/lessons.ts';
import type { Text } from '../../domain/text.ts';
import { mayNoteLessons } from '../../domain/waves/lessons.ts';
import type { Wave } from '../../domain/waves/wave.ts';
import type { Lesson } from '../../store/lessons.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import { waveTitle } from './wave-labels.ts';

export const lessonsTitle: Text = { fr: 'Enseignements', en: 'Lessons' };

/** Who has noted a lesson, and when. */
export function signature(view: View, { at, actor }: Pick<Lesson, 'at' | 'actor'>): string {
  return `${actor.id}, ${instantText(view, at)}`;
}

/** The lessons of a wave, each with what is added below it. */
export function lessonList(
  view: View,
  { items, unreadable }: WaveLessons,
  below: (lesson: Lesson) => Html = () => nothing,
): Html {
  const list = items.map(
    (lesson) => html`<pre>${lesson.text}</pre><p class="soft">${signature(view, lesson)}</p>${below(lesson)}`,
  );
  return html`${unreadableNotice(view, unreadable)}${list}`;
}

function own(view: View, wave: Wave, lessons: WaveLessons): Html {
  const isEmpty = lessons.items.length === 0;
  const none = { fr: 'Aucun enseignement noté.', en: 'No lessons noted.' };
  const notYet = {
    fr: 'Les enseignements se notent une fois la vague ouverte.',
    en: 'Lessons can be noted once the wave is open.',
  };
  const mayNote = mayNoteLessons(wave);
  const link =
    mayNote || !isEmpty
      ? html`<p><a href="${view.href(`/waves/${wave.id}/lessons`)}">${view.t(mayNote ? { fr: 'Noter ou retirer un enseignement', en: 'Note or remove a lesson' } : { fr: 'Retirer un enseignement', en: 'Remove a lesson' })}</a></p>`
      : nothing;
  const empty = html`<p>${view.t(wave.state === 'PLANNED' ? notYet : none)}</p>`;
  return html`<h2>${view.t(lessonsTitle)}</h2>
${isEmpty ? empty : nothing}${lessonList(view, lessons)}${link}`;
}

function ofWaveBefore(view: View, deps: WebDependencies, one: LessonFile['before'][number]): Html {
  const title = html`<h3><a href="${view.href(`/waves/${one.wave.id}`)}">${view.t(waveTitle(one.wave, deps.platform))}</a></h3>`;
  return html`${title}${
    one.items.length === 0
      ? html`<p>${view.t({ fr: 'Aucun enseignement noté.', en: 'No lessons noted.' })}</p>`
      : nothing
  }${lessonList(view, one)}`;
}

/** The lessons of a wave, and those of the waves before it at its site. */
export function lessonsSection(view: View, deps: WebDependencies, wave: Wave, file: LessonFile): Html {
  const before = file.before.map((one) => ofWaveBefore(view, deps, one));
  return html`${own(view, wave, file.own)}${
    before.length === 0
      ? nothing
      : html`<h2>${view.t({ fr: 'Enseignements des vagues précédentes', en: 'Lessons of the waves before' })}</h2>${before}`
  }`;
}
