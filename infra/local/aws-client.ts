import { inProcess, type WireAnswerer } from './in-process-client.ts';

export const region = 'eu-west-3';
/** Credentials that the SDK requires and the local services do not check. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Configuration of an SDK client for a service that runs in this process. */
export function clientOf({ endpoint, answer }: { readonly endpoint: string; readonly answer: WireAnswerer }) {
  return { endpoint, region, credentials, ...inProcess(answer) };
}
