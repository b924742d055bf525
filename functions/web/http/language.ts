import { type Language, languages } from '../../domain/text.ts';

export const languageCookie = 'lang';

function known(value: string | undefined): Language | undefined {
  return languages.find((language) => language === value);
}

/** The language of `Accept-Language` we speak, by the person's order of preference. */
function preferred(header: string | undefined): Language | undefined {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = Number(
      parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    );
    return { language: known(tag.split('-')[0]), quality };
  });
  return wanted
    .filter(({ language, quality }) => language !== undefined && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)[0]?.language;
}

/** What was chosen on the page, else chosen before, else preferred by the browser; else French. */
export function chooseLanguage(wishes: {
  readonly query?: string | undefined;
  readonly cookie?: string | undefined;
  readonly accepted?: string | undefined;
}): Language {
  return known(wishes.query) ?? known(wishes.cookie) ?? preferred(wishes.accepted) ?? 'fr';
}
