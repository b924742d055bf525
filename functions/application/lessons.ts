import { InvalidInputError, WaveChangeRefusedError } from '../domain/errors.ts';
import { type ReadParagraph, readParagraph } from '../domain/input/paragraph.ts';
import { longestLesson } from '../domain/input/problem-texts.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import type { Text } from '../domain/text.ts';
import { mostLessons, wavesBeforeIt } from '../domain/waves/lessons.ts';
import { type Wave, waveStateLabels } from '../domain/waves/wave.ts';
import type { Lesson } from '../store/lessons.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { findWave } from './find-wave.ts';

export const lessonLabel: Text = { fr: 'Enseignement', en: 'Lesson' };

/** The lessons of one wave. */
export interface WaveLessons {
  readonly items: readonly Lesson[];
  /** Keys of those that this release cannot read. */
  readonly unreadable: readonly string[];
}

export interface LessonFile {
  readonly own: WaveLessons;
  /** Those of the waves before it at its site, the latest wave first. */
  readonly before: readonly (WaveLessons & { readonly wave: Wave })[];
}

/** Reads the lessons of a wave, and those of the two waves before it at its site. */
export async function readLessons(
  { store }: Pick<ApplicationDependencies, 'store'>,
  wave: Wave,
): Promise<LessonFile> {
  const [own, before] = await Promise.all([
    store.lessons.of(wave.id),
    store.waves.calendar([wave.site]).then((calendar) =>
      Promise.all(
        wavesBeforeIt(wave, calendar).map(async (one) => ({
          wave: one,
          ...(await store.lessons.of(one.id)),
        })),
      ),
    ),
  ]);
  return { own, before };
}

const full: Text = {
  fr: `${lessonLabel.fr} : cette vague en a déjà ${mostLessons} ; retirez-en un d’abord.`,
  en: `${lessonLabel.en}: this wave has ${mostLessons} already; remove one first.`,
};

function notNow({ state }: Wave): Text {
  const label = waveStateLabels[state];
  return {
    fr: `${lessonLabel.fr} : l’état de la vague (« ${label.fr} ») ne permet pas d’en noter.`,
    en: `${lessonLabel.en}: the state of the wave (“${label.en}”) does not allow it.`,
  };
}

/** The text of a lesson, or what is wrong with it. */
export function readLesson(text: string): ReadParagraph {
  return readParagraph(text, { field: 'text', label: lessonLabel, most: longestLesson });
}

const otherText: Text = {
  fr: `${lessonLabel.fr} : ce formulaire a déjà noté un autre texte, qui reste. Envoyez celui-ci de nouveau pour le noter aussi.`,
  en: `${lessonLabel.en}: this form has noted another text already, which stays. Send this one again to note it as well.`,
};

/** A form that was filled in anew after it had been sent: its new text would be lost. */
async function refuseOther(
  { store }: Pick<ApplicationDependencies, 'store'>,
  { id: wave }: Wave,
  id: string,
  text: string,
): Promise<void> {
  const { items } = await store.lessons.of(wave);
  const noted = items.find((lesson) => lesson.id === id);
  if (noted !== undefined && noted.text !== text) throw new WaveChangeRefusedError(otherText, 'text');
}

/**
 * Notes a lesson of a wave. One with the same id was noted before, by the same form: it stays as it is.
 *
 * @throws WaveNotFoundError
 * @throws InvalidInputError when the text is empty, too long or no plain text.
 * @throws WaveChangeRefusedError when the wave is planned or cancelled, or has 50 lessons, or the form with this id has
 * noted another text.
 */
export async function addLesson(
  dependencies: ApplicationDependencies,
  wave: string,
  { id, text }: Pick<Lesson, 'id' | 'text'>,
  actor: Actor,
): Promise<void> {
  const read = readLesson(text);
  if ('problems' in read) throw new InvalidInputError(read.problems);
  const found = await findWave(dependencies, wave);
  const outcome = await dependencies.store.lessons.add(found, { id, text: read.value, actor });
  if (outcome === 'known') await refuseOther(dependencies, found, id, read.value);
  if (outcome === 'full') throw new WaveChangeRefusedError(full, 'text');
  if (outcome === 'not_now') {
    throw new WaveChangeRefusedError(notNow(await findWave(dependencies, wave)), 'text');
  }
}
