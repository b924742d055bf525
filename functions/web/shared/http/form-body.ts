import { readBytes } from './body-bytes.ts';

/** The most fields, files included, that a form may have: the longest page of the questionnaire has about a hundred. */
export const mostFields = 1_000;
/** The largest form, in bytes: a page of text needs a few kilobytes. */
export const largestForm = 1_048_576;
/** Longest delimiter of the parts, in characters (RFC 2046, section 5.1.1). */
const longestDelimiter = 70;

/** A body breaks off, or is not of the type it is said to be. */
export class FormUnreadableError extends Error {
  override readonly name = 'FormUnreadableError';
}

const urlEncoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

function typeOf(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** True for the two types in which browsers send a form. */
export function isFormType(contentType: string): boolean {
  const type = typeOf(contentType);
  return type === urlEncoded || type === multipart;
}

/** What stands between the fields of a body. */
interface Separator {
  readonly bytes: Buffer;
  /** How many more fields than separators there are. */
  readonly fieldsMore: number;
}

/** @throws FormUnreadableError */
function separatorOf(contentType: string): Separator {
  if (typeOf(contentType) === urlEncoded) return { bytes: Buffer.from('&'), fieldsMore: 1 };
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType) ?? [];
  const delimiter = quoted ?? plain ?? '';
  if (delimiter === '' || delimiter.length > longestDelimiter) {
    throw new FormUnreadableError('The form names no delimiter of its parts');
  }
  // One stands before each part, and one after the last.
  return { bytes: Buffer.from(`--${delimiter}`), fieldsMore: -1 };
}

/** Counts a sequence of bytes in a body that comes in pieces; the sequence may lie across two of them. */
function counterOf(sequence: Buffer): (piece: Uint8Array) => number {
  let count = 0;
  let rest = Buffer.alloc(0);
  return (piece) => {
    const bytes = Buffer.concat([rest, piece]);
    let from = 0;
    for (let at = bytes.indexOf(sequence); at !== -1; at = bytes.indexOf(sequence, from)) {
      count += 1;
      from = at + sequence.length;
    }
    rest = bytes.subarray(Math.max(from, bytes.length - sequence.length + 1));
    return count;
  };
}

/**
 * Reads the form in a request. Fields are counted while the body is read, before any of them is taken apart.
 *
 * @throws BodyTooLargeError, FormUnreadableError
 */
export async function readFormBody(request: Request): Promise<FormData> {
  const contentType = request.headers.get('content-type') ?? '';
  const separator = separatorOf(contentType);
  const separatorsIn = counterOf(separator.bytes);
  const bytes = await readBytes(request, {
    bytes: largestForm,
    isTooMuch: (piece) => separatorsIn(piece) + separator.fieldsMore > mostFields,
  });
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw new FormUnreadableError('The body is not the form it is said to be', { cause });
  }
}
