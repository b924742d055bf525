import * as z from 'zod/mini';
import { largestCount, longestText } from '../../../domain/problem-texts.ts';
import type {
  ContactsInput,
  GroupInput,
  Input,
  Option,
  Presence,
  Question,
} from '../../../domain/questionnaire/question.ts';
import { questions } from '../../../domain/questionnaire/questionnaire.ts';
import { day } from './plain-values.ts';
import { descriptions, named } from './registry.ts';

const line = z.string().check(z.minLength(1), z.maxLength(longestText));
const contact = named(
  'Contact',
  'A person the platform may write to.',
  z.strictObject({ name: line, email: line }),
);
const period = z.strictObject({ from: day, to: day });

function codes(options: readonly Option[]) {
  return z.enum(options.map(({ code }) => code));
}

function mayBeAbsent({ kind }: Presence): boolean {
  return kind !== 'always';
}

function groupSchema({ parts }: GroupInput): z.ZodMiniType {
  return z.strictObject(
    Object.fromEntries(
      parts.map(({ name, input, presence }) => {
        const schema = inputSchema(input);
        return [name, mayBeAbsent(presence) ? z.optional(schema) : schema];
      }),
    ),
  );
}

function contactsSchema({ roles }: ContactsInput): z.ZodMiniType {
  return z.strictObject(
    Object.fromEntries(roles.map(({ code, required }) => [code, required ? contact : z.optional(contact)])),
  );
}

/** What one question takes, as a schema. */
function inputSchema(input: Input): z.ZodMiniType {
  switch (input.kind) {
    case 'one':
      return codes(input.options);
    case 'many':
      return z.array(codes(input.options)).check(z.minLength(1), z.maxLength(50));
    case 'integer':
      return z.int().check(z.nonnegative(), z.maximum(largestCount));
    case 'date':
      return z.iso.date();
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
      : ` Only if ${visibleIf.question} holds ${visibleIf.holdsAnyOf.join(' or ')}; absent otherwise.`;
  return `${label.fr}. ${help.en}${condition}`;
}

function questionSchema(question: Question): z.ZodMiniType {
  const schema = z.optional(inputSchema(question.input));
  descriptions.add(schema, { title: question.label.en, description: descriptionOf(question) });
  return schema;
}

/**
 * The answers to version 1 of the questionnaire, generated from its questions. Which of them are required depends on
 * each other, which is the questionnaire's own validation to say; here each is held to its form.
 */
export const answersSchema = named(
  'Answers',
  'Answers by question id. Every question that shows is required, unless B1 is yes, which ends the form.',
  z.strictObject(Object.fromEntries(questions.map((question) => [question.id, questionSchema(question)]))),
);
