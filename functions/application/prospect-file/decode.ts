import { ProspectFileError } from './prospect-file-error.ts';

/** Encodings in which spreadsheets and customer tools save a CSV file. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedFile {
  readonly encoding: Encoding;
  /** Without byte order mark. */
  readonly text: string;
}

/** Largest file read, in bytes. */
export const largestFile = 5 * 1024 * 1024;

/**
 * Reads bytes as text: by the byte order mark where there is one, else as UTF-8 when the bytes are valid UTF-8, else
 * as Windows-1252, which is what a French Excel saves as “CSV”.
 *
 * @throws ProspectFileError when the file is too large, empty or no text.
 */
export function decode(bytes: Uint8Array): DecodedFile {
  if (bytes.length > largestFile) {
    throw new ProspectFileError('too_large', {
      fr: 'Le fichier dépasse 5 Mio ; répartissez les prospects sur plusieurs fichiers.',
      en: 'The file exceeds 5 MiB; split the prospects into several files.',
    });
  }
  const decoded = withoutMarks(decodeText(bytes));
  if (decoded.text.includes('\0')) throw notText();
  if (decoded.text.trim() === '') {
    throw new ProspectFileError('empty_file', {
      fr: 'Le fichier est vide ; ajoutez une ligne d’en-tête et une ligne par prospect.',
      en: 'The file is empty; add a header line and one line for each prospect.',
    });
  }
  return decoded;
}

const dosEnd = String.fromCharCode(0x1a);

/** Tools that join files leave a second byte order mark, and those that come from DOS end a file with 0x1A. */
function withoutMarks({ encoding, text }: DecodedFile): DecodedFile {
  const end = text.trimEnd();
  const content = end.endsWith(dosEnd) ? end.slice(0, -1) : text;
  return { encoding, text: content.replace(/^\ufeff+/, '') };
}

function decodeText(bytes: Uint8Array): DecodedFile {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) {
    const text = strictly(marked === 'utf-8-bom' ? 'utf-8' : marked, bytes);
    if (text === undefined) throw notText();
    return { encoding: marked, text };
  }
  const utf8 = strictly('utf-8', bytes);
  if (utf8 !== undefined) return { encoding: 'utf-8', text: utf8 };
  // The five bytes that Windows-1252 leaves undefined come out as control characters: such a file is no text.
  const text = new TextDecoder('windows-1252').decode(bytes);
  if (/[\u0081\u008d\u008f\u0090\u009d]/.test(text)) throw notText();
  return { encoding: 'windows-1252', text };
}

function encodingOfMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8-bom';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // What the decoder refuses is not in this encoding: that is the answer, not a fault.
    return undefined;
  }
}

function notText(): ProspectFileError {
  return new ProspectFileError('not_text', {
    fr: 'Ce fichier n’est pas un fichier texte ; enregistrez-le depuis votre tableur au format « CSV UTF-8 ».',
    en: 'This is not a text file; save it from your spreadsheet in the “CSV UTF-8” format.',
  });
}
