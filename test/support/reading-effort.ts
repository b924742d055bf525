import { unescaped } from './page-reader.ts';

/** What a page asks of its reader. */
export interface Effort {
  /** Words that are shown in its main part: without folded reasons, closed lists and follow-ups that do not apply. */
  readonly words: number;
  /** Decisions: a group of radio buttons or check boxes, a text, a date. */
  readonly controls: number;
  /** Fields for a number, each with its list of orders of magnitude. */
  readonly numbers: number;
}

const wordsPerMinute = 200;
const secondsPerControl = 8;
const secondsPerNumber = 15;

/** Minutes that a form takes: 200 words a minute, 8 s a control, 15 s a number. */
export function minutesOf({ words, controls, numbers }: Effort): number {
  return words / wordsPerMinute + (controls * secondsPerControl + numbers * secondsPerNumber) / 60;
}

export function sumOf(efforts: readonly Effort[]): Effort {
  return efforts.reduce(
    (sum, { words, controls, numbers }) => ({
      words: sum.words + words,
      controls: sum.controls + controls,
      numbers: sum.numbers + numbers,
    }),
    { words: 0, controls: 0, numbers: 0 },
  );
}

/** The main part of a page as it is first shown. */
function shownOf(html: string): string {
  return html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<details[\s\S]*?(<summary>[\s\S]*?<\/summary>)[\s\S]*?<\/details>/g, '$1')
    .replace(/<div class="only-if">[\s\S]*?<\/fieldset>/g, '')
    .replace(/<select[\s\S]*?<\/select>/g, '');
}

function wordsIn(shown: string): number {
  const text = unescaped(shown.replace(/<span class="unseen">[^<]*<\/span>/g, ' ').replace(/<[^>]+>/g, ' '));
  return text.split(/[\s\u00a0\u202f]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const datePart = /\.(?:day|month|year)$/;

export function effortOf(html: string): Effort {
  const shown = shownOf(html);
  const fields = [...shown.matchAll(/<input ([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const type = /type="(\w+)"/.exec(attributes)?.[1];
    const name = /name="([^"]+)"/.exec(attributes)?.[1] ?? '';
    return type === 'hidden' ? [] : [{ name, isNumber: attributes.includes('inputmode="numeric"') }];
  });
  const numbers = fields.filter(({ name, isNumber }) => isNumber && !datePart.test(name));
  const controls = fields
    .filter((field) => !numbers.includes(field))
    .map(({ name }) => name.replace(datePart, ''));
  return { words: wordsIn(shown), controls: new Set(controls).size, numbers: numbers.length };
}
