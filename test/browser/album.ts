import { type Language, languages } from '../../functions/domain/text.ts';

/** A page as it stood in front of somebody. */
export interface Snapshot {
  readonly url: string;
  readonly html: string;
  readonly language: Language;
}

/** The pages that were seen, each state once: what differs only in numbers, months and secrets is the same to the eye. */
export interface Album {
  keep(snapshot: Snapshot): void;
  readonly snapshots: () => readonly Snapshot[];
}

const months = new RegExp(
  languages
    .flatMap((language) => {
      const { format } = new Intl.DateTimeFormat(language, { month: 'long' });
      return Array.from({ length: 12 }, (_, month) => format(new Date(2027, month)));
    })
    .join('|'),
  'g',
);

/** What tells one state of a page from another, to the eye; a server and a browser write the same page in two ways. */
export function shapeOf({ html, language }: Snapshot): string {
  const plain = html
    .replace(/^<!doctype html>\s*/i, '')
    .replace(/\s*<\/body>\s*<\/html>\s*$/, '')
    .replace(/>\s+</g, '><')
    .replace(/><\/(?:path|circle)>/g, '/>')
    .replace(/=""/g, '')
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/<input type="hidden"[^>]*>/g, '')
    .replace(/ (?:href|action|formaction)="[^#"][^"]*"/g, '')
    .replace(/[A-Z2-9]{4}-[A-Z2-9]{4}/g, '')
    .replace(/\d+/g, '')
    .replace(months, '');
  return `${language}\n${plain}`;
}

/**
 * What tells one state of a page from another to axe-core, which judges elements, their attributes and whether there is a
 * text, not what it says.
 */
export function marksOf(snapshot: Snapshot): string {
  return shapeOf(snapshot)
    .replace(/>[^<]+</g, '>x<')
    .replace(/ (value|datetime)="[^"]+"/g, ' $1="x"');
}

export function openAlbum(): Album {
  const kept = new Map<string, Snapshot>();
  return {
    keep: (snapshot) => {
      const shape = shapeOf(snapshot);
      if (!kept.has(shape)) kept.set(shape, snapshot);
    },
    snapshots: () => [...kept.values()],
  };
}
