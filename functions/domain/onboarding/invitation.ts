import type { CalendarDate } from '../calendar-date.ts';
import type { CalendarEntry } from '../calendar-entry.ts';
import { organisationName } from '../intake/scope-names.ts';
import { formatHour } from '../paris-time.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { type Language, oneLine, type Text, typeset } from '../text.ts';
import { type Gate, gatesOf, siteLabel } from '../waves/wave.ts';
import { gateOf } from './bookings.ts';
import { goNoGoHours } from './deadline.ts';
import type { InvitedDate } from './invited-date.ts';
import type { Snapshot } from './state.ts';

/** The gates of a wave that customers are invited to, with the name of each one's file. */
const invitedTo = {
  FIRST_MEETING: { fr: 'reunion-de-lancement', en: 'kick-off-meeting' },
  SECOND_MEETING: { fr: 'reunion-d-avancement', en: 'checkpoint-meeting' },
  GO_NO_GO: { fr: 'decision-go-no-go', en: 'go-no-go-decision' },
  CUTOVER: { fr: 'bascule', en: 'cutover' },
} as const satisfies Partial<Record<Gate['code'], Text>>;
type InvitedTo = keyof typeof invitedTo;

function isInvitedTo(code: Gate['code']): code is InvitedTo {
  return Object.hasOwn(invitedTo, code);
}

/** Where and for whom entries are written. */
export interface InvitationWording {
  readonly platform: PlatformConfiguration;
  readonly language: Language;
  readonly statusUrl: string;
}

const notConfirmed: Text = {
  fr: 'Cette date n’est pas encore confirmée.',
  en: 'This date is not confirmed yet.',
};
const hourToCome: Text = {
  fr: 'L’heure figurera dans le calendrier détaillé, arrêté cinq semaines avant la bascule.',
  en: 'The hour will be in the detailed schedule, agreed five weeks before the cutover.',
};
const wholeDay: Text = {
  fr: 'Veillez à ce que vos contacts techniques soient joignables ; la surveillance renforcée durera ensuite une semaine.',
  en: 'Make sure that your technical contacts can be reached; hypercare then lasts one week.',
};

function decidedBy(cutover: CalendarDate, territory: string | undefined): Text {
  const hour = (language: Language) => formatHour(gateOf(cutover), language, territory);
  return {
    fr: `La décision se prend avant ${hour('fr')}. Signalez-nous avant cette heure tout ce qui empêcherait la bascule.`,
    en: `The decision is taken by ${hour('en')}. Before then, tell us about anything that would prevent the cutover.`,
  };
}

function matterOf(code: InvitedTo, cutover: CalendarDate, territory: string | undefined): Text {
  if (code === 'GO_NO_GO') return decidedBy(cutover, territory);
  return code === 'CUTOVER' ? wholeDay : hourToCome;
}

/** An entry of the customer's calendar, with the name of its file. */
export interface InvitedEntry extends CalendarEntry {
  readonly file: string;
}

/**
 * The meetings, the go/no-go and the cutover of a date. Each keeps its id for the life of the onboarding, so that another
 * date moves it; its number is the version of the onboarding, so that a mail that arrives late changes nothing.
 */
export function invitedEntries(
  { state, booking }: Snapshot,
  { cutover, status }: InvitedDate,
  { platform, language, statusUrl }: InvitationWording,
): readonly InvitedEntry[] {
  const { reference, version, territory } = state;
  const organisation = oneLine(organisationName(state));
  const set = (text: string) => typeset(text, language);
  const site = booking === undefined ? undefined : siteLabel(platform, booking.site)[language];
  return gatesOf({ kind: 'MIGRATION', cutover }).flatMap(({ code, date, label }) => {
    if (!isInvitedTo(code)) return [];
    const about = [
      ...(status === 'TENTATIVE' ? [notConfirmed[language]] : []),
      ...(status === 'CANCELLED' ? [] : [matterOf(code, cutover, territory)[language]]),
      ...(site === undefined ? [] : [`Site${language === 'fr' ? ' : ' : ': '}${site}.`]),
      `${language === 'fr' ? 'Référence : ' : 'Reference: '}${reference}.`,
      statusUrl,
    ];
    return [
      {
        uid: `onboarding-${reference}-${code.toLowerCase().replaceAll('_', '-')}`,
        sequence: version,
        day: date,
        ...(code === 'GO_NO_GO' ? { hours: { from: goNoGoHours.opens, to: goNoGoHours.silenceIsNoGo } } : {}),
        status,
        summary: set(`${label[language]} – ${organisation} – ${platform.name}`),
        description: set(about.join('\n')),
        url: statusUrl,
        file: `${invitedTo[code][language]}.ics`,
      },
    ];
  });
}
