import { isBlank } from '../../domain/input/plain-text.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { type Html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';

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

/** What was given as that reason: none where the field is empty. */
export function readGrowthReason(
  form: FormFields,
): { readonly growthReason?: string } | { readonly problems: readonly Problem[] } {
  if (isBlank(form.get(name) ?? '')) return {};
  const read = readReason(form, name, growthLabel);
  return 'problems' in read ? read : { growthReason: read.value };
}
