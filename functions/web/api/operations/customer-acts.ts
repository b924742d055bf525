import * as z from 'zod/mini';
import { changeContact, resendInvitation } from '../../../application/change-contact.ts';
import { beginCorrection } from '../../../application/correct-answers.ts';
import { type KnownDraft, submitAnswers } from '../../../application/submit-answers.ts';
import { withdraw } from '../../../application/withdraw.ts';
import { InvalidInputError } from '../../../domain/errors.ts';
import { isFields, ownValue } from '../../../domain/input/read-input.ts';
import { parseContact } from '../../../domain/intake/intake.ts';
import { siteCodes } from '../../../domain/platform-configuration.ts';
import type { Answers } from '../../../domain/questionnaire/answers.ts';
import { askableQuestions } from '../../../domain/questionnaire/asked-questions.ts';
import { validateAnswers } from '../../../domain/questionnaire/validate-answers.ts';
import { sealSubmitted } from '../../shared/seal-submission.ts';
import { answersExample } from '../examples/answers.ts';
import { placed, problemsFound, unknownFields } from '../field-errors.ts';
import { type BodyReader, bodyOf, type Call, defineOperation, noQuery } from '../operation.ts';
import { invalidFields } from '../problem.ts';
import { answersSchema, questionIds } from '../schemas/answers-schema.ts';
import { mailAddress, name, reasonBody } from '../schemas/plain-values.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

const confirmedQuestions = z.array(questionIds).check(z.maxLength(askableQuestions.length));

const besideAnswers = z.object({
  confirmed: z._default(confirmedQuestions, []),
  replace: z._default(z.boolean(), false),
});

interface SentAnswers extends z.infer<typeof besideAnswers> {
  readonly answers: Answers;
  /** Where the answers are in the body. */
  readonly under: readonly string[];
}

const answersRequest = named(
  'AnswersRequest',
  'The answers by question id, at the top level or under `answers`.',
  z.union([
    answersSchema,
    z.strictObject({
      answers: described('The answers by question id.', answersSchema),
      confirmed: z.optional(
        described(
          'Questions asked again (see asked) whose answer stays as it was. Every question asked again is answered anew or confirmed.',
          confirmedQuestions,
        ),
      ),
      replace: z.optional(
        described('Replaces whatever the organisation has saved on its form, unseen.', z.boolean()),
      ),
    }),
  ]),
);

/** Answers are accepted at the top level of the body or, as in an assessment, under `answers`; no question has that id. */
const answersBody: BodyReader<SentAnswers> = {
  schema: answersRequest,
  example: answersExample,
  read: (sent, { platform }) => {
    const wrapper = isFields(sent) && Object.hasOwn(sent, 'answers') ? sent : undefined;
    const given = wrapper === undefined ? sent : ownValue(wrapper, 'answers');
    const under = wrapper === undefined ? [] : ['answers'];
    const beside = z.safeParse(besideAnswers, wrapper ?? {});
    const validated = validateAnswers(given, { complete: true, sites: siteCodes(platform) });
    const problems = [
      ...(wrapper === undefined ? [] : unknownFields(wrapper, ['answers', 'confirmed', 'replace'])),
      ...(beside.success ? [] : problemsFound(beside.error.issues, sent)),
      ...('problems' in validated ? placed(validated.problems, given, under) : []),
    ];
    if (problems.length > 0 || 'problems' in validated || !beside.success) return { problems };
    return { value: { answers: validated.answers, ...beside.data, under } };
  },
};

const entityTag = /(?<!W\/)"([\w.-]{1,1000})"/g;

/** What the client knows of the answers saved so far. */
function knownDraft({ ifMatch, body }: Pick<Call<unknown, SentAnswers>, 'ifMatch' | 'body'>): KnownDraft {
  if (ifMatch === undefined) return body.replace ? 'replace' : 'unknown';
  if (ifMatch.trim() === '*') return 'replace';
  return { tags: [...ifMatch.matchAll(entityTag)].map(([, tag = '']) => tag) };
}

