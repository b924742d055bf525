import * as z from 'zod/mini';
import { answerOffer, answerWave, offerDecisions } from '../../../application/answer-wave.ts';
import { chooseDate } from '../../../application/choose-date.ts';
import { readDates } from '../../../application/read-dates.ts';
import { waveDecisions } from '../../../domain/onboarding/transitions/confirmation.ts';
import { type BodyReader, bodyOf, type Call, defineOperation, noBody, noQuery } from '../operation.ts';
import { dateList, dateView } from '../schemas/date-schemas.ts';
import { described, named } from '../schemas/registry.ts';
import { standing, standingAfter } from './standing.ts';

export const datesOperation = defineOperation({
  id: 'listDates',
  method: 'GET',
  path: '/onboardings/{reference}/dates',
  summary:
    'List the coming waves by date, each with the reason why it cannot be chosen: none before a result, and none once the onboarding is handed over or closed.',
  scope: 'onboarding/read',
  problems: [],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The dates.',
    schema: named(
      'Dates',
      'The dates of an onboarding.',
      z.strictObject({ dates: described('By date, at most 100.', dateList) }),
    ),
    example: {
      dates: [
        {
          wave: 'paris-2027-03-09',
          site: 'paris',
          cutover: '2027-03-09',
          admissible: false,
          recommended: false,
          room: 'none',
          reason: {
            code: 'NO_ROOM',
            fr: 'Cette vague n’a plus assez de place.',
            en: 'This wave does not have enough room left.',
          },
        },
        {
          wave: 'paris-2027-04-06',
          site: 'paris',
          cutover: '2027-04-06',
          admissible: true,
          recommended: true,
          room: 'few',
        },
      ],
    },
  },
  handle: async ({ dependencies, parameter }) => {
    const now = await dependencies.store.onboardings.now(parameter('reference'));
    return { dates: (await readDates(dependencies, now)).map(dateView) };
  },
});

const meantWave = z.optional(
  described('Id of the wave that is meant; refused when another is held or offered by now.', z.string()),
);

const waveAnswerSchema = named(
  'WaveAnswer',
  'The answer about the place of the customer.',
  z.strictObject({
    decision: described('The decision of the customer.', z.enum(waveDecisions)),
    wave: meantWave,
    to: z.optional(
      described(
        'With another_date: id of the wave that is chosen (see dates); the place is moved there and confirmed. Without it, another wave is looked for.',
        z.string(),
      ),
    ),
  }),
);
type WaveAnswer = z.infer<typeof waveAnswerSchema>;

const waveAnswerExample = { decision: 'confirm', wave: 'paris-2027-03-09' } as const;
const plainWaveAnswer = bodyOf(waveAnswerSchema, waveAnswerExample);

/** Only those who ask for another date say which. */
const waveAnswerBody: BodyReader<WaveAnswer> = {
  ...plainWaveAnswer,
  read: (sent, dependencies) => {
    const read = plainWaveAnswer.read(sent, dependencies);
    if ('problems' in read || read.value.to === undefined || read.value.decision === 'another_date')
      return read;
    const message = {
      fr: '« to » ne va qu’avec « another_date ». Retirez-le, ou demandez une autre date.',
      en: '"to" goes with "another_date" only. Leave it out, or ask for another date.',
    };
    return { problems: [{ pointer: '/to', code: 'not_with_decision', message }] };
  },
};

function answerAboutWave({ dependencies, body, who }: Call<unknown, WaveAnswer>, reference: string) {
  const { decision, wave, to } = body;
  if (to !== undefined) return chooseDate(dependencies, reference, { to, wave }, who);
  return answerWave(dependencies, reference, decision, who, { wave });
}

export const waveConfirmationOperation = defineOperation({
  id: 'answerWave',
  method: 'POST',
  path: '/onboardings/{reference}/wave-confirmation',
  summary:
    'Confirm the held wave, decline, or ask for another date: the one named in `to` (also on the waiting list and once confirmed, three times, until 35 days before the cutover that is given up), or any.',
  scope: 'onboarding/write',
  problems: [
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'wave_not_open',
    'hold_expired',
    'decision_refused',
    'other_place',
    'date_not_possible',
  ],
  query: noQuery,
  body: waveAnswerBody,
  success: standing,
  handle: (call) => standingAfter(call, (reference) => answerAboutWave(call, reference)),
});

export const slotOfferOperation = defineOperation({
  id: 'answerSlotOffer',
  method: 'POST',
  path: '/onboardings/{reference}/slot-offer',
  summary: 'Accept or refuse a place offered from the waiting list.',
  scope: 'onboarding/write',
  problems: [
    'onboarding_closed',
    'not_expected_now',
    'already_decided',
    'wave_not_open',
    'hold_expired',
    'other_place',
  ],
  query: noQuery,
  body: bodyOf(
    named(
      'OfferAnswer',
      'The answer to the offered place.',
      z.strictObject({
        decision: described('Whether the customer accepts it.', z.enum(offerDecisions)),
        wave: meantWave,
      }),
    ),
    { decision: 'accept', wave: 'paris-2027-03-09' },
  ),
  success: standing,
  handle: (call) =>
    standingAfter(call, (reference) =>
      answerOffer(call.dependencies, reference, call.body.decision, call.who, call.body),
    ),
});
