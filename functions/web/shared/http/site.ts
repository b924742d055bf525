/** The configured origin cannot carry sessions safely. */
export class PublicUrlError extends Error {
  override readonly name = 'PublicUrlError';
}

/** Where the pages are published. Everything that depends on it is derived here, never from a request's header. */
export interface Site {
  readonly origin: string;
  /** Path prefix of the deployment stage: empty, or with a leading slash and no final one. */
  readonly basePath: string;
  readonly secure: boolean;
  /** The address of a page within the origin. */
  readonly href: (path: string) => string;
  /** Origin and path: for other parties, such as the identity provider. */
  readonly url: (path: string) => string;
  readonly cookie: CookieRules;
}

export interface CookieRules {
  /** `__Host-` binds a cookie to this very host and to https; browsers refuse the prefix over http. */
  readonly name: (plain: string) => string;
  readonly options: {
    readonly path: '/';
    readonly httpOnly: true;
    readonly sameSite: 'Lax';
    readonly secure: boolean;
  };
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Reads the public URL of the pages. Over https, cookies are `__Host-` and Secure; http is for a loopback address only.
 *
 * @throws PublicUrlError for an http origin that others could listen to, or an address with a query.
 */
export function siteOf(publicUrl: string): Site {
  if (!URL.canParse(publicUrl)) throw new PublicUrlError('The public URL is not a URL');
  const { origin, protocol, hostname, pathname, search, hash } = new URL(publicUrl);
  const secure = protocol === 'https:';
  if (!secure && !(protocol === 'http:' && loopback.has(hostname))) {
    throw new PublicUrlError('The public URL must begin with https://, or be http:// on a loopback address');
  }
  if (search !== '' || hash !== '') throw new PublicUrlError('The public URL has no query and no fragment');
  const basePath = pathname.replace(/\/+$/, '');
  const href = (path: string): string => `${basePath}${path}`;
  return {
    origin,
    basePath,
    secure,
    href,
    url: (path) => `${origin}${href(path)}`,
    cookie: {
      name: (plain) => (secure ? `__Host-${plain}` : plain),
      options: { path: '/', httpOnly: true, sameSite: 'Lax', secure },
    },
  };
}
