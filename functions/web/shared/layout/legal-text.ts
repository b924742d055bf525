import { citedIn, type LawToday } from '../../../domain/law-status.ts';
import { citation } from '../../../domain/questionnaire/legal-references.ts';
import type { Text } from '../../../domain/text.ts';
import { dayText } from './dates.ts';
import type { View } from './view.ts';

/** How a law stands, since when, and on which day someone made sure: `NIS 2 : transposition non adoptée…`. */
export function lawStatusText(view: View, { name, statement, from, checked }: LawToday): string {
  const [since, on] = [dayText(view, from), dayText(view, checked)];
  const text: Text = {
    fr: `${name.fr} : ${statement.fr} (depuis le ${since}, vérifié le ${on})`,
    en: `${name.en}: ${statement.en} (since ${since}, checked on ${on})`,
  };
  return view.t(text);
}

/** A legal reference as people read it, with the present status of the laws that it cites. */
export function legalText(view: View, reference: string): string {
  const statuses = citedIn(reference, view.laws).map((law) => lawStatusText(view, law));
  return [view.t(citation(reference)), ...statuses].join(view.t({ fr: ' ; ', en: '; ' }));
}
