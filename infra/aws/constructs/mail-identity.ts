import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { dmarcPolicy, mailDomainsOf, spfPolicy } from '../../../functions/domain/mail-sender.ts';
import type { StandardFunction } from './standard-function.ts';

export interface MailIdentityProps {
  readonly prefix: string;
  /** Sender address of all mails; its domain is the identity to verify by DNS. */
  readonly from: string;
  /** Receives the reports of other mail servers about mails in our name. */
  readonly reportsTo: string;
}

/** A record of the DNS to publish: each is one output of the stack. */
interface DnsRecord {
  readonly output: string;
  readonly value: string;
  readonly description: string;
}

/** The sender identity of all mails, and the events about mails that were not delivered. */
export class MailIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  private readonly from: string;

  constructor(scope: Construct, id: string, { prefix, from, reportsTo }: MailIdentityProps) {
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
    const { from: domain, envelope: returnDomain } = mailDomainsOf(from);
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
      mailFromDomain: returnDomain,
      // Until the records are published, and if they are lost, mails leave all the same: DKIM alone still aligns.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    });
    const { region } = Stack.of(this);
    const dkim = this.identity.dkimRecords.map(({ name, value }, index) => ({
      output: `DnsRecord${index + 1}`,
      value: `${name} CNAME ${value}`,
      description: 'Proves to receivers that mails are ours',
    }));
    this.#publish([
      ...dkim,
      {
        output: 'ReturnMxRecord',
        value: `${returnDomain} MX 10 feedback-smtp.${region}.amazonses.com`,
        description: 'Brings reports of undelivered mail back to SES',
      },
      {
        output: 'ReturnSpfRecord',
        value: `${returnDomain} TXT "${spfPolicy}"`,
        description: 'Names the servers that send our mail (SPF)',
      },
      {
        output: 'DmarcRecord',
        value: `_dmarc.${domain} TXT "${dmarcPolicy}; rua=mailto:${reportsTo}"`,
        description: 'Tells receivers to distrust mail in our name that is not ours (DMARC)',
      },
    ]);
  }

  #publish(records: readonly DnsRecord[]): void {
    for (const { output, value, description } of records) new CfnOutput(this, output, { value, description });
  }

  /** Tells the pages what other mail servers know our mail by. */
  describeTo(pages: StandardFunction): void {
    pages.setting('MAIL_FROM', this.from);
    pages.setting('DKIM_RECORDS', this.identity.dkimRecords.map(({ name }) => name).join(' '));
  }

  /** Lets a function send mails, from this address only. */
  grantSendEmail(sender: StandardFunction): void {
    const stack = Stack.of(this);
    sender.setting('MAIL_FROM', this.from);
    sender.allow(
      // Mails with files are sent as whole messages.
      ['ses:SendEmail', 'ses:SendRawEmail'],
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
