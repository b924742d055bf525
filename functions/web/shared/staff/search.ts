import { OnboardingNotFoundError } from '../../../domain/errors.ts';
import type { FieldProblem } from '../../../domain/input/field-problem.ts';
import { parseSiren } from '../../../domain/input/identifiers.ts';
import { readMailAddress } from '../../../domain/input/mail-address.ts';
import { parseReference } from '../../../domain/onboarding/reference.ts';
import type { OnboardingState, Snapshot } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import { namePrefixLength } from '../../../store/keys.ts';
import { SearchTooShortError } from '../../../store/lists.ts';
import type { Store } from '../../../store/store.ts';
import type { Page } from '../../../store/table.ts';
import { UnreadableItemError } from '../../../store/unreadable.ts';
import type { WebDependencies } from '../dependencies.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../http/web-app.ts';
import { type Button, form } from '../layout/components.ts';
import { type Problem, problemOf } from '../layout/error-summary.ts';
import { textField } from '../layout/fields.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import type { View } from '../layout/view.ts';
import { onboardingTable, type StaffFolder } from './onboarding-table.ts';
import { type List, readList } from './read-list.ts';
import { unreadableNotice } from './unreadable-notice.ts';

const title: Text = { fr: 'Chercher un dossier', en: 'Find an onboarding' };

const tooShort: FieldProblem = {
  field: 'q',
  code: 'too_short',
  message: {
    fr: `Recherche : saisissez une référence, un SIREN, une adresse électronique ou les premières lettres d’un mot du nom, ${namePrefixLength} au moins.`,
    en: `Search: enter a reference, a SIREN, an email address or the first letters of a word of the name, at least ${namePrefixLength}.`,
  },
};

/** Names and email addresses must not appear in URLs and logs, so searches are sent by POST. */
export function searchForm(
  view: View,
  at: StaffFolder,
  { value, problems = [] }: { value?: string | undefined; problems?: readonly Problem[] } = {},
): Html {
  return form(view, {
    kept: true,
    inline: true,
    action: `${at}/search`,
    content: textField(view, {
      name: 'q',
      type: 'search',
      label: { fr: 'Recherche', en: 'Search' },
      hint: {
        fr: 'Référence, SIREN, adresse électronique du contact ou début d’un mot du nom',
        en: 'Reference, SIREN, contact’s email address or the beginning of a word of the name',
      },
      value,
      problem: problemOf(problems, 'q'),
    }),
    buttons: [{ label: { fr: 'Chercher', en: 'Search' }, look: 'second' }],
  });
}

async function byReference(store: Store, reference: string): Promise<Page<Snapshot>> {
  try {
    return { items: [await store.onboardings.now(reference)] };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { items: [] };
    if (error instanceof UnreadableItemError) return { items: [], unreadable: [reference] };
    throw error;
  }
}

/** The list that matches the kind of query. */
async function listFor(store: Store, q: string): Promise<List> {
  const reference = parseReference(q);
  const found = reference === undefined ? undefined : await byReference(store, reference);
  if (found !== undefined && (found.items.length > 0 || found.unreadable !== undefined)) {
    return async () => found;
  }
  if (q.includes('@')) return (page) => store.listsWithWaits.byMail(readMailAddress(q) ?? q, page);
  const identifier = parseSiren(q);
  if (typeof identifier !== 'string') return (page) => store.listsWithWaits.bySiren(identifier.siren, page);
  return (page) => store.listsWithWaits.byName(q, page);
}

/** The button to the next page of a search; query and cursor stay in the form. */
function nextPage(view: View, at: StaffFolder, q: string, cursor: string | undefined): Html {
  if (cursor === undefined) return nothing;
  const next: Button = { label: { fr: 'Page suivante', en: 'Next page' }, look: 'second' };
  return form(view, {
    action: `${at}/search`,
    content: html`<input type="hidden" name="q" value="${q}"><input type="hidden" name="cursor" value="${cursor}">`,
    buttons: [next],
  });
}

const nothingFound: Text = {
  fr: 'Aucun dossier trouvé. La recherche par nom porte sur le début des mots du nom enregistré, dans leur ordre ; saisissez une référence ou un SIREN en entier.',
  en: 'No onboarding found. A search by name compares the beginnings of the words of the recorded name, in their order; enter a reference or a SIREN in full.',
};

function resultsCaption(count: number): Text {
  return {
    fr: count === 1 ? '1 dossier trouvé' : `${count} dossiers trouvés`,
    en: count === 1 ? '1 onboarding found' : `${count} onboardings found`,
  };
}

/** Registers the search over the onboardings that `mayFind` allows; all others are treated as non-existent. */
export function registerSearch(
  app: WebApp,
  { store, clock, platform }: WebDependencies,
  at: StaffFolder,
  mayFind: (c: WebContext) => (state: OnboardingState) => boolean,
): void {
  app.get(`${at}/search`, (c) => {
    const view = c.get('view');
    return answerPage(c, {
      title,
      back: { path: at },
      body: html`<h1>${view.t(title)}</h1>${searchForm(view, at)}`,
    });
  });

  app.post(`${at}/search`, async (c) => {
    const view = c.get('view');
    const fields = formOf(c);
    const q = fields.get('q') ?? '';
    const refused = () =>
      answerPage(c, {
        title,
        back: { path: at },
        problems: [tooShort],
        body: html`<h1>${view.t(title)}</h1>${searchForm(view, at, { value: q, problems: [tooShort] })}`,
      });
    if (q === '') return refused();
    try {
      const now = clock.now();
      const maySee = mayFind(c);
      const page = await readList(await listFor(store, q), {
        cursor: fields.get('cursor'),
        keep: ({ state }) => maySee(state),
      });
      const caption = resultsCaption(page.items.length);
      return await answerPage(c, {
        title: { fr: `${title.fr} : ${caption.fr}`, en: `${title.en}: ${caption.en}` },
        back: { path: at },
        problems: [],
        body: html`<h1>${view.t(title)}</h1>${searchForm(view, at, { value: q })}${unreadableNotice(view, at === '/operations' ? (page.unreadable ?? []) : [])}
${page.items.length === 0 ? html`<p>${view.t(nothingFound)}</p>` : onboardingTable(view, { caption, rows: page.items, at, now, platform })}
${nextPage(view, at, q, page.cursor)}`,
      });
    } catch (error) {
      if (error instanceof SearchTooShortError) return refused();
      throw error;
    }
  });
}
