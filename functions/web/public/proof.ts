import { isFields, ownValue } from '../../domain/input/read-input.ts';
import { sealMeaning } from '../../domain/record/record-document.ts';
import type { PublishedKey } from '../../domain/record/seal.ts';
import { canonicalRecord } from '../../domain/record/submission-record.ts';
import { sealDigest } from '../../platform/seal-key.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { createRateLimit } from '../shared/http/rate-limit.ts';
import { answerPage, formOf, type WebApp } from '../shared/http/web-app.ts';
import { banner, form, table } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { paragraphField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import * as words from './proof-words.ts';

/** The longest text that may be pasted, in characters: the longest record has about 40,000. */
const longestRecord = 200_000;
/** Checks a second that one instance makes, and the size of a burst. */
const checksPerSecond = 20;
const field = 'record';

/** What was pasted: the digest, and whether it was computed from a whole record. */
interface Given {
  readonly digest: string;
  readonly whole: boolean;
}

/** The digest of a pasted record, or the pasted digest; undefined if it is neither. */
function givenIn(text: string): Given | undefined {
  const digest = text.replace(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digest)) return { digest, whole: false };
  try {
    const file: unknown = JSON.parse(text);
    if (!isFields(file)) return undefined;
    const record = ownValue(file, 'record');
    return { digest: sealDigest(canonicalRecord(isFields(record) ? record : file)), whole: true };
  } catch (error) {
    // No JSON, or nested too deeply to be one of ours.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the page says to a check. */
interface Answer {
  readonly given: Given;
  /** When it was sealed; undefined if it never was. */
  readonly sealedAt: string | undefined;
}

interface Shown {
  readonly keys: readonly PublishedKey[];
  readonly text?: string | undefined;
  readonly answer?: Answer | undefined;
  readonly problems?: readonly Problem[];
}

function answerBanner(view: View, { given, sealedAt }: Answer): Html {
  if (sealedAt === undefined) return banner(view, view.t(words.notOurs));
  const on = instantText(view, sealedAt);
  const text = given.whole ? words.issuedUnaltered(on) : words.issuedOnDigest(on);
  return banner(view, view.t(text));
}

function keyList(view: View, keys: readonly PublishedKey[]): Html {
  if (keys.length === 0) return html`<p>${view.t(words.noKeys)}</p>`;
  return html`<p>${view.t(words.keysUse)} <a href="${view.href('/proof/keys.json')}">${view.t({ fr: 'Toutes les clés (JSON)', en: 'All keys (JSON)' })}</a></p>
${table(view, {
  caption: { fr: 'Clés qui ont scellé des relevés', en: 'Keys that have sealed records' },
  rows: keys,
  columns: [
    {
      name: { fr: 'Clé', en: 'Key' },
      cell: ({ id }: PublishedKey) => html`<span class="data">${id}</span>`,
    },
    {
      name: { fr: 'En service depuis le', en: 'In use since' },
      cell: ({ since }: PublishedKey) => instantText(view, since),
    },
  ],
})}`;
}

function proofPage(view: View, { keys, text, answer, problems = [] }: Shown): Page {
  return {
    title: words.proofTitle,
    problems,
    body: html`<h1>${view.t(words.proofTitle)}</h1>
${answer === undefined ? nothing : answerBanner(view, answer)}
<p>${view.t(words.whatItDoes)}</p><p>${view.t(sealMeaning)}</p>
${form(view, {
  kept: true,
  action: '/proof',
  content: html`${paragraphField(view, {
    name: field,
    label: words.fieldLabel,
    hint: words.fieldHint,
    value: text,
    problem: problemOf(problems, field),
  })}<p class="soft">${view.t(words.keptNowhere)}</p>`,
  buttons: [{ label: { fr: 'Vérifier', en: 'Check' } }],
})}
<h2>${view.t(words.keysTitle)}</h2>
${keyList(view, keys)}`,
  };
}

/** The page that tells anyone whether a record came from us, and the keys that tell it without us. */
export function registerProof(
  app: WebApp,
  { store, elapsed = () => performance.now() }: WebDependencies & { readonly elapsed?: () => number },
): void {
  const waitFor = createRateLimit({ requestsPerSecond: checksPerSecond, elapsed });

  app.get('/proof', async (c) => answerPage(c, proofPage(c.get('view'), { keys: await store.seals.keys() })));

  app.post('/proof', async (c) => {
    const view = c.get('view');
    const text = formOf(c).get(field) ?? '';
    const keys = await store.seals.keys();
    const seconds = waitFor('anyone');
    if (seconds > 0) {
      c.header('Retry-After', String(seconds));
      const problems = [{ field, message: words.tooMany }];
      return answerPage(c, proofPage(view, { keys, text, problems }), 429);
    }
    if (text.length > longestRecord) {
      return answerPage(c, proofPage(view, { keys, problems: [{ field, message: words.tooLong }] }));
    }
    const given = givenIn(text);
    if (given === undefined) {
      return answerPage(c, proofPage(view, { keys, text, problems: [{ field, message: words.unreadable }] }));
    }
    const seal = await store.seals.find(given.digest);
    return answerPage(c, proofPage(view, { keys, text, answer: { given, sealedAt: seal?.at } }));
  });

  app.get('/proof/keys.json', async (c) => {
    const keys = (await store.seals.keys()).map(({ id, publicKey, since }) => ({
      id,
      algorithm: 'ECDSA P-256 with SHA-256',
      since,
      publicKey,
    }));
    return c.json({ keys });
  });
}
