import type { CalendarDate } from '../calendar-date.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Text } from '../text.ts';
import { tooLargeMailboxes } from '../waves/sizing.ts';
import { remediationDay } from '../waves/wave.ts';
import type { PartSize } from './part.ts';
import { type RemediationTask, remediationTasks } from './remediation-tasks.ts';
import type { OnboardingState } from './state.ts';

export const remediationLabels: Readonly<Record<RemediationTask, Text>> = {
  MAILBOXES_OVER_200_GB: { fr: 'Boîtes de plus de 200 Go à alléger', en: 'Mailboxes over 200 GB to reduce' },
  DIRECTORY_APPLICATIONS: {
    fr: 'Applications liées à l’annuaire à enregistrer de nouveau',
    en: 'Directory-connected applications to register again',
  },
};

/** How much there is to do, where it is no number. */
const extentWords: Readonly<Record<string, Text>> = {
  '1_10': { fr: 'de 1 à 10', en: '1 to 10' },
  '11_50': { fr: 'de 11 à 50', en: '11 to 50' },
  over_50: { fr: 'plus de 50', en: 'more than 50' },
  unknown: { fr: 'nombre inconnu', en: 'number unknown' },
};

/** How much there is to do, in words. */
export function extentText(extent: string): Text {
  const [, most] = /^up_to_(\d+)$/.exec(extent) ?? [];
  if (most !== undefined) return { fr: `${most} au plus`, en: `at most ${most}` };
  return extentWords[extent] ?? { fr: extent, en: extent };
}

/** A task that is not done. */
export interface OpenRemediation {
  readonly task: RemediationTask;
  /** How much there is to do: a number, a band of the questionnaire, or `unknown`. */
  readonly extent: string;
  /** The day by which it is to be done; undefined without a cutover. */
  readonly due: CalendarDate | undefined;
}

type Extent = (answers: Answers, part: PartSize | undefined) => string | undefined;

const extents: Readonly<Record<RemediationTask, Extent>> = {
  // Those over 200 GB are among those over 50 GB, of which a part has so many.
  MAILBOXES_OVER_200_GB: (answers, part) => {
    const most = part?.mailboxesOver50 ?? Number.POSITIVE_INFINITY;
    const { count, estimated } = tooLargeMailboxes(answers);
    if (most === 0) return undefined;
    if (count === 0) return estimated ? 'unknown' : undefined;
    return count > most ? `up_to_${most}` : String(count);
  },
  DIRECTORY_APPLICATIONS: ({ C5 }) => (C5?.apps === 'none' ? undefined : C5?.apps),
};

/** How much of a task the answers ask for, of a part no more than it has; undefined when there is nothing to do. */
export function extentOf(
  task: RemediationTask,
  answers: Answers,
  { part }: Pick<OnboardingState, 'part'>,
): string | undefined {
  return extents[task](answers, part);
}

/** The tasks that are not done, or that the answers ask for more of than was done; none once the customer has cut over. */
export function openRemediation(
  answers: Answers,
  state: Pick<OnboardingState, 'part' | 'remediated' | 'stage'>,
  cutover?: CalendarDate,
): readonly OpenRemediation[] {
  if (state.stage === 'CUT_OVER' || state.stage === 'CLOSED') return [];
  const due = cutover === undefined ? undefined : remediationDay(cutover);
  return remediationTasks.flatMap((task) => {
    const extent = extentOf(task, answers, state);
    return extent === undefined || state.remediated?.[task] === extent ? [] : [{ task, extent, due }];
  });
}
