import type { ResultChange, ResultRecord } from '../../../domain/onboarding/records.ts';
import type { Text } from '../../../domain/text.ts';
import { dayText } from './dates.ts';
import type { View } from './view.ts';

const causes: Readonly<Record<ResultChange['by'], Text>> = {
  declaration: { fr: 'après une déclaration du client', en: 'after a declaration by the customer' },
  evidence: {
    fr: 'une condition ayant été levée par l’équipe d’exploitation',
    en: 'after the operations team cleared a condition',
  },
  cutover: { fr: 'à la bascule', en: 'at the cutover' },
  opening: { fr: 'à l’ouverture d’un service', en: 'when a service opened' },
  registry: { fr: 'après la réponse du registre', en: 'after the register answered' },
};

/** The day on which a result was computed, and the day and cause of its last change since. */
export function calculatedOn(view: View, { assessedOn, changed }: ResultRecord): string {
  const first = dayText(view, assessedOn);
  if (changed === undefined) return first;
  const on = dayText(view, changed.on);
  const { fr, en } = causes[changed.by];
  return view.t({ fr: `${first}, puis de nouveau le ${on} ${fr}`, en: `${first}, and again on ${on} ${en}` });
}
