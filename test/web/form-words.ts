import { textOf } from '../support/page-reader.ts';

/** Forms that only lead on to the next page of the questionnaire: a question, or the end of a section. */
const leadsOn = /^\/questionnaire\/[A-E]\d*b?$/;
const onward = { fr: 'Continuer', en: 'Continue' } as const;

/** Words of a button that say that something is sent, and not what happens. */
const saysNothing =
  /^(ok|oui|valider|soumettre|suivant|continuer|envoyer|go|yes|next|submit|send|continue|done|terminer)$/i;
/** In French a button is an infinitive: "Retirer l’accès". */
const infinitive = /^(?:En |Ne (?:pas|plus) )?\p{L}+(?:er|ir|re)(?= |$)/u;
/** A refusal, in the words of those who refuse. */
const sentences = ['Nous ne souhaitons pas poursuivre'];

interface Form {
  readonly action: string;
  readonly content: string;
}

function formsIn(html: string): readonly Form[] {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return [...main.matchAll(/<form\b[^>]*? action="([^"?]*)[^"]*"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = '', content = '']) => ({ action, content }),
  );
}

interface FormButton {
  readonly words: string;
  /** True for the one that stands out. */
  readonly isFirst: boolean;
}

/** The buttons of a form, without the one that only the Enter key presses. */
function buttonsOf({ content }: Form): readonly FormButton[] {
  return [...content.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].flatMap(
    ([, attributes = '', words = '']) =>
      attributes.includes('class="enter"')
        ? []
        : [{ words: textOf(words).trim(), isFirst: attributes.includes('class="button"') }],
  );
}

function namesNoAct(words: string, language: 'fr' | 'en'): boolean {
  if (saysNothing.test(words)) return true;
  return language === 'fr' && !infinitive.test(words) && !sentences.includes(words);
}

function faultsOfButtons(form: Form, language: 'fr' | 'en'): readonly string[] {
  const buttons = buttonsOf(form);
  if (buttons.length === 0) return [`${form.action} has no button`];
  return buttons.flatMap(({ words, isFirst }) => {
    if (isFirst && leadsOn.test(form.action)) {
      return words === onward[language] ? [] : [`${form.action} leads on by “${words}”`];
    }
    return namesNoAct(words, language) ? [`${form.action} names no act: “${words}”`] : [];
  });
}

function faultsOfFields({ action, content }: Form): readonly string[] {
  const names = [...content.matchAll(/<(label|legend)\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , words = '']) =>
    textOf(words).trim(),
  );
  return [
    ...names.filter((name) => name.includes('*')).map((name) => `${action} marks “${name}” by an asterisk`),
    ...(/<(?:input|select|textarea)\b[^>]* (?:required|aria-required)\b/.test(content)
      ? [`${action} has a field that the browser requires`]
      : []),
    ...names
      .filter((name) => /facultati|optional/i.test(name) && !/ \((?:facultatif|optional)\)$/.test(name))
      .map((name) => `${action} says in other words that a field is optional: “${name}”`),
  ];
}

/**
 * How the forms of a page speak: the button of a question says "Continue", any other names its act; a field that may be
 * left empty says so at the end of its label, never by an asterisk, and the server alone requires the others.
 */
export function faultsOfForms(html: string, language: 'fr' | 'en'): readonly string[] {
  return formsIn(html).flatMap((form) => [...faultsOfButtons(form, language), ...faultsOfFields(form)]);
}
