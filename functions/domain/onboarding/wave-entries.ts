import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { CalendarEntry } from '../calendar-entry.ts';
import type { PlatformConfiguration } from '../platform-configuration.ts';
import { type Language, type Text, typeset } from '../text.ts';
import { gatesOf, siteLabel, type Wave, waveKindLabels, waveLabel, waveStateLabels } from '../waves/wave.ts';
import { goNoGoHours } from './deadline.ts';

/** Days before and after today whose waves operators have in their calendar. */
const shownDays = { before: 30, after: 400 } as const;

/** A wave with the number of its last change. */
type NumberedWave = Wave & { readonly version: number };

export interface WaveWording {
  readonly platform: PlatformConfiguration;
  readonly language: Language;
  readonly pageOf: (wave: Pick<Wave, 'id'>) => string;
}

interface Marked {
  readonly code: string;
  readonly date: CalendarDate;
  readonly label: Text;
}

/** The dated gates of a wave; the start of a preparation, which has none. */
function daysOf(wave: Wave): readonly Marked[] {
  return wave.kind === 'PREPARATION'
    ? [{ code: 'START', date: wave.cutover, label: waveKindLabels.PREPARATION }]
    : gatesOf(wave);
}

function customers(count: number): Text {
  return {
    fr: `${count} client${count > 1 ? 's' : ''}`,
    en: `${count} customer${count === 1 ? '' : 's'}`,
  };
}

function entriesOf(wave: NumberedWave, wording: WaveWording): readonly CalendarEntry[] {
  const { platform, language, pageOf } = wording;
  const { booked, capacity, state } = wave;
  const french = language === 'fr';
  const set = (text: string) => typeset(text, language);
  const name = waveLabel(wave, platform)[language];
  const about = [
    `${name.charAt(0).toUpperCase()}${name.slice(1)}.`,
    `${french ? 'État : ' : 'State: '}${waveStateLabels[state][language]}.`,
    french
      ? `Clients : ${booked.customers} sur ${capacity.customers}.`
      : `Customers: ${booked.customers} of ${capacity.customers}.`,
    pageOf(wave),
  ];
  const site = siteLabel(platform, wave.site)[language];
  return daysOf(wave).map(({ code, date, label }) => ({
    uid: `wave-${wave.id}-${code.toLowerCase().replaceAll('_', '-')}`,
    sequence: wave.version,
    day: date,
    ...(code === 'GO_NO_GO' ? { hours: { from: goNoGoHours.opens, to: goNoGoHours.silenceIsNoGo } } : {}),
    status: state === 'PLANNED' ? ('TENTATIVE' as const) : ('CONFIRMED' as const),
    summary: set(`${label[language]} – ${site} – ${customers(booked.customers)[language]}`),
    description: set(about.join('\n')),
    url: pageOf(wave),
  }));
}

/** The waves around a day for the calendar of an operator, cancelled ones left out: dates and numbers, never a customer. */
export function waveEntries(
  waves: readonly NumberedWave[],
  today: CalendarDate,
  wording: WaveWording,
): readonly CalendarEntry[] {
  const from = addDays(today, -shownDays.before);
  const to = addDays(today, shownDays.after);
  return waves
    .filter(({ state, cutover }) => state !== 'CANCELLED' && from <= cutover && cutover <= to)
    .flatMap((wave) => entriesOf(wave, wording));
}