/** What is wrong with the answers only the onboarding tells: which questions were asked again. */
async function submitSent(call: Call<unknown, SentAnswers>, reference: string): Promise<void> {
  const { answers, confirmed, under } = call.body;
  const known = knownDraft(call);
  try {
    await submitAnswers(call.dependencies, reference, answers, call.who, { confirmed, known });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw invalidFields('invalid_input', placed(error.problems, answers, under));
  }
  await sealSubmitted(call.dependencies, reference);
}

export const answersOperation = defineOperation({
  id: 'submitAnswers',
  method: 'POST',
  path: '/onboardings/{reference}/answers',
  summary:
    'Submit the complete answers for the customer: first, during preparation, when asked again, or to correct them. If the organisation has saved answers of its own, If-Match or replace is needed.',
  scope: 'onboarding/write',
  conditional: true,
  problems: [
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'answers_not_seen',
    'answers_changed',
    'concurrent_change',
  ],
  query: noQuery,
  body: answersBody,
  success: standing,
  handle: (call) => standingAfter(call, (reference) => submitSent(call, reference)),
});

export const correctionOperation = defineOperation({
  id: 'openCorrection',
  method: 'POST',
  path: '/onboardings/{reference}/correction',
  summary:
    'Open the submitted answers for a correction, for 30 days but not after the week before the cutover; submit it with answers. Nothing changes before, and a correction that is open stays so.',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'not_expected_now', 'decision_refused', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, { reason: 'The number of users was wrong' }),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      beginCorrection(call.dependencies, reference, { sections: [], reason: call.body.reason }, call.who),
    ),
});

interface Contact {
  readonly contactName?: string;
  readonly contactEmail?: string;
}

const contactChangeSchema = named(
  'ContactChange',
  'At least one of the two fields. The old link is replaced and a new one is sent by email.',
  z.strictObject({
    contactName: z.optional(described('Name of the person to invite.', name)),
    contactEmail: z.optional(described('Email address of the person to invite.', mailAddress)),
  }),
);

/** Validates name and address by the rules of intake; no other field can be changed here. */
const contactBody: BodyReader<Contact> = {
  schema: contactChangeSchema,
  example: { contactEmail: 'dominique@direction.example' },
  read: (sent) => {
    const shape = z.safeParse(contactChangeSchema, sent);
    if (!shape.success) return { problems: problemsFound(shape.error.issues, sent) };
    const parsed = parseContact(shape.data);
    return 'problems' in parsed ? { problems: placed(parsed.problems, sent) } : { value: parsed.contact };
  },
};

export const contactOperation = defineOperation({
  id: 'changeContact',
  method: 'PATCH',
  path: '/onboardings/{reference}/contact',
  summary:
    'Change the contact or the contact’s address. The old link is revoked and a new one is sent by email.',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'link_mailed_too_often', 'concurrent_change'],
  query: noQuery,
  body: contactBody,
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => changeContact(call.dependencies, reference, call.body, call.who)),
});

const exampleReason = { reason: 'Requested by the customer by telephone' };

export const withdrawalOperation = defineOperation({
  id: 'withdraw',
  method: 'POST',
  path: '/onboardings/{reference}/withdrawal',
  summary: 'Withdraw an onboarding before its hand-over; places are released immediately.',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'not_expected_now', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, exampleReason),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) => withdraw(call.dependencies, reference, call.body.reason, call.who)),
});

export const invitationOperation = defineOperation({
  id: 'resendInvitation',
  method: 'POST',
  path: '/onboardings/{reference}/invitation',
  summary:
    'Resend the link: with the invitation while answers are awaited, later with the status of the onboarding. At most once a minute and ten times in 24 hours.',
  scope: 'onboarding/write',
  problems: ['onboarding_closed', 'not_expected_now', 'link_mailed_too_often', 'concurrent_change'],
  query: noQuery,
  body: bodyOf(reasonBody, exampleReason),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      resendInvitation(call.dependencies, reference, call.body.reason, call.who),
    ),
});
