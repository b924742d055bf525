import { type ReadParagraph, readParagraph } from '../../../domain/input/paragraph.ts';
import { isBlank } from '../../../domain/input/plain-text.ts';
import { longestReason } from '../../../domain/input/problem-texts.ts';
import type { Text } from '../../../domain/text.ts';
import type { FormFields } from '../http/form-fields.ts';
import type { Problem } from '../layout/error-summary.ts';
import { problemOf } from '../layout/error-summary.ts';
import { paragraphField } from '../layout/fields.ts';
import type { Html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

export const reasonLabel: Text = { fr: 'Motif', en: 'Reason' };

/** For a reason that the customer reads too. */
export const toldToCustomer: Text = {
  fr: 'Le client le lira dans son courriel et sur sa page. N’indiquez ni nom de personne ni donnée sensible.',
  en: 'The customer will read it in the email and on its page. Do not enter names of people or sensitive data.',
};

export const noPersonalData: Text = {
  fr: 'Conservé dans l’historique et visible par l’équipe. N’indiquez ni nom de personne ni donnée sensible.',
  en: 'Kept in the history and visible to the team. Do not enter names of people or sensitive data.',
};

/** Reads the mandatory reason from the form; `name` and `label` are those of the field. */
export function readReason(form: FormFields, name = 'reason', label = reasonLabel): ReadParagraph {
  return readParagraph(form.get(name) ?? '', { field: name, label, most: longestReason });
}

type ReadIfGiven = Exclude<ReadParagraph, { readonly value: string }> | { readonly value?: string };

/** Reads a reason that may be left out: without a value where the field is empty. */
export function readReasonIfGiven(form: FormFields, name = 'reason', label = reasonLabel): ReadIfGiven {
  return isBlank(form.get(name) ?? '') ? {} : readReason(form, name, label);
}

/** The field for a reason, with the current entry. */
export function reasonField(
  view: View,
  {
    form,
    problems,
    name = 'reason',
    label = reasonLabel,
    hint = noPersonalData,
    optional = false,
  }: {
    form: FormFields | undefined;
    problems: readonly Problem[];
    name?: string;
    label?: Text;
    hint?: Text;
    optional?: boolean;
  },
): Html {
  return paragraphField(view, {
    name,
    label,
    hint,
    optional,
    value: form?.get(name),
    problem: problemOf(problems, name),
  });
}

/** The form of an act that needs nothing but a reason. */
export const reasonAlone = {
  fields: (view: View, filled: Parameters<typeof reasonField>[1]): Html => reasonField(view, filled),
  first: 'reason',
  read: ({ form }: { readonly form: FormFields }): ReadParagraph => readReason(form),
} as const;
