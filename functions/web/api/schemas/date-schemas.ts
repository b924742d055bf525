import * as z from 'zod/mini';
import { type CustomerDate, roomLevels } from '../../../domain/waves/dates.ts';
import { day } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();

const dateSchema = named(
  'CustomerDate',
  'A coming wave as the customer may choose it.',
  z.strictObject({
    wave: described('Id of the wave of this date.', text),
    site: described('Code of the site.', text),
    cutover: described('Day of the cutover.', day),
    admissible: described(
      'Whether it can be chosen now; the wave in which a place is held, offered or confirmed always can.',
      z.boolean(),
    ),
    recommended: described('True for the first admissible one.', z.boolean()),
    room: described(
      'Room for a customer of this size: `few` for one or two more, `none` for not even one.',
      z.enum(roomLevels),
    ),
    reason: z.optional(
      described(
        'Why it cannot be chosen, in a sentence to the customer.',
        z.strictObject({
          code: described('Code of the reason.', text),
          fr: described('In French.', text),
          en: described('In English.', text),
        }),
      ),
    ),
  }),
);

export const dateList = z.array(dateSchema);

export function dateView({ wave, admissible, recommended, room, reason }: CustomerDate) {
  const { id, site, cutover } = wave;
  return {
    ...{ wave: id, site, cutover, admissible, recommended, room },
    ...(reason === undefined ? {} : { reason: { code: reason.code, ...reason.text } }),
  };
}
