import type { FieldProblem } from '../domain/input/field-problem.ts';
import type { Text } from '../domain/text.ts';
import type { KnownOperator, StaffMember } from '../store/staff.ts';

/** The operator with a name of the identity provider, now or before; undefined for one who is no operator any more. */
export function operatorNamed(
  operators: readonly KnownOperator[],
  name: string | undefined,
): KnownOperator | undefined {
  return operators.find(({ subject, earlier }) => subject === name || earlier.some((each) => each === name));
}

/** The operator with a mail address that someone has typed or chosen. */
export function operatorWithMail(mail: string, operators: readonly StaffMember[]): StaffMember | undefined {
  return operators.find((operator) => operator.mail === mail.trim().toLowerCase());
}

/** The problem of a field whose address no operator has. */
export function unknownOperator(field: string, { fr, en }: Text): FieldProblem {
  const message = {
    fr: `${fr} : cette adresse n’est celle d’aucune personne de l’exploitation qui s’est déjà connectée ; choisissez-en une autre.`,
    en: `${en}: no operator who has signed in has this address; choose another one.`,
  };
  return { field, code: 'unknown_owner', message };
}
