import { isBlank } from '../../domain/input/plain-text.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readCount } from '../../domain/input/read-text.ts';
import { readScope } from '../../domain/intake/scope.ts';
import { scopeLabel } from '../../domain/intake/scope-names.ts';
import type { PartSize, PlannedPart, Split } from '../../domain/onboarding/part.ts';
import { fieldOfPart, partText, sizeLabels, sizeNames } from '../../domain/onboarding/part-sizes.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, integerField, textField } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** The name of a field of a part, as the rules name it. */
function fieldName(index: number, name: keyof PlannedPart): string {
  return `parts[${index}].${name}`;
}

const inOrderLabel = { fr: 'Ordre des bascules', en: 'Order of the cutovers' } as const;

/** The fields of all parts, with what was typed, or else with a first proposal. */
export function partFields(
  view: View,
  {
    proposed,
    form,
    problems,
  }: {
    readonly proposed: readonly PlannedPart[];
    readonly form: FormFields | undefined;
    readonly problems: readonly Problem[];
  },
): Html {
  return html`${proposed.map(
    (part, index) => html`<fieldset><legend>${view.t(partText(index))}</legend>
${textField(view, {
  name: fieldName(index, 'scope'),
  label: scopeLabel,
  value: form?.get(fieldName(index, 'scope')) ?? part.scope,
  problem: problemOf(problems, fieldName(index, 'scope')),
})}${sizeNames.map((name) =>
  integerField(view, {
    name: fieldName(index, name),
    label: sizeLabels[name],
    value: form?.get(fieldName(index, name)) ?? String(part[name]),
    problem: problemOf(problems, fieldName(index, name)),
  }),
)}</fieldset>`,
  )}
${checkboxes(view, {
  name: 'inOrder',
  label: inOrderLabel,
  choices: [
    {
      value: 'yes',
      label: {
        fr: 'Chaque partie bascule après la précédente',
        en: 'Each part cuts over after the one before it',
      },
    },
  ],
  values: form?.all('inOrder') ?? [],
})}`;
}

function readSize(form: FormFields, index: number) {
  const size: Record<keyof PartSize, number> = { users: 0, mailboxesOver50: 0, servers: 0 };
  const problems: Problem[] = [];
  for (const name of sizeNames) {
    const typed = form.get(fieldName(index, name)) ?? '';
    const count = isBlank(typed) ? ({ problem: 'missing' } as const) : readCount(typed);
    if ('problem' in count) {
      const label = fieldOfPart(index, sizeLabels[name]);
      problems.push(fieldProblem(fieldName(index, name), label, count.problem));
    } else size[name] = count.value;
  }
  return { size, problems };
}

/** Reads the parts from the form: the split, or the problems of all its fields. */
export function readSplit(
  form: FormFields,
  count: number,
): { readonly split: Split } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const parts: PlannedPart[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = fieldName(index, 'scope');
    const typed = form.get(name) ?? '';
    const scope = isBlank(typed) ? ({ problem: 'missing' } as const) : readScope(typed);
    const { size, problems: sizes } = readSize(form, index);
    if ('problem' in scope) {
      problems.push(fieldProblem(name, fieldOfPart(index, scopeLabel), scope.problem));
    }
    problems.push(...sizes);
    parts.push({ scope: 'value' in scope ? scope.value : '', ...size });
  }
  if (problems.length > 0) return { problems };
  return { split: { parts, ...(form.get('inOrder') === 'yes' ? { inOrder: true } : {}) } };
}
