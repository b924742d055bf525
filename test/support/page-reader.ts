import { gzipSync } from 'node:zlib';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';

const rules = await new StaticConfigLoader({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // Tables repeat the roles of their parts: shown as blocks on a narrow screen they would lose them.
    'no-redundant-role': 'off',
  },
}).getConfigFor('');

/** The rules are read once: read again for every page, they take longer than the pages. */
class ReadRules extends StaticConfigLoader {
  override getConfigFor() {
    return rules;
  }
}

const validator = new HtmlValidate(new ReadRules());

/** What is wrong with the HTML of a page, one line each. */
export async function htmlFaults(html: string): Promise<readonly string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`),
  );
}

/** Bytes that a first visit brings: the page and its files, compressed. */
export function firstViewBytes(html: string): number {
  return (
    gzipSync(html).length +
    gzipSync(assets.stylesheet.content).length +
    gzipSync(assets.icon.content).length +
    (html.includes(assets.retry.path) ? gzipSync(assets.retry.content).length : 0)
  );
}

/** Files that a page asks for, besides itself. */
export function filesOf(html: string): readonly string[] {
  return [...html.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"/g)].map(
    ([, file]) => file ?? '',
  );
}

export function unescaped(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** What a person reads, without the marks. */
export function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]+>/g, ' ')).replace(/[\s\u00a0\u202f]+/g, ' ');
}

/** The fields that a browser would send for the form of a page as it stands. */
export function fieldsOf(html: string): [string, string][] {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return [...main.matchAll(/<input ([^>]*)>/g)].flatMap(([, attributes = '']): [string, string][] => {
    const value = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const type = value('type');
    const chosen = / checked/.test(attributes);
    if ((type === 'radio' || type === 'checkbox') && !chosen) return [];
    return [[unescaped(value('name') ?? ''), unescaped(value('value') ?? '')]];
  });
}

/** Links of the error summary, and the inline messages with the ids they stand for. */
export function problemsOf(html: string) {
  const summary = /<div class="summary"[\s\S]*?<\/div>/.exec(html)?.[0] ?? '';
  const links = [...summary.matchAll(/<a href="#([^"]+)">([\s\S]*?)<\/a>/g)].map(
    ([, id = '', text = '']) => ({
      id,
      text,
    }),
  );
  const inline = [
    ...html.matchAll(/<span class="problem" id="([^"]+)-problem">([\s\S]*?)<\/span>([^<]*)<\/span>/g),
  ].map(([, id = '', , text = '']) => ({ id, text }));
  return { links, inline };
}

export function hasId(html: string, id: string): boolean {
  return html.split(` id="${id}"`).length === 2;
}
