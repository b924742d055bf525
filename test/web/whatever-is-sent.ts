/** What a hostile or broken client may send: wide, deep and long. */
import { mostFields } from '../../functions/web/shared/http/form-body.ts';

export const depth = 200_000;
const wide = 8_000;
const long = 'x'.repeat(600_000);

const numbered = (count: number, entry: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => entry(index));

interface Body {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

const formType = 'application/x-www-form-urlencoded';
const delimiter = 'delimiter';
const partsType = `multipart/form-data; boundary=${delimiter}`;

function parts(names: readonly string[], value = 'x'): string {
  const each = names.map(
    (name) => `--${delimiter}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${each.join('')}--${delimiter}--\r\n`;
}

/** Forms with more fields than any of ours. */
export const wideForms: readonly Body[] = [
  { name: '40,000 fields', type: formType, content: numbered(40_000, (index) => `f${index}=1`).join('&') },
  { name: 'one field 40,000 times', type: formType, content: numbered(40_000, () => 'reason=1').join('&') },
  { name: 'separators only', type: formType, content: '&'.repeat(40_000) },
  {
    name: 'one field more than may be',
    type: formType,
    content: numbered(mostFields + 1, (index) => `f${index}=1`).join('&'),
  },
  { name: '5,000 parts', type: partsType, content: parts(numbered(5_000, (index) => `f${index}`)) },
  {
    name: 'one part more than may be',
    type: partsType,
    content: parts(numbered(mostFields + 1, (index) => `f${index}`)),
  },
];

/** Forms within the limits, with the proof of the session. */
export function strangeForms(proof: string): readonly Body[] {
  const fields = (names: readonly string[], value = '1') =>
    [`_csrf=${proof}`, ...names.map((name) => `${name}=${value}`)].join('&');
  const all = numbered(mostFields - 1, (index) => `f${index}`);
  const several = [
    'q',
    'reason',
    'siren',
    'legalName',
    'services',
    'contactEmail',
    'cursor',
    'decision',
    'to',
  ];
  return [
    { name: 'as many fields as may be', type: formType, content: fields(all) },
    {
      name: 'the rows of a table',
      type: formType,
      content: fields(numbered(990, (index) => `E2%5B${9_999 - index}%5D.from.day`)),
    },
    { name: 'long texts', type: formType, content: fields(several, 'y'.repeat(60_000)) },
    { name: 'digits in groups', type: formType, content: fields(several, '000+'.repeat(15_000)) },
    { name: 'a long name', type: formType, content: fields([long]) },
    { name: 'a name with many brackets', type: formType, content: fields([`a${'[0].b'.repeat(50_000)}`]) },
    { name: 'broken escapes', type: formType, content: `${fields(several, '%ED%A0%80%')}&%%%` },
    { name: 'as many parts as may be', type: partsType, content: parts(['_csrf', ...all], proof) },
    { name: 'a part with a long header', type: partsType, content: parts(['_csrf', long], proof) },
    {
      name: 'parts that never end',
      type: partsType,
      content: `--${delimiter}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${long}`,
    },
    { name: 'parts without a delimiter', type: 'multipart/form-data', content: parts(['a']) },
    {
      name: 'parts with a long delimiter',
      type: `multipart/form-data; boundary=${'d'.repeat(5_000)}`,
      content: parts(['a']),
    },
  ];
}

/** Bodies that no page reads. */
export const otherBodies: readonly Body[] = [
  { name: 'a deep list in JSON', type: 'application/json', content: deepList() },
  { name: 'CSV', type: 'text/csv', content: 'siren;nom\n'.repeat(50_000) },
  { name: 'bytes', type: 'application/octet-stream', content: '\0'.repeat(100_000) },
];

export function deepList(): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

export function deepObject(): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

const wideObject = () => `{${numbered(wide, (index) => `"unknown_${index}":${index}`).join(',')}}`;
const wideList = () => `[${numbered(50_000, () => '1').join(',')}]`;

/** JSON values that no field of ours takes. */
export const strangeValues = {
  'a deep list': deepList(),
  'a deep object': deepObject(),
  'a wide object': wideObject(),
  'a wide list': wideList(),
  'a list of wide objects': `[${numbered(40, () => `{${numbered(200, (index) => `"k${index}":{}`).join(',')}}`).join(',')}]`,
  'a long text': JSON.stringify(long),
  'a long number': '9'.repeat(100_000),
  'digits in groups': JSON.stringify('000 '.repeat(100_000)),
  'a name with many dots': `{"${'a.'.repeat(100_000)}":1}`,
  'names that look alike': `{${numbered(wide, (index) => `"${'é/'.repeat(15)}${index}":1`).join(',')}}`,
  nothing: 'null',
} as const;

/** Headers that are longer or more than anyone needs. */
export const strangeHeaders: readonly (readonly [name: string, headers: Readonly<Record<string, string>>])[] =
  [
    ['many cookies', { Cookie: numbered(5_000, (index) => `c${index}=${index}`).join('; ') }],
    ['many sessions', { Cookie: numbered(2_000, (index) => `session=${index}`).join('; ') }],
    ['a long cookie', { Cookie: `session=${long}; lang=${long}; flash=${long}` }],
    [
      'many languages',
      { 'Accept-Language': numbered(20_000, (index) => `x${index};q=0.${index}`).join(',') },
    ],
    ['a long authorization', { Authorization: `Bearer ${'a'.repeat(300_000)}!` }],
    ['spaces in the authorization', { Authorization: `Bearer${' '.repeat(300_000)}!` }],
    ['a long key', { 'Idempotency-Key': long }],
    ['a long request id', { 'X-Request-Id': long }],
  ];

/** Queries that are longer or wider than anyone needs. */
export const strangeQueries: readonly (readonly [name: string, query: string])[] = [
  ['many parameters', numbered(10_000, (index) => `p${index}=1`).join('&')],
  ['one parameter many times', numbered(10_000, () => 'q=1').join('&')],
  ['the language many times', numbered(10_000, () => 'lang=fr').join('&')],
  [
    'long values',
    ['q', 'cursor', 'stage', 'owner', 'to', 'limit', 'view', 'return']
      .map((name) => `${name}=${'x'.repeat(3_000)}`)
      .join('&'),
  ],
  ['broken escapes', 'q=%ED%A0%80&cursor=%%%&stage=%00'],
];
