import type { DateParts } from '../layout/fields.ts';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The fields of a form: nothing in them is trusted before a rule has checked it. */
export interface FormFields {
  /** The first value of a field, without white space around it; undefined when absent. */
  get(name: string): string | undefined;
  all(name: string): readonly string[];
  /** `YYYY-MM-DD` from the three parts of a date field; input that is no date is returned as typed. */
  date(name: string): string | undefined;
  dateParts(name: string): DateParts;
  upload(name: string): Promise<Upload | undefined>;
  /** Names of the fields a person filled in, in order. */
  names(): readonly string[];
}

export function formFields(data: FormData): FormFields {
  const all = (name: string): readonly string[] =>
    data.getAll(name).flatMap((value) => (typeof value === 'string' ? [value.trim()] : []));
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
    date: (name) => {
      const { day, month, year } = dateParts(name);
      if (`${day}${month}${year}` === '') return undefined;
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    },
    upload: async (name) => {
      const file = data.get(name);
      if (file === null || typeof file === 'string' || file.name === '') return undefined;
      return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    },
    names: () => [...new Set(data.keys())].filter((name) => name !== csrfField),
  };
}

export const csrfField = '_csrf';
