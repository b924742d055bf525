import { convertIndexedToRgb, decode, encode } from 'fast-png';

/** Red, green, blue and opacity of each pixel, a byte each, line after line. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** As many as one byte tells apart. */
const paletteSize = 256;
/** Shades nearer to each other than this share a place of the palette. */
const nearShade = 48;

const channelsOf = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

/** The square of how far two colours are apart. */
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

/** The colours that cover most of the picture; what is left are edges of letters. */
function paletteOf(pixels: Uint32Array): readonly number[] {
  const covered = new Map<number, number>();
  for (const colour of pixels) covered.set(colour, (covered.get(colour) ?? 0) + 1);
  const palette: number[] = [];
  for (const [colour] of [...covered].sort(([a, some], [b, more]) => more - some || a - b)) {
    if (palette.length === paletteSize) break;
    if (palette.every((each) => distance(each, colour) >= nearShade)) palette.push(colour);
  }
  return palette;
}

function pixelsOf({ width, height, data }: Image): Uint32Array {
  const at = (byte: number) => data[byte] ?? 0;
  const pixels = new Uint32Array(width * height);
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    const byte = 4 * pixel;
    pixels[pixel] = (at(byte) << 16) | (at(byte + 1) << 8) | at(byte + 2);
  }
  return pixels;
}

export function readPng(bytes: Uint8Array): Image {
  const png = decode(bytes);
  const { width, height } = png;
  const source = png.palette === undefined ? png.data : convertIndexedToRgb(png);
  const channels = source.length / (width * height);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      data[4 * pixel + channel] = source[channels * pixel + channel] ?? 0;
    }
  }
  return { width, height, data };
}

/** A small file: one byte a pixel before compression, at the price of the rarest shades. */
export function writePng(image: Image): Uint8Array {
  const pixels = pixelsOf(image);
  const palette = paletteOf(pixels);
  const places = new Map<number, number>();
  const placeOf = (colour: number): number => {
    const known = places.get(colour);
    if (known !== undefined) return known;
    const distances = palette.map((each) => distance(each, colour));
    const place = distances.indexOf(Math.min(...distances));
    places.set(colour, place);
    return place;
  };
  const { width, height } = image;
  return encode(
    { width, height, channels: 1, data: Uint8Array.from(pixels, placeOf), palette: palette.map(channelsOf) },
    { zlib: { level: 9 } },
  );
}
