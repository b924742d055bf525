import type { Published } from '../domain/trust/publication.ts';
import type { RenderDocument } from './document-renderer.ts';
import type { Links } from './links.ts';
import type { SealKey } from './seal-key.ts';
import type { Workflow } from './workflow.ts';

/** Loads at the first call, once; after a failure, the next call tries again. */
export function once<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Personal links whose client of KMS is loaded with the first of them: most pages make none. */
export function linksOnDemand(): Links {
  const links = once(async () => (await import('./link-client.ts')).linksFromEnvironment());
  return {
    token: async (reference, generation, person) => (await links()).token(reference, generation, person),
    code: async (reference, id) => (await links()).code(reference, id),
    calendar: async (subject, generation) => (await links()).calendar(subject, generation),
    device: async (known) => (await links()).device(known),
    digest: async (text) => (await links()).digest(text),
  };
}

/** The key of the seals, whose client of KMS is loaded with the first of them. */
export function sealKeyOnDemand(): SealKey {
  const key = once(async () => (await import('./seal-client.ts')).sealKeyFromEnvironment());
  return {
    publicKey: async () => (await key()).publicKey(),
    sign: async (message) => (await key()).sign(message),
  };
}

/** The function that makes PDFs, whose client is loaded with the first of them. */
export function rendererOnDemand(): RenderDocument {
  const renderer = once(async () => (await import('./renderer-client.ts')).rendererFromEnvironment());
  return async (reference, submission) => (await renderer())(reference, submission);
}

/** The workflow engine, whose client is loaded with the first call: the pages that only show need none. */
export function workflowOnDemand(): Workflow {
  const workflow = once(async () => (await import('./workflow-client.ts')).workflowFromEnvironment());
  return {
    start: async (reference, run, resumeAt) => (await workflow()).start(reference, run, resumeAt),
    complete: async (token, outcome) => (await workflow()).complete(token, outcome),
    heartbeat: async (token) => (await workflow()).heartbeat(token),
  };
}

/** What the stage publishes, read with the first public page. */
export function publicationOnDemand(): () => Promise<Published> {
  return once(async () => (await import('./publication.ts')).publicationFromFile());
}
