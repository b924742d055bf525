import { BodyTooLargeError, readBytes } from '../shared/http/body-bytes.ts';
import { ApiProblem } from './problem.ts';

/** 1 MiB; a questionnaire needs a few kilobytes. */
export const largestBody = 1_048_576;

const readableType = 'application/json';
/** Response headers that state the accepted media type of a method (RFC 5789 and the W3C's Accept-Post). */
const acceptHeaders = {
  POST: 'accept-post',
  PATCH: 'accept-patch',
} as const;

type MethodWithBody = keyof typeof acceptHeaders;

function refuseOtherTypes(request: Request, method: MethodWithBody): void {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  const readable = [undefined, 'charset=utf-8', 'charset="utf-8"'].includes(charset);
  if (type === readableType && readable && encoding === 'identity') return;
  throw new ApiProblem(
    'unsupported_media_type',
    {
      fr: `Envoyez du JSON en UTF-8, non compressé, avec « Content-Type: ${readableType} ».`,
      en: `Send uncompressed JSON in UTF-8 with "Content-Type: ${readableType}".`,
    },
    { headers: { [acceptHeaders[method]]: readableType } },
  );
}

const tooLarge = () =>
  new ApiProblem('body_too_large', {
    fr: 'Le corps dépasse 1 Mio. Envoyez une requête plus petite.',
    en: 'The body exceeds 1 MiB. Send a smaller request.',
  });

/** Deepest nesting of lists and objects: no body of ours needs more than six levels. */
const deepest = 32;

const [quote, backslash] = [0x22, 0x5c];
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * True for JSON nested deeper than any body of ours: what goes through it step by step would run out of stack. Looks at
 * each byte once, before anything is made of them.
 */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (inText && byte === backslash) at += 1;
    else if (byte === quote) inText = !inText;
    else if (!inText && openings.has(byte)) depth += 1;
    else if (!inText && closings.has(byte)) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

async function bytesOf(request: Request): Promise<Buffer> {
  try {
    return await readBytes(request, { bytes: largestBody });
  } catch (error) {
    throw error instanceof BodyTooLargeError ? tooLarge() : error;
  }
}

/**
 * Reads the JSON body of a request.
 *
 * @throws ApiProblem when the body has another type, is too large, is nested too deep or is not JSON.
 */
export async function readJson(request: Request, method: MethodWithBody): Promise<unknown> {
  refuseOtherTypes(request, method);
  const bytes = await bytesOf(request);
  if (isTooDeep(bytes)) {
    throw new ApiProblem('malformed_json', {
      fr: `Le corps imbrique plus de ${deepest} listes ou objets. Envoyez-le sous la forme décrite.`,
      en: `The body nests more than ${deepest} lists or objects. Send it in the form described.`,
    });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ApiProblem(
      'malformed_json',
      {
        fr: 'Le corps n’est pas du JSON valide en UTF-8. Vérifiez sa syntaxe.',
        en: 'The body is not valid JSON in UTF-8. Check its syntax.',
      },
      {},
      { cause },
    );
  }
}
