import type { Language } from '../../functions/domain/text.ts';

/** A page as it stood in front of somebody. */
export interface Snapshot {
  readonly url: string;
  readonly html: string;
  readonly language: Language;
}

/** The pages that were seen, each state once: what differs only in numbers and secrets is the same to the eye. */
export interface Album {
  keep(snapshot: Snapshot): void;
  readonly snapshots: () => readonly Snapshot[];
}

/** What tells one state of a page from another, to the eye. */
export function shapeOf({ html, language }: Snapshot): string {
  const plain = html
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/\/f\/[\w-]{43}/g, '')
    .replace(/\/interaction\/[\w-]+/g, '')
    .replace(/[A-Z2-9]{4}-[A-Z2-9]{4}/g, '')
    .replace(/\d+/g, '');
  return `${language}\n${plain}`;
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
