import { isBlank } from '../../domain/input/plain-text.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { type Html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { readReason, readReasonIfGiven, reasonField } from '../shared/staff/reason.ts';

const name = 'growthReason';

export const growthLabel: Text = { fr: 'Motif de la croissance', en: 'Reason for the growth' };

interface Given {
  readonly form: FormFields | undefined;
  readonly problems: readonly Problem[];
  /** A wave grows more than the rule admits. */
  readonly grows?: boolean | undefined;
}

/** The field for the reason why a wave may grow more than the rule admits; shown once that is asked for. */
export function growthField(view: View, { form, problems, grows = false }: Given): Html {
  const isFilled = !isBlank(form?.get(name) ?? '');
  if (!grows && !isFilled && problemOf(problems, name) === undefined) return nothing;
  return reasonField(view, { form, problems, name, label: growthLabel });
}

interface Reasons {
  readonly reason?: string;
  /** Why the wave may grow more than the rule admits. */
  readonly growthReason?: string;
}

/** Reads why a wave is changed: none where a field is empty, unless the change needs a reason. */
export function readReasons(
  form: FormFields,
  isNeeded: boolean,
): Reasons | { readonly problems: readonly Problem[] } {
  const reason = isNeeded ? readReason(form) : readReasonIfGiven(form);
  const growth = readReasonIfGiven(form, name, growthLabel);
  const problems = [growth, reason].flatMap((read) => ('problems' in read ? read.problems : []));
  if ('problems' in reason || 'problems' in growth) return { problems };
  return {
    ...(reason.value === undefined ? {} : { reason: reason.value }),
    ...(growth.value === undefined ? {} : { growthReason: growth.value }),
  };
}
