import { parseReference } from './reference.ts';

/** A message of an onboarding: the version that the change made, and the message's place in that change. */
interface MessageOfOnboarding {
  readonly reference: string;
  readonly version: number;
  readonly place: number;
}

/** The id of a message: a message that is sent twice keeps it. */
export function messageId({ reference, version, place }: MessageOfOnboarding): string {
  return `${reference}-${version}-${place}`;
}

/** The message that an id names; undefined for an id of another system. */
export function parseMessageId(id: string): MessageOfOnboarding | undefined {
  const [, reference, version, place] = /^(.+)-(\d+)-(\d+)$/.exec(id) ?? [];
  if (reference === undefined || parseReference(reference) !== reference) return undefined;
  return { reference, version: Number(version), place: Number(place) };
}
