import { InvalidInputError, WaveChangeRefusedError } from '../../domain/errors.ts';
import { isBlank } from '../../domain/input/plain-text.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readCount } from '../../domain/input/read-text.ts';
import type { Text } from '../../domain/text.ts';
import { type CapacityVector, componentLabels, noCapacity } from '../../domain/waves/capacity.ts';
import type { WaveKind } from '../../domain/waves/wave.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { integerField } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { refusalOf } from '../shared/staff/acts.ts';
import { components } from './wave-labels.ts';

/** The capacity components of a wave type. */
export function componentsOf(kind: WaveKind | undefined): readonly (keyof CapacityVector)[] {
  return kind === 'PREPARATION' ? ['customers'] : components;
}

const onlyOthers: Text = {
  fr: 'À laisser vide pour une vague de préparation',
  en: 'Leave empty for a preparation wave',
};

interface CapacityFields {
  readonly form: FormFields | undefined;
  readonly problems: readonly Problem[] | undefined;
  readonly shown: readonly (keyof CapacityVector)[];
  readonly before?: CapacityVector;
  /** Shows the hint where the wave type is not chosen yet. */
  readonly anyKind?: boolean;
}

export function capacityFields(view: View, { form, problems, shown, before, anyKind }: CapacityFields): Html {
  return html`${shown.map((name) =>
    integerField(view, {
      name,
      label: componentLabels[name],
      hint: anyKind === true && name !== 'customers' ? onlyOthers : undefined,
      value: form?.get(name) ?? (before === undefined ? undefined : String(before[name])),
      problem: problemOf(problems, name),
    }),
  )}`;
}

/** Reads the capacity from the form; a wave type that counts only customers has zero for the rest. */
export function readCapacity(
  form: FormFields,
  kind: WaveKind | undefined,
): { readonly capacity: CapacityVector; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const capacity = { ...noCapacity };
  for (const name of componentsOf(kind)) {
    const typed = form.get(name);
    const count = isBlank(typed ?? '') ? ({ problem: 'missing' } as const) : readCount(typed);
    if ('problem' in count) problems.push(fieldProblem(name, componentLabels[name], count.problem));
    else capacity[name] = count.value;
  }
  return { capacity, problems };
}

/** The problems of a refused wave at the fields of its form, which names components without "capacity". */
export function refusedFields(error: unknown, field: string): readonly Problem[] {
  const named = error instanceof WaveChangeRefusedError ? error.problems : [];
  const own = named.find(
    (problem) => problem.field === 'growthReason' || problem.field.startsWith('capacity.'),
  );
  const problems =
    error instanceof InvalidInputError ? error.problems : [refusalOf(error, own?.field ?? field)];
  return problems.map((problem) => ({ ...problem, field: problem.field.replace(/^capacity\./, '') }));
}
