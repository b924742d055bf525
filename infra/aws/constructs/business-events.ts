import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { StandardFunction } from './standard-function.ts';

export interface BusinessEventsProps {
  readonly prefix: string;
  readonly archiveDays: number;
}

/** The event bus that other systems subscribe to, with an archive for replays. Events carry ids, codes and sizes only. */
export class BusinessEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { prefix, archiveDays }: BusinessEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: prefix,
      description: 'What happened to onboardings, for other systems',
    });
    this.bus.archive('Archive', {
      archiveName: prefix,
      description: 'Every business event, to be replayed to a system that missed some',
      eventPattern: { source: ['onboarding'] },
      retention: Duration.days(archiveDays),
    });
  }

  /** Lets a function publish events. */
  grantPutEvents(publisher: StandardFunction): void {
    publisher.setting('EVENT_BUS_NAME', this.bus.eventBusName);
    publisher.allow(['events:PutEvents'], [this.bus.eventBusArn]);
  }
}
