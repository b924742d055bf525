import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { businessEvents } from '../../functions/domain/onboarding/messages.ts';
import type { EventBus, PublishedEvent } from '../../functions/platform/event-bus.ts';
import { openJsonLines } from './json-lines.ts';

/** An event as it is kept: one of another release may have a type that this one does not know. */
type KeptEvent = Omit<PublishedEvent, 'type'> & { readonly type: string };

/** The business events of the local system, for display. */
export interface EventPage extends EventBus {
  /** Oldest first; each event once, even if it was published repeatedly. */
  list(): readonly KeptEvent[];
}

const keptEvent = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  reference: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});

const event = keptEvent.extend({ type: z.enum(businessEvents) });

/**
 * Keeps business events in memory, and in `events.jsonl` where a folder is given.
 *
 * @throws DataFolderDamagedError the file is damaged
 */
export function openEventPage(folder?: string): EventPage {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file =
    folder === undefined
      ? undefined
      : openJsonLines(join(folder, 'events.jsonl'), (value) => keptEvent.parse(value));
  const events = new Map<string, KeptEvent>((file?.kept ?? []).map((kept) => [kept.id, kept]));
  return {
    publish: async (published) => {
      if (events.has(published.id)) return;
      file?.append(event.parse(published));
      events.set(published.id, published);
    },
    list: () => [...events.values()],
  };
}
