import type { BookedCustomer } from '../../application/booked-customers.ts';
import { type CalendarDate, calendarDateOf } from '../../domain/calendar-date.ts';
import type { Booking } from '../../domain/onboarding/state.ts';
import { formatNumber, type Text } from '../../domain/text.ts';
import { type CapacityVector, componentLabels, componentsAbove } from '../../domain/waves/capacity.ts';
import { bookableUntil } from '../../domain/waves/date-constraints.ts';
import { type Growth, growthText } from '../../domain/waves/growth.ts';
import { type Wave, type WaveTransitionName, waveTransitions } from '../../domain/waves/wave.ts';
import { eachPage, type Page } from '../../store/table.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { readBooked } from './booked.ts';
import { componentsOf } from './capacity-fields.ts';
import { gatesTable } from './gates.ts';

/** Those who wait are counted up to this number. */
const mostCounted = 50;
/** Pages of as many that are read for it. */
const pagesRead = 4;

/** What a wave would become; `before` is absent for one that is to be added. */
export interface Foreseen {
  readonly before?: Wave | undefined;
  readonly after: Wave;
  readonly transition?: WaveTransitionName | undefined;
  /** Its growth, which a reason answers for. */
  readonly growth?: Growth | undefined;
}

/** How many wait and have no offer, and whether they are all. */
async function waitingCount({ store }: WebDependencies): Promise<{ count: number; isWhole: boolean }> {
  let count = 0;
  let isWhole = false;
  const pages = eachPage((page) => store.waitingList.page({ limit: mostCounted, ...page }), {
    most: pagesRead,
  });
  for await (const { items, cursor } of pages) {
    count += items.filter(({ offeredUntil }) => offeredUntil === undefined).length;
    isWhole = cursor === undefined;
    if (count > mostCounted) return { count: mostCounted, isWhole: false };
  }
  return { count, isWhole };
}

async function waitingText(deps: WebDependencies): Promise<Text> {
  const { count, isWhole } = await waitingCount(deps);
  if (count === 0) {
    return isWhole
      ? { fr: 'Personne n’attend de place.', en: 'No one is waiting for a place.' }
      : {
          fr: 'Les premiers de la liste ont tous une proposition.',
          en: 'The first of the list all have an offer.',
        };
  }
  const [fr, en] = isWhole ? [count, count] : [`Plus de ${count}`, `More than ${count}`];
  return {
    fr: `${fr} client${count > 1 ? 's attendent' : ' attend'} une place : s’il leur reste de la place dans cette vague et qu’elle leur convient, ils reçoivent une proposition, par ordre de priorité.`,
    en: `${en} customer${count === 1 ? ' is' : 's are'} waiting for a place: if the wave suits them and has room, they receive an offer, in order of priority.`,
  };
}

const statuses: Readonly<Record<Booking['status'], (count: number) => Text>> = {
  CONFIRMED: (count) => ({
    fr: `${count} confirmée${count > 1 ? 's' : ''}`,
    en: `${count} confirmed`,
  }),
  HELD: (count) => ({
    fr: `${count} réservée${count > 1 ? 's' : ''}, à confirmer par le client`,
    en: `${count} held, for the customer to confirm`,
  }),
  OFFERED: (count) => ({
    fr: `${count} proposée${count > 1 ? 's' : ''} depuis la liste d’attente`,
    en: `${count} offered from the waiting list`,
  }),
  TO_MOVE: (count) => ({ fr: `${count} à déplacer`, en: `${count} to be moved` }),
};
const statusOrder = ['CONFIRMED', 'HELD', 'OFFERED', 'TO_MOVE'] as const;

/** The places of a wave by status, as far as its first page tells. */
function placesText({ items, cursor }: Page<BookedCustomer>): Text {
  const parts = statusOrder.flatMap((status) => {
    const count = items.filter(({ booking }) => booking.status === status).length;
    return count === 0 ? [] : [statuses[status](count)];
  });
  const among =
    cursor === undefined
      ? { fr: 'Places', en: 'Places' }
      : { fr: `Parmi les ${items.length} premières places`, en: `Of the first ${items.length} places` };
  return {
    fr: `${among.fr} : ${parts.map(({ fr }) => fr).join(' ; ')}.`,
    en: `${among.en}: ${parts.map(({ en }) => en).join('; ')}.`,
  };
}

/** What stays with the customers of a wave that is frozen or started. */
async function keptText(deps: WebDependencies, wave: Wave): Promise<readonly Text[]> {
  const { customers } = wave.booked;
  if (customers === 0) {
    return [{ fr: 'Aucun client n’y a de place.', en: 'No customer has a place in it.' }];
  }
  const kept: Text = {
    fr: `${formatNumber(customers, 'fr')} client${customers > 1 ? 's gardent leur' : ' garde sa'} place.`,
    en: `${formatNumber(customers, 'en')} customer${customers === 1 ? ' keeps its' : 's keep their'} place.`,
  };
  // Seats of a preparation wave are counted without being listed.
  if (wave.kind === 'PREPARATION') return [kept];
  return [kept, placesText(await readBooked(deps, wave))];
}

