import * as z from 'zod/mini';
import { type Band, bands } from '../../../domain/input/figure.ts';
import type { ContactsInput, GroupInput, Input, Option, Presence } from '../../../domain/input/input.ts';
import { largestCount } from '../../../domain/input/problem-texts.ts';
import { askableQuestions } from '../../../domain/questionnaire/asked-questions.ts';
import type { Question } from '../../../domain/questionnaire/question.ts';
import { questions } from '../../../domain/questionnaire/questionnaire.ts';
import { day, mailAddress, name } from './plain-values.ts';
import { described, named } from './registry.ts';

const contact = named(
  'Contact',
  'A contact person.',
  z.strictObject({
    name: described('Name of the person.', name),
    email: described('Email address of the person.', mailAddress),
  }),
);
const period = z.strictObject({
  from: described('First day of the freeze.', day),
  to: described('Last day of the freeze.', day),
});

function codes(options: readonly Option[]) {
  return z.enum(options.map(({ code }) => code));
}

function mayBeAbsent({ kind }: Presence): boolean {
  return kind !== 'always';
}

function presenceOf(presence: Presence): string {
  if (presence.kind === 'always') return '';
  const where = `${presence.part} is ${presence.is}`;
  return presence.kind === 'exactly_if'
    ? ` Required if ${where}, absent otherwise.`
    : ` Required unless ${where}.`;
}

function groupSchema({ parts }: GroupInput): z.ZodMiniType {
  return z.strictObject(
    Object.fromEntries(
      parts.map(({ name, label, input, presence }) => {
        const schema = described(`${label.en}.${presenceOf(presence)}`, inputSchema(input));
        return [name, mayBeAbsent(presence) ? z.optional(schema) : schema];
      }),
    ),
  );
}

function contactsSchema({ roles }: ContactsInput): z.ZodMiniType {
  return z.strictObject(
    Object.fromEntries(
      roles.map(({ code, label, required }) => {
        const schema = described(`${label.en}.`, contact);
        return [code, required ? schema : z.optional(schema)];
      }),
    ),
  );
}

const count = z.int().check(z.nonnegative(), z.maximum(largestCount));
const unknownCode = z.literal('unknown');

function bandSchema({ from, to }: Band) {
  const low = { from: described('Lowest number of the band.', z.literal(from)) };
  return z.strictObject(
    to === undefined ? low : { ...low, to: described('Highest number of the band.', z.literal(to)) },
  );
}

const band = named(
  'Band',
  'An order of magnitude in place of an exact number; both ends count, and the last one has no upper end.',
  z.union(bands.map(bandSchema)),
);

/** The schema of a question's input. */
function inputSchema(input: Input): z.ZodMiniType {
  switch (input.kind) {
    case 'one':
      return codes(input.options);
    case 'many':
      return z.array(codes(input.options)).check(z.minLength(1), z.maxLength(50));
    case 'integer':
      return count;
    case 'figure':
      return z.union([count, unknownCode, band]);
    case 'date':
      return input.orUnknown === true ? z.union([day, unknownCode]) : day;
    case 'site':
      return z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/));
    case 'scale':
      return z.union([z.int().check(z.minimum(0), z.maximum(4)), z.enum(['na', 'unknown'])]);
    case 'attestation':
      return z.literal(true);
    case 'ranges':
      return z.array(period).check(z.maxLength(50));
    case 'group':
      return groupSchema(input);
    case 'contacts':
      return contactsSchema(input);
  }
}

function descriptionOf({ label, help, visibleIf }: Question): string {
  const condition =
    visibleIf === undefined
      ? ''
      : ` Only if ${visibleIf.question} is ${visibleIf.holdsAnyOf.join(' or ')}; absent otherwise.`;
  return `${help.en}${condition} In French: ${label.fr}`;
}

function questionSchema(question: Question): z.ZodMiniType {
  return described(descriptionOf(question), z.optional(inputSchema(question.input)), question.label.en);
}

/** Ids of the questions that an operator may ask again. */
export const questionIds = z.enum(askableQuestions.map(({ id }) => id));

/**
 * The answers to version 2 of the questionnaire, generated from its questions. The schema checks the form of each answer;
 * which answers are required depends on the others and is checked by the questionnaire.
 */
export const answersSchema = named(
  'Answers',
  'Answers by question id. Every visible question is required, unless B1 is yes, which ends the questionnaire.',
  z.strictObject(Object.fromEntries(questions.map((question) => [question.id, questionSchema(question)]))),
);
