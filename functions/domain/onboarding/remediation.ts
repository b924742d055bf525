import type { CalendarDate } from '../calendar-date.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Text } from '../text.ts';
import { tooLargeMailboxes } from '../waves/sizing.ts';
import { remediationDay } from '../waves/wave.ts';
import { type Remediated, type RemediationTask, remediationTasks } from './remediation-tasks.ts';

export const remediationLabels: Readonly<Record<RemediationTask, Text>> = {
  MAILBOXES_OVER_200_GB: { fr: 'Boîtes de plus de 200 Go à alléger', en: 'Mailboxes over 200 GB to reduce' },
  DIRECTORY_APPLICATIONS: {
    fr: 'Applications liées à l’annuaire à enregistrer de nouveau',
    en: 'Directory-connected applications to register again',
  },
};

/** How much there is to do, where it is no number. */
export const extentWords: Readonly<Record<string, Text>> = {
  '1_10': { fr: 'de 1 à 10', en: '1 to 10' },
  '11_50': { fr: 'de 11 à 50', en: '11 to 50' },
  over_50: { fr: 'plus de 50', en: 'more than 50' },
  unknown: { fr: 'nombre inconnu', en: 'number unknown' },
};

/** How much there is to do, in words. */
export function extentText(extent: string): Text {
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

const extents: Readonly<Record<RemediationTask, (answers: Answers) => string | undefined>> = {
  MAILBOXES_OVER_200_GB: (answers) => {
    const { count, estimated } = tooLargeMailboxes(answers);
    if (count === 0) return estimated ? 'unknown' : undefined;
    return String(count);
  },
  DIRECTORY_APPLICATIONS: ({ C5 }) => (C5?.apps === 'none' ? undefined : C5?.apps),
};

/** How much of a task the answers ask for; undefined when there is nothing to do. */
export function extentOf(task: RemediationTask, answers: Answers): string | undefined {
  return extents[task](answers);
}

/** The tasks that are not done, or that the answers ask for more of than was done. */
export function openRemediation(
  answers: Answers,
  remediated: Remediated = {},
  cutover?: CalendarDate,
): readonly OpenRemediation[] {
  const due = cutover === undefined ? undefined : remediationDay(cutover);
  return remediationTasks.flatMap((task) => {
    const extent = extentOf(task, answers);
    return extent === undefined || remediated[task] === extent ? [] : [{ task, extent, due }];
  });
}
