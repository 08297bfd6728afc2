import type { FileType } from '#shared/contract/files/types.ts';
import { typeOf } from '../files/file-types.ts';
import type { Thumbnail } from '../files/local-file.ts';
import { UnfitFile } from '../files/unfit-file.ts';

/** Pixels of the longer side. */
const maxSide = 2560;
const maxThumbnailSide = 320;
/** Bytes. */
const maxThumbnailBytes = 30_000;
const avatarSide = 512;
/** From 0 to 1. */
const quality = 0.85;
const thumbnailQualities = [0.75, 0.5, 0.25, 0.1];

interface Size {
  width: number;
  height: number;
}

export interface Picture extends Size {
  blob: Blob;
  mimeType: FileType;
  thumbnail: Thumbnail;
}

/** What can be drawn: a decoded picture or the current frame of a video. */
type Source = ImageBitmap | HTMLVideoElement;

/** Decodes a picture, turned as its EXIF says. */
export async function decode(file: File): Promise<ImageBitmap> {
  return createImageBitmap(file).catch(() => {
    throw new UnfitFile(typeOf(file) === 'image/heic' ? 'position' : 'broken', file.name);
  });
}

/** Draws a picture anew: smaller if it is large, and without anything that a camera has added, such as its position. */
export async function redraw(bitmap: ImageBitmap, mayBeTransparent: boolean): Promise<Picture> {
  const canvas = draw(bitmap, fitting(bitmap, maxSide));
  const mimeType = mayBeTransparent && isTransparent(bitmap) ? 'image/png' : 'image/jpeg';
  const blob = await encode(canvas, mimeType, quality);
  const { width, height } = canvas;
  return { blob, mimeType, width, height, thumbnail: await thumbnailOf(bitmap, bitmap) };
}

/** A small JPEG. `size` is that of the source, in pixels. */
export async function thumbnailOf(source: Source, size: Size): Promise<Thumbnail> {
  const canvas = draw(source, fitting(size, maxThumbnailSide), 'white');
  const { width, height } = canvas;
  let blob = await encode(canvas, 'image/jpeg', quality);
  for (const lower of thumbnailQualities)
    if (blob.size > maxThumbnailBytes) blob = await encode(canvas, 'image/jpeg', lower);
  return { blob, width, height };
}

/** The square in the middle of a picture, as a JPEG. */
export async function portrait(bitmap: ImageBitmap): Promise<Blob> {
  const side = Math.min(bitmap.width, bitmap.height);
  const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  const { canvas, context } = newCanvas({ width: avatarSide, height: avatarSide }, 'white');
  context.drawImage(bitmap, x, y, side, side, 0, 0, avatarSide, avatarSide);
  return encode(canvas, 'image/jpeg', quality);
}

/** The size with the same proportions of which no side is longer than `max`. */
function fitting({ width, height }: Size, max: number): Size {
  const scale = Math.min(1, max / Math.max(width, height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

function draw(source: Source, size: Size, background?: string): HTMLCanvasElement {
  const { canvas, context } = newCanvas(size, background);
  context.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

function newCanvas({ width, height }: Size, background?: string) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser has no canvas.');
  context.imageSmoothingQuality = 'high';
  if (background) {
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
  }
  return { canvas, context };
}

/** Looked at in the size of a thumbnail, which keeps a trace of every transparent pixel. */
function isTransparent(bitmap: ImageBitmap): boolean {
  const size = fitting(bitmap, maxThumbnailSide);
  const { context } = newCanvas(size);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  return data.some((value, n) => n % 4 === 3 && value < 255);
}

function encode(canvas: HTMLCanvasElement, type: FileType, withQuality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The canvas gave no picture.'))),
      type,
      withQuality,
    );
  });
}
