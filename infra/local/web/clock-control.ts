import * as z from 'zod';
import { instantAt, isCalendarDate } from '../../../functions/domain/calendar-date.ts';
import { holidayYears } from '../../../functions/domain/holidays.ts';
import type { Text } from '../../../functions/domain/text.ts';
import { day } from '../../../functions/domain/time.ts';
import { BodyTooLargeError, readBytes } from '../../../functions/web/shared/http/body-bytes.ts';
import { comesFromUs } from '../../../functions/web/shared/http/guards.ts';
import type { Site } from '../../../functions/web/shared/http/site.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** Longest jump in days: longer than any onboarding of the demonstration, short enough to finish. */
const farthestJump = 1_200;

/** Largest request to the clock, in bytes. */
const largestWish = 1_000;

export const clockPath = '/local/clock';

/** The target of a jump: the next deadline, or a moment. */
export type ClockWish = { readonly next: true } | { readonly to: string };

/** The clock cannot be moved to this target. */
export class ClockWishError extends Error {
  override readonly name = 'ClockWishError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const unreadable: Text = {
  fr: 'Écrivez une date 2026-12-24 ou un instant 2026-12-24T08:00:00Z.',
  en: 'Write a date as 2026-12-24 or an instant as 2026-12-24T08:00:00Z.',
};
const past: Text = {
  fr: 'Cette date est passée ; l’horloge ne recule jamais.',
  en: 'This time is in the past; the clock never goes back.',
};
const tooFar: Text = {
  fr: `L’horloge avance de ${farthestJump} jours au maximum à la fois.`,
  en: `The clock moves at most ${farthestJump} days at a time.`,
};

/** Working days are counted ahead of the clock, and public holidays are known only for these years. */
const range = { first: `${holidayYears.first}-12-01`, last: `${holidayYears.last - 1}-12-31` } as const;
/** Where the clock stops by itself. */
export const lastMoment = instantAt(range.last, '23:59');
const outOfRange: Text = {
  fr: `L’horloge peut être réglée du 1er décembre ${holidayYears.first} au 31 décembre ${holidayYears.last - 1} : les jours fériés ne sont connus que jusqu’en ${holidayYears.last}.`,
  en: `The clock can be set from 1 December ${holidayYears.first} to 31 December ${holidayYears.last - 1}: public holidays are known only up to ${holidayYears.last}.`,
};

/** Reads an instant, or a date as 09:00 on that day in Paris. @throws ClockWishError */
export function readMoment(text: string): Date {
  const instant = isCalendarDate(text)
    ? instantAt(text, '09:00')
    : new Date(z.iso.datetime({ offset: true }).safeParse(text).data ?? Number.NaN);
  if (Number.isNaN(instant.getTime())) throw new ClockWishError(unreadable);
  if (instant < instantAt(range.first, '00:00') || instant > lastMoment) {
    throw new ClockWishError(outOfRange);
  }
  return instant;
}

/** The instant to jump to; undefined for the next deadline. @throws ClockWishError */
export function readWish(clock: VirtualClock, wish: ClockWish): Date | undefined {
  if ('next' in wish) return undefined;
  const to = readMoment(wish.to);
  const now = clock.now().getTime();
  if (to.getTime() < now) throw new ClockWishError(past);
  if (to.getTime() > now + farthestJump * day) throw new ClockWishError(tooFar);
  return to;
}

/**
 * Moves the clock and waits until everything due in between has finished. Must not be called from work that the clock
 * tracks, because it would wait for itself.
 *
 * @throws ClockWishError
 */
export async function moveClock(clock: VirtualClock, wish: ClockWish): Promise<void> {
  const to = readWish(clock, wish);
  await (to === undefined ? clock.jumpToNext() : clock.jumpTo(to));
}

const wishSchema = z.union([z.object({ next: z.literal(true) }), z.object({ to: z.string() })]);

/** Answers clock requests in JSON, which pages of other sites cannot send without a CORS preflight. */
export async function answerClockRequest(
  clock: VirtualClock,
  site: Site,
  request: Request,
): Promise<Response | undefined> {
  const json = request.headers.get('Content-Type')?.startsWith('application/json') === true;
  if (request.method !== 'POST' || !json || new URL(request.url).pathname !== clockPath) return undefined;
  const origin = request.headers.get('Origin') ?? undefined;
  const fetchSite = request.headers.get('Sec-Fetch-Site') ?? undefined;
  const browser = origin !== undefined || fetchSite !== undefined;
  const answer = (status: number, body: object) =>
    Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
  if (browser && !comesFromUs(site, origin, fetchSite))
    return answer(403, { error: 'Request from another site' });
  try {
    const bytes = await readBytes(request, { bytes: largestWish });
    await moveClock(clock, wishSchema.parse(JSON.parse(bytes.toString('utf8'))));
  } catch (error) {
    if (error instanceof ClockWishError) return answer(422, { error: error.message });
    if (error instanceof BodyTooLargeError) return answer(413, { error: 'The body is too large' });
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      return answer(422, { error: 'Send {"next": true} or {"to": "2026-12-24"}' });
    }
    throw error;
  }
  return answer(200, { now: clock.now().toISOString(), next: clock.nextDeadline()?.toISOString() });
}
