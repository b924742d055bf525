import type { Text } from '../../domain/text.ts';
import { type CapacityVector, room } from '../../domain/waves/capacity.ts';
import { bookedOf, siteLabel, type Wave, waveKindLabels } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { noValue } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { componentsOf } from './capacity-fields.ts';
import { loadText } from './wave-labels.ts';
import { waveTable } from './wave-table.ts';

/** Lengths of the drawing, in CSS pixels. */
const textLine = 16;
const textGap = 6;
const barHeight = 9;
const barStep = 14;
const rowGap = 14;
/** A bar of the largest capacity leaves room for its outline. */
const fullWidth = 99;

/** Per cent of the width, with one decimal. */
function share(amount: number, most: number): string {
  return `${most === 0 ? 0 : Math.round((amount * fullWidth * 10) / most) / 10}%`;
}

function bar(wave: Wave, name: keyof CapacityVector, most: number, y: number): Html {
  const [capacity, booked] = [wave.capacity[name], bookedOf(wave)[name]];
  const shape = (width: string, look: Html) =>
    html`<rect x="1" y="${y}" width="${width}" height="${barHeight}" ${look}/>`;
  return html`${shape(share(capacity, most), html`fill="none" stroke="currentColor"`)}${booked === 0 ? nothing : shape(share(booked, most), html`fill="currentColor"`)}`;
}

/** Waves of preparation hold many more customers than others: they have a scale of their own. */
function largest(waves: readonly Wave[], of: Wave, name: keyof CapacityVector): number {
  const alike = waves.filter(({ kind }) => (kind === 'PREPARATION') === (of.kind === 'PREPARATION'));
  return Math.max(...alike.map(({ capacity }) => capacity[name]));
}

/** Bars of each wave: the outline is the capacity, the filled part is booked. The table says the same. */
function chart(view: View, waves: readonly Wave[]): Html {
  let height = 0;
  const rows = waves.map((wave) => {
    const shown = componentsOf(wave.kind);
    const top = height + textLine;
    height = top + shown.length * barStep + rowGap;
    const bars = shown.map((name, index) =>
      bar(wave, name, largest(waves, wave, name), top + textGap + index * barStep),
    );
    return html`<text x="0" y="${top}" fill="currentColor" font-size="14">${dayText(view, wave.cutover)}, ${view.t(waveKindLabels[wave.kind])}</text>${bars}`;
  });
  return html`<svg aria-hidden="true" width="100%" height="${height}">${rows}</svg>`;
}

const legend: Text = {
  fr: 'Pour chaque vague, de haut en bas : clients, points d’effort, clients complexes. Le contour est la capacité, la partie pleine est réservée (confirmée, à confirmer ou proposée). Le tableau dit la même chose en chiffres.',
  en: 'For each wave, from top to bottom: customers, effort points, complex customers. The outline is the capacity; the filled part is booked (confirmed, to be confirmed or offered). The table says the same in figures.',
};

function cellText(view: View, wave: Wave, name: keyof CapacityVector): string {
  if (!componentsOf(wave.kind).includes(name)) return noValue;
  const free = room(wave.capacity, bookedOf(wave))[name];
  const text = loadText(view, wave, name);
  return free <= 0
    ? text
    : view.t({ fr: `${text}, ${free} libre${free > 1 ? 's' : ''}`, en: `${text}, ${free} free` });
}

/** The load of the waves of each site, as a drawing and as a table. */
export function loadView(view: View, { platform }: WebDependencies, waves: readonly Wave[]): Html {
  const sites = [...new Set(waves.map(({ site }) => site))];
  return html`<p>${view.t(legend)}</p>${sites.map((site) => {
    const here = waves.filter((wave) => wave.site === site);
    const name = siteLabel(platform, site);
    return html`<h2>${view.t(name)}</h2>
${chart(view, here)}
${waveTable(view, { fr: `Charge du site ${name.fr}`, en: `Load of site ${name.en}` }, here, cellText)}`;
  })}`;
}
