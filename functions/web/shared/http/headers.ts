import { secureHeaders } from 'hono/secure-headers';
import type { Site } from './site.ts';
import type { WebMiddleware } from './web-app.ts';

const aYearInSeconds = 31_536_000;

/** Headers of every answer, errors included. No script runs but our own file; nothing is kept but named assets. */
export function strictHeaders(site: Site): readonly WebMiddleware[] {
  const none = ["'none'"];
  return [
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        // The one script sends forms again when the server did not answer.
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: none,
        frameAncestors: none,
        objectSrc: none,
      },
      crossOriginOpenerPolicy: 'same-origin',
      crossOriginResourcePolicy: 'same-origin',
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: site.secure ? `max-age=${2 * aYearInSeconds}; includeSubDomains` : false,
      xContentTypeOptions: true,
      xFrameOptions: 'DENY',
      permissionsPolicy: {
        camera: [],
        geolocation: [],
        microphone: [],
        payment: [],
        usb: [],
        browsingTopics: [],
      },
    }),
    async (c, next) => {
      await next();
      if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    },
  ];
}

/** Assets are named after their content. */
export const keptForAYear = `public, max-age=${aYearInSeconds}, immutable`;
