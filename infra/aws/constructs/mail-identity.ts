import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { StandardFunction } from './standard-function.ts';

export interface MailIdentityProps {
  readonly prefix: string;
  /** Sender address of all mails; its domain is the identity to verify by DNS. */
  readonly from: string;
}

/** The sender identity of all mails, and the events about mails that were not delivered. */
export class MailIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  private readonly from: string;

  constructor(scope: Construct, id: string, { prefix, from }: MailIdentityProps) {
    super(scope, id);
    this.from = from;
    this.configurationSet = new ConfigurationSet(this, 'Settings', {
      configurationSetName: prefix,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    // SES delivers to the default bus only.
    this.configurationSet.addEventDestination('Undelivered', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(from.slice(from.indexOf('@') + 1)),
      configurationSet: this.configurationSet,
    });
    for (const [index, { name, value }] of this.identity.dkimRecords.entries()) {
      new CfnOutput(this, `DnsRecord${index + 1}`, {
        value: `${name} CNAME ${value}`,
        description: 'Proves to receivers that mails are ours',
      });
    }
  }

  /** Lets a function send mails, from this address only. */
  grantSendEmail(sender: StandardFunction): void {
    const stack = Stack.of(this);
    sender.setting('MAIL_FROM', this.from);
    sender.allow(
      ['ses:SendEmail'],
      [
        this.identity.emailIdentityArn,
        stack.formatArn({
          service: 'ses',
          resource: 'configuration-set',
          resourceName: this.configurationSet.configurationSetName,
        }),
      ],
    );
  }

  /** Matches the events by which SES reports our mails as bounced, rejected or marked as spam. */
  get undelivered(): EventPattern {
    return {
      source: ['aws.ses'],
      detailType: ['Email Bounced', 'Email Complaint Received', 'Email Rejected'],
      detail: {
        mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } },
      },
    };
  }
}
