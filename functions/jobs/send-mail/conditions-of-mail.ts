import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { bearsOnGo, conditionLife } from '../../domain/classification/conditions.ts';
import type { ConditionCode } from '../../domain/classification/outcomes.ts';
import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import type { Language } from '../../domain/text.ts';
import type { MailCondition } from './mails/mail-context.ts';

/** Those of the named conditions that are still open, in the mail's language, with owners and dates. */
export function conditionsOfMail(
  codes: readonly ConditionCode[],
  result: ResultRecord | undefined,
  language: Language,
): readonly MailCondition[] {
  if (result === undefined) return [];
  const cleared = result.assessment.conditions.filter((each) => each.cleared).map(({ code }) => code);
  const tasks = conditionTasks(result);
  return codes.flatMap((code) => {
    const own = cleared.includes(code) ? [] : tasks.filter((task) => task.code === code);
    const [first] = own;
    if (first === undefined) return [];
    const { due, moved } = first;
    return [
      {
        label: conditionLife(code).label[language],
        owners: [...new Set(own.map(({ owner }) => ownerLabels[owner][language]))],
        due,
        ...(bearsOnGo(code) ? { againstGo: true } : {}),
        ...(moved === undefined ? {} : { moved: { from: moved.from, reason: moved.reason } }),
      },
    ];
  });
}
