import { type CodePage, decodeCodePage } from './code-pages.ts';
import { refuseTooManyLines } from './lines.ts';
import { ProspectFileError } from './prospect-file-error.ts';

/** Encodings in which spreadsheets and customer tools save a CSV file; `unknown` when no code page explains it. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | CodePage | 'unknown';

export interface DecodedFile {
  readonly encoding: Encoding;
  /** Without byte order mark; what cannot be read is U+FFFD. */
  readonly text: string;
}

/** Largest file read, in bytes. */
export const largestFile = 5 * 1024 * 1024;

/**
 * Reads bytes as text: by the byte order mark where there is one, else as UTF-8 when more letters are UTF-8 than are
 * not, else in the code page that the letters speak for.
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

/** Letters and signs of Western languages: bytes of another encoding that happen to be UTF-8 make other characters. */
const western = /[\u00a0-\u017f\u2010-\u203a\u20ac\u2122]/g;
/**
 * No UTF-8 of ours: bytes that are none, and a foreign letter within a Latin word, which is how `l’État` of a Mac and
 * `CITÉ` before a quote of Windows read.
 */
const broken = /\ufffd|(?<=[A-Za-z])[\u0250-\u02af\u0500-\u058f]/g;

function decodeText(bytes: Uint8Array): DecodedFile {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) {
    return {
      encoding: marked,
      text: new TextDecoder(marked === 'utf-8-bom' ? 'utf-8' : marked).decode(bytes),
    };
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const strange = text.match(broken)?.length ?? 0;
  const sound = text.match(western)?.length ?? 0;
  if (strange === 0 || (sound > 0 && sound >= strange)) return { encoding: 'utf-8', text };
  refuseTooManyLines(text);
  const { page = 'unknown', text: paged } = decodeCodePage(bytes);
  return { encoding: page, text: paged };
}

function encodingOfMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8-bom';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** The refusal of a file that holds no text. */
export function notText(): ProspectFileError {
  return new ProspectFileError('not_text', {
    fr: 'Ce fichier n’est pas un fichier texte ; enregistrez-le depuis votre tableur au format « CSV UTF-8 ».',
    en: 'This is not a text file; save it from your spreadsheet in the “CSV UTF-8” format.',
  });
}
