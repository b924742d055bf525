import type { BusinessEvent, EventData } from '../domain/messages.ts';

/** A business event as other systems receive it: ids and codes only. */
export interface PublishedEvent {
  /** The same for the same event, however often it is sent. */
  readonly id: string;
  readonly type: BusinessEvent;
  readonly at: string;
  readonly reference: string;
  readonly data: EventData;
}

export interface EventBus {
  publish(event: PublishedEvent): Promise<void>;
}
