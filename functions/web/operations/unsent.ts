import type { Text } from '../../domain/text.ts';
import { outboxLanes } from '../../store/keys.ts';
import type { AsideEntry, AsideKey } from '../../store/set-aside.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, pagination, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { firstIfWrong, rowsAPage } from '../shared/staff/read-list.ts';
import { unsentPath, unsentTitle } from './unsent-link.ts';

const flashes = {
  again: {
    fr: 'Le message est remis à l’envoi. S’il échoue encore cinq fois, il reviendra ici.',
    en: 'The message will be sent again. If it fails five more times, it will come back here.',
  },
} as const;

/** Messages by their kind; a mail by its template. */
const kinds: Readonly<Record<string, Text>> = {
  start: { fr: 'démarrage de l’exécution', en: 'start of the run' },
  wake: { fr: 'reprise de l’exécution', en: 'next step of the run' },
  event: { fr: 'événement pour les autres systèmes', en: 'event for other systems' },
  offer_places: { fr: 'offre de places libérées', en: 'offer of freed places' },
  keep_group_order: { fr: 'ordre du groupe', en: 'order of the group' },
  unknown: { fr: 'message d’une autre version', en: 'message of another release' },
};

function whatText(view: View, { unsent }: AsideEntry): string {
  const names = unsent.map((name) =>
    view.t(kinds[name] ?? { fr: `courriel « ${name} »`, en: `email “${name}”` }),
  );
  return names.join(', ');
}

const separator = '.';

function idOf({ reference, version, lane }: AsideKey): string {
  return [reference, version, lane].join(separator);
}

function keyOf(id: string): AsideKey | undefined {
  const [reference = '', version = '', lane] = id.split(separator);
  const known = outboxLanes.find((each) => each === lane);
  if (known === undefined || !/^\d{1,9}$/.test(version)) return undefined;
  return { reference, version: Number(version), lane: known };
}

async function unsentPage(c: WebContext, { store }: WebDependencies) {
  const view = c.get('view');
  const cursor = c.req.query('cursor');
  const page = await firstIfWrong(cursor, (start) => store.outbox.aside({ limit: rowsAPage, ...start }));
  const again = (entry: AsideEntry) =>
    form(view, {
      action: unsentPath,
      inline: true,
      content: html`<input type="hidden" name="entry" value="${idOf(entry)}">`,
      buttons: [{ label: { fr: 'Réessayer', en: 'Try again' }, look: 'second' }],
    });
  const list = table(view, {
    caption: unsentTitle,
    rows: page.items,
    columns: [
      {
        name: { fr: 'Dossier', en: 'Onboarding' },
        cell: ({ reference }) =>
          html`<a class="code" href="${view.href(`/operations/${reference}`)}">${reference}</a>`,
      },
      { name: { fr: 'Message', en: 'Message' }, cell: (entry) => whatText(view, entry) },
      { name: { fr: 'Écarté le', en: 'Set aside on' }, cell: ({ asideAt }) => instantText(view, asideAt) },
      {
        name: { fr: 'Dernière erreur', en: 'Last error' },
        cell: ({ error }) => html`<span class="code">${error}</span>`,
      },
      { name: { fr: 'Action', en: 'Action' }, cell: again },
    ],
  });
  return answerPage(c, {
    title: unsentTitle,
    back: { path: '/operations' },
    flashes,
    body: html`<h1>${view.t(unsentTitle)}</h1>
<p>${view.t({
      fr: 'Ces messages ont échoué cinq fois et ont été écartés pour ne pas retenir les autres. Faites corriger la cause, puis réessayez. Ils sont conservés 90 jours.',
      en: 'These messages failed five times and were set aside so that they do not hold up the others. Have the cause fixed, then try again. They are kept for 90 days.',
    })}</p>
${page.items.length === 0 ? html`<p>${view.t({ fr: 'Aucun message n’est écarté.', en: 'No message is set aside.' })}</p>` : list}
${pagination(view, { path: unsentPath, cursor: page.cursor })}`,
  });
}

/** The page on which operators see what could not be sent, and send it again. Register it before `/operations/:reference`. */
export function registerUnsent(app: WebApp, deps: WebDependencies): void {
  app.get(unsentPath, (c) => unsentPage(c, deps));
  app.post(unsentPath, async (c) => {
    const key = keyOf(formOf(c).get('entry') ?? '');
    // Another operator may have been first: then it is being sent already.
    if (key !== undefined) await deps.store.outbox.putBack(key, deps.clock.now());
    return leadTo(c, deps.site, unsentPath, 'again');
  });
}
