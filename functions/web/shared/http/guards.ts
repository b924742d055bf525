import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import type { Logger } from '../../../platform/log.ts';
import { isCsrfProof } from './csrf-proof.ts';
import { foreignForm, notAForm, tooLarge } from './error-pages.ts';
import { csrfField, formFields } from './form-fields.ts';
import type { Site } from './site.ts';
import type { WebMiddleware } from './web-app.ts';

const mebibyte = 1_048_576;

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * True for a request from a page of this site. Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with
 * forms of the same origin (Fetch standard, "append a request Origin header"), so `Sec-Fetch-Site`, which a page cannot
 * set, decides where it is sent; otherwise the origin must be ours. Neither: refused.
 */
export function comesFromUs(site: Site, origin: string | undefined, fetchSite: string | undefined): boolean {
  const foreignOrigin = origin !== undefined && origin !== 'null' && origin !== site.origin;
  if (fetchSite !== undefined) return fetchSite === 'same-origin' && !foreignOrigin;
  return origin === site.origin;
}

/** Body limits of forms: most are small; those under a listed path carry a file. */
export interface FormLimits {
  readonly uploads: readonly { readonly path: string; readonly mebibytes: number }[];
}

/** Reads and checks the form of every POST before its route sees it. */
export function guardForms(site: Site, logger: Logger, { uploads }: FormLimits): readonly WebMiddleware[] {
  const limited = (mebibytes: number) =>
    bodyLimit({
      maxSize: mebibytes * mebibyte,
      onError: (c) => tooLarge(c),
    });
  const ordinary = limited(1);
  const larger = uploads.map(({ path, mebibytes }) => ({ path, limit: limited(mebibytes) }));
  const limitBody: WebMiddleware = (c, next) =>
    (larger.find(({ path }) => c.req.path.startsWith(path))?.limit ?? ordinary)(c, next);

  const readForm: WebMiddleware = async (c, next) => {
    if (c.req.method !== 'POST') return next();
    const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (!formTypes.includes(type)) return notAForm(c);
    let data: FormData;
    try {
      data = await c.req.formData();
    } catch (error) {
      // A body that breaks off or has no boundaries; a body that is too large has its own page.
      if (!(error instanceof TypeError)) throw error;
      return notAForm(c);
    }
    const form = formFields(data);
    c.set('form', form);
    const secret = getCookie(c, site.cookie.name('session'));
    const ours = comesFromUs(site, c.req.header('Origin'), c.req.header('Sec-Fetch-Site'));
    const proven =
      c.get('session') === undefined || (secret !== undefined && isCsrfProof(form.get(csrfField), secret));
    if (!ours || !proven) {
      logger.log('form_refused', { kind: ours ? 'proof' : 'origin' });
      return foreignForm(c);
    }
    return next();
  };
  return [limitBody, readForm];
}