function capacityLines(before: Wave, after: Wave): readonly Text[] {
  const changed = componentsOf(after.kind).filter((name) => before.capacity[name] !== after.capacity[name]);
  if (changed.length === 0)
    return [{ fr: 'La capacité ne change pas.', en: 'The capacity does not change.' }];
  const line = (name: keyof CapacityVector): Text => {
    const label = componentLabels[name];
    const [from, to, taken] = [before.capacity[name], after.capacity[name], after.booked[name]];
    return {
      fr: `${label.fr} : ${from} → ${to}, dont ${taken} réservé${taken > 1 ? 's' : ''}.`,
      en: `${label.en}: ${from} → ${to}, of which ${taken} booked.`,
    };
  };
  return [...changed.map(line), { fr: 'Aucune réservation n’est touchée.', en: 'No booking is affected.' }];
}

const transitionLines: Readonly<Partial<Record<WaveTransitionName, Text>>> = {
  freeze: {
    fr: 'Plus aucun client n’y est placé tant qu’elle n’est pas rouverte.',
    en: 'No more customers are placed in it until it is reopened.',
  },
  start: {
    fr: 'Les places qui ne sont pas confirmées ne peuvent plus l’être.',
    en: 'Places that are not confirmed can no longer be.',
  },
  finish: { fr: 'La vague est close ; elle ne change plus.', en: 'The wave is closed and changes no more.' },
};

const tooNear: Text = {
  fr: 'La date est trop proche pour placer d’autres clients ; les places réservées peuvent être confirmées.',
  en: 'The date is too near to place more customers; held places can be confirmed.',
};

function grownText(growth: Growth): Text {
  const { fr, en } = growthText(growth);
  return {
    fr: `${fr}. Votre motif est conservé dans l’historique.`,
    en: `${en}. Your reason is kept in the history.`,
  };
}

/** Whether more room is open on a day to those who wait than before. */
function opensRoom({ before, after }: Foreseen, today: CalendarDate): boolean {
  if (after.state !== 'OPEN' || after.kind === 'PREPARATION' || bookableUntil(after) < today) return false;
  if (before === undefined || before.state !== 'OPEN' || before.cutover !== after.cutover) return true;
  return componentsAbove(after.capacity, before.capacity).length > 0;
}

async function linesOf(view: View, deps: WebDependencies, foreseen: Foreseen): Promise<readonly string[]> {
  const { before, after, transition, growth } = foreseen;
  const today = calendarDateOf(deps.clock.now());
  const isDated = before === undefined || before.cutover !== after.cutover;
  const texts = [
    ...(before !== undefined && transition === undefined && !isDated ? capacityLines(before, after) : []),
    ...(transition === undefined ? [] : [transitionLines[transition] ?? waveTransitions[transition].label]),
    ...(transition === 'freeze' || transition === 'start' ? await keptText(deps, after) : []),
    ...(growth === undefined ? [] : [grownText(growth)]),
    ...(opensRoom(foreseen, today) ? [await waitingText(deps)] : []),
    ...(transition === 'reopen' && bookableUntil(after) < today ? [tooNear] : []),
  ];
  const until = dayText(view, bookableUntil(after));
  const bookable = view.t({
    fr: `Les clients peuvent y être placés jusqu’au ${until}.`,
    en: `Customers can be placed in it until ${until}.`,
  });
  return [...texts.map(view.t), ...(isDated ? [bookable] : [])];
}

/** What a change does, shown before it is confirmed. */
export async function impactOf(view: View, deps: WebDependencies, foreseen: Foreseen): Promise<Html> {
  const { before, after } = foreseen;
  const lines = await linesOf(view, deps, foreseen);
  const isDated = before === undefined || before.cutover !== after.cutover;
  return html`<section class="next" aria-labelledby="impact"><h2 id="impact">${view.t({ fr: 'Ce que cela change', en: 'What this changes' })}</h2>
<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
${isDated ? gatesTable(view, after) : nothing}<p><strong>${view.t({ fr: 'Rien n’est encore enregistré : confirmez au bas de la page.', en: 'Nothing is saved yet: confirm at the bottom of the page.' })}</strong></p></section>`;
}

/** What was shown before: a change that differs from it is shown again. */
export function shownField(given: unknown): Html {
  return html`<input type="hidden" name="shown" value="${JSON.stringify(given)}">`;
}
