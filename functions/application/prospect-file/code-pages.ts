/** Encodings of one byte a character that a French organisation may save a file in. */
export type CodePage = 'windows-1252' | 'macintosh' | 'cp850';

/** Stands for bytes that no encoding of the file explains, as in a decoder of UTF-8. */
export const unreadableCharacter = '\uFFFD';

/** 0x80 to 0xFF of code page 850. Code page 437 has the same French letters, and signs of boxes for the rest. */
const upperHalf850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** Two bytes that are one letter in UTF-8. */
const utf8Letter = /[\u00c2\u00c3][\u0080-\u00bf]/g;

/** The text in one code page, character by character; letters in UTF-8 are unreadable, as no page has them in a word. */
function decoded(bytes: Uint8Array, page: CodePage): string {
  const raw = Buffer.from(bytes).toString('latin1');
  const text =
    page === 'cp850'
      ? raw.replace(/[\u0080-\u00ff]/g, (byte) => upperHalf850.charAt(byte.charCodeAt(0) - 0x80))
      : new TextDecoder(page).decode(bytes);
  const readable: string[] = [];
  let from = 0;
  for (const { index } of raw.matchAll(utf8Letter)) {
    readable.push(text.slice(from, index), unreadableCharacter);
    from = index + 2;
  }
  return [...readable, text.slice(from)].join('');
}

/** How likely a letter is in a French name, by its rank in these lists. */
const letters = [
  { worth: 3, in: 'éèêàâçùûôîïëœÉ' },
  { worth: 2, in: 'ÈÊÀÂÇÔÎŒ' },
  { worth: 1, in: 'üöÿËÏÙÛÜÖ' },
  { worth: 0, in: 'áãäåæìíðñòóõøþúýßšžÁÃÄÅÆÌÍÐÑÒÓÕØÞÚÝŠŽŸ' },
];
const worths = new Map(
  letters.flatMap(({ worth, in: those }) => [...those].map((letter) => [letter, worth])),
);
const marks = '‘“”«»–—…€°ª²³·™®©§’';
/** Keys of a French keyboard, which write a small letter in capitals too. */
const keys = 'éèàçù';
const wrong = -3;

const isLetter = (text: string) => /^\p{L}$/u.test(text);
const isUpper = (text: string) => /^\p{Lu}$/u.test(text);
const isLower = (text: string) => /^\p{Ll}$/u.test(text);

/** How well a character beyond ASCII stands between its neighbours in a French text. */
function worthOf(before: string, character: string, after: string): number {
  if (character === '\u00a0') return 1;
  if (!marks.includes(character)) return worthOfLetter(before, character, after);
  const inWord = isLetter(before) && isLetter(after);
  if (character === '’') return inWord ? 2 : 0;
  if (inWord) return wrong;
  return '«»°'.includes(character) ? 1 : 0;
}

function worthOfLetter(before: string, letter: string, after: string): number {
  const worth = worths.get(letter);
  if (worth === undefined || /\d/.test(before + after)) return wrong;
  if (!isLetter(before) && !isLetter(after)) return 'àÀ'.includes(letter) ? worth : wrong;
  if (isUpper(letter)) return isLower(before) || (isLetter(before) && isLower(after)) ? wrong : worth;
  const inCapitals = isUpper(after) || (isUpper(before) && !isLetter(after));
  if (inCapitals) return keys.includes(letter) ? 2 : wrong;
  if ('àù'.includes(letter) && isLetter(after)) return -1;
  return letter === 'â' && !isLetter(before) ? 1 : worth;
}

function worthOfText(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character < '\u0080' || character === unreadableCharacter) continue;
    sum += worthOf(text.charAt(index - 1), character, text.charAt(index + 1));
  }
  return sum;
}

/** The lines of a text, each with its end, in one code page. */
interface PagedText {
  readonly page: CodePage;
  readonly lines: readonly string[];
  readonly worths: readonly number[];
  readonly worth: number;
}

function inPage(bytes: Uint8Array, page: CodePage): PagedText {
  const lines = decoded(bytes, page).split(/(?<=[\r\n])/);
  const worths = lines.map(worthOfText);
  return { page, lines, worths, worth: worths.reduce((sum, worth) => sum + worth, 0) };
}

/** How much more another code page must be worth than the next one. */
const margin = 3;

/** The page that the letters of the whole text speak for; undefined when they decide nothing. */
function pageOf(windows: PagedText, mac: PagedText, dos: PagedText): PagedText | undefined {
  const [best, other] = mac.worth > dos.worth ? [mac, dos] : [dos, mac];
  if (windows.worth > 0 || best.worth <= Math.max(windows.worth, 0)) return windows;
  return windows.worth < 0 && best.worth - other.worth >= margin ? best : undefined;
}

const withoutLetters = (line: string) => line.replace(/[\u0080-\uffff]/g, unreadableCharacter);

/**
 * The text of bytes that are not UTF-8. Windows-1252 is what a French Excel saves as “CSV”; Mac Roman and DOS are
 * recognised by French letters that stand where Windows-1252 has signs, or capitals within words. When that decides
 * nothing, all characters beyond ASCII are unreadable and there is no page: better than other letters than were meant.
 * So are those of a line that speaks against the page of the file and for another, as in files put together from two.
 */
export function decodeCodePage(bytes: Uint8Array): { readonly page?: CodePage; readonly text: string } {
  const windows = inPage(bytes, 'windows-1252');
  const pages = [windows, inPage(bytes, 'macintosh'), inPage(bytes, 'cp850')] as const;
  const chosen = pageOf(...pages);
  if (chosen === undefined) return { text: withoutLetters(windows.lines.join('')) };
  const speaksAgainst = (index: number) =>
    (chosen.worths[index] ?? 0) < 0 && pages.some(({ worths }) => (worths[index] ?? 0) > 0);
  const text = chosen.lines
    .map((line, index) => (speaksAgainst(index) ? withoutLetters(line) : line))
    .join('')
    .replace(undefinedIn1252, unreadableCharacter);
  return { page: chosen.page, text };
}

/** The five bytes that Windows-1252 leaves undefined come out as control characters. */
const undefinedIn1252 = /[\u0081\u008d\u008f\u0090\u009d]/g;
