import { wholeOf } from '../../../domain/onboarding/reference.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { Pair } from '../layout/components.ts';
import { dayText } from '../layout/dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { numberText } from '../layout/numbers.ts';
import { stageTag } from '../layout/stage-tag.ts';
import type { View } from '../layout/view.ts';
import type { File } from './file.ts';

/** The page of another onboarding in the same folder. */
function linkTo(view: View, reference: string): Html {
  const folder = view.path.startsWith('/sales') ? '/sales' : '/operations';
  return html`<a href="${view.href(`${folder}/${reference}`)}">${reference}</a>`;
}

function partLine(view: View, { state, booking }: Snapshot): Html {
  const date = booking === undefined ? nothing : html`, ${dayText(view, booking.cutover)}`;
  return html`<li>${linkTo(view, state.reference)} ${state.scope ?? ''} (${numberText(view, state.part?.users ?? 0)}) ${stageTag(view, state)}${date}</li>`;
}

/** The parts of a split onboarding, or the whole that a part belongs to. */
export function partRows(view: View, { now: { state }, parts }: File): readonly Pair[] {
  const { part, scope, reference } = state;
  if (part !== undefined) {
    const { number, of, users, mailboxesOver50, servers } = part;
    const count = (value: number) => numberText(view, value);
    return [
      {
        key: { fr: 'Partie', en: 'Part' },
        value: html`${view.t({ fr: `${number} sur ${of}`, en: `${number} of ${of}` })} – ${scope ?? ''}<br>${view.t(
          {
            fr: `${count(users)} utilisateurs, ${count(mailboxesOver50)} boîtes de plus de 50 Go, ${count(servers)} serveurs`,
            en: `${count(users)} users, ${count(mailboxesOver50)} mailboxes over 50 GB, ${count(servers)} servers`,
          },
        )}`,
      },
      {
        key: { fr: 'Dossier entier', en: 'Whole onboarding' },
        value: linkTo(view, wholeOf(reference)),
      },
    ];
  }
  if (parts.length === 0) return [];
  return [
    {
      key: { fr: 'Parties (utilisateurs)', en: 'Parts (users)' },
      value: html`<ul>${parts.map((each) => partLine(view, each))}</ul>`,
    },
  ];
}
