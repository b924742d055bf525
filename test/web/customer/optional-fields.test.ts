import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldId } from '../../../functions/web/shared/layout/error-summary.ts';
import { textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { sendForm } from '../staff/cast.ts';
import { type Name, type Walker, walk, walkersOf } from '../walkers.ts';

let trial: Trial;
let walkers: Readonly<Record<Name, () => Promise<Walker>>>;
beforeAll(async () => {
  trial = await startTrial();
  walkers = walkersOf(trial);
});
afterAll(() => trial.close());

interface Control {
  readonly name: string;
  /** True when its label, or the legend of a group around it, says that it may be left empty. */
  readonly isMarked: boolean;
}

const mark = / \((?:facultatif|optional)\)$/;
const tokens =
  /<(\/?)fieldset\b|<legend>([\s\S]*?)<\/legend>|<label for="([^"]*)">([\s\S]*?)<\/label>|<(?:input|select|textarea)\b([^>]*)>/g;

/** What is to be filled in on a page, without what shows only after a certain answer. */
function controlsOf(html: string): readonly Control[] {
  const main = html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<div class="only-if">[\s\S]*?<\/fieldset>/g, '');
  const groups: boolean[] = [];
  const labels = new Map<string, boolean>();
  const controls = new Map<string, Control>();
  for (const [all, closes, legend, to, label, attributes = ''] of main.matchAll(tokens)) {
    if (all.startsWith('<fieldset')) groups.push(false);
    else if (closes === '/') groups.pop();
    else if (legend !== undefined) groups.splice(-1, 1, mark.test(textOf(legend).trim()));
    else if (label !== undefined) labels.set(to ?? '', mark.test(textOf(label).trim()));
    else if (!attributes.includes('type="hidden"')) {
      const value = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
      const isMarked = groups.includes(true) || labels.get(value('id')) === true;
      controls.set(value('name'), { name: value('name'), isMarked });
    }
  }
  return [...controls.values()];
}

/** Fields that are refused when nothing is filled in, by their ids. */
const refusedIn = (html: string) => [...html.matchAll(/ id="([^"]+)-problem"/g)].map(([, id = '']) => id);

const isRefused = ({ name }: Control, refused: readonly string[]) =>
  refused.some((id) => fieldId(name) === id || fieldId(name).startsWith(`${id}-`));

/** The forms on the pages that a walker finds: where each is, and where it is sent. */
async function formsFor(walker: Walker) {
  const forms = new Map<string, string>();
  for (const { address, html = '' } of (await walk(walker)).values()) {
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const [form = '', action = ''] = /<form\b[^>]* action="([^"]*)"[\s\S]*<\/form>/.exec(main) ?? [];
    if (controlsOf(`<main${form}</main>`).length > 0) forms.set(action, address);
  }
  return [...forms].map(([action, address]) => ({ action, address }));
}

interface Sender {
  readonly name: Name;
  readonly forms: RegExp;
}

/** Those between whom every form of a customer can be found. */
const senders: readonly Sender[] = [
  { name: 'someone who was never here', forms: /./ },
  { name: 'a customer before the first question', forms: /./ },
  // Everything else is kept until the code was entered.
  { name: 'a customer who is asked for a code', forms: /^\/identity/ },
  { name: 'a customer that has answered everything', forms: /./ },
  { name: 'a customer that prepares, with conditions', forms: /./ },
  { name: 'a customer with a date to confirm', forms: /./ },
  { name: 'a security officer', forms: /./ },
];

describe.each(senders)('$name', ({ name, forms }) => {
  it('may leave empty what says so in its label, and nothing else', async () => {
    const walker = await walkers[name]();
    const faults: string[] = [];
    let sent = 0;
    for (const { action, address } of await formsFor(walker)) {
      if (!forms.test(action)) continue;
      const page = await (await walker.browser.get(address)).text();
      const empty = controlsOf(page).map((control): readonly [string, string] => [control.name, '']);
      const answer = await sendForm(walker.browser, address, empty, action);
      sent += 1;
      const html = answer.status === 422 ? await answer.text() : page;
      const refused = answer.status === 422 ? refusedIn(html) : [];
      faults.push(
        ...controlsOf(html)
          .filter((control) => control.isMarked === isRefused(control, refused))
          .map((control) => `${action} ${control.name} (${answer.status})`),
      );
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(0);
  });
});
