import { KMSClient } from '@aws-sdk/client-kms';
import { required } from './environment.ts';
import { kmsLinks, type Links } from './links.ts';

/** Personal links with the key in KMS. */
export function linksFromEnvironment(): Links {
  return kmsLinks(new KMSClient({}), required('LINK_KEY_ID'));
}
