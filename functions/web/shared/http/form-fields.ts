import { type DateParts, dateTyped } from '../../../domain/input/written-date.ts';

/** The fields of a form: nothing in them is trusted before a rule has checked it. */
export interface FormFields {
  /** The first value of a field, without white space around it; undefined when absent. */
  get(name: string): string | undefined;
  all(name: string): readonly string[];
  /** `YYYY-MM-DD` from the three parts of a date field; parts that are no date give a text that is none. */
  date(name: string): string | undefined;
  dateParts(name: string): DateParts;
  /** Names of the fields a person filled in, in order. */
  names(): readonly string[];
}

/** The texts of each field, in order; what is no text is left out. */
function textsByName(data: FormData): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  // `FormData` looks through all of its entries for each name it is asked for.
  for (const [name, value] of data) {
    const found = texts.get(name) ?? [];
    if (typeof value === 'string') found.push(value.trim());
    texts.set(name, found);
  }
  return texts;
}

export function formFields(data: FormData): FormFields {
  const texts = textsByName(data);
  const all = (name: string): readonly string[] => texts.get(name) ?? [];
  const get = (name: string): string | undefined => all(name)[0];
  const dateParts = (name: string): DateParts => ({
    day: get(`${name}.day`) ?? '',
    month: get(`${name}.month`) ?? '',
    year: get(`${name}.year`) ?? '',
  });
  return {
    get,
    all,
    dateParts,
    date: (name) => dateTyped(dateParts(name)),
    names: () => [...texts.keys()].filter((name) => name !== csrfField && name !== ownerField),
  };
}

export const csrfField = '_csrf';
/** The onboarding that a customer's form was opened for. */
export const ownerField = '_for';
