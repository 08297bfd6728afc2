import { type FileType, kindOf } from '#shared/contract/files/types.ts';
import { maxBytesOf, typeOf } from '../files/file-types.ts';
import { LocalFile } from '../files/local-file.ts';
import type { OutgoingFile } from '../files/outgoing-file.ts';
import { UnfitFile } from '../files/unfit-file.ts';
import { audioFacts, videoFacts } from './media.ts';
import { decode, portrait, redraw, thumbnailOf } from './picture.ts';

/** The longest file name in characters, counted as the server does. */
const maxNameLength = 200;

/** Makes a file that the user has chosen ready for a message. Throws an `UnfitFile` for one that can't be sent. */
export async function prepare(file: File): Promise<OutgoingFile> {
  const mimeType = typeOf(file);
  if (!mimeType) throw new UnfitFile('type', file.name);
  if (file.size === 0) throw new UnfitFile('empty', file.name);
  const prepared = await preparedAs(mimeType, file);
  const limit = maxBytesOf(prepared.mimeType);
  if (prepared.size <= limit) return prepared;
  prepared.local?.release();
  throw new UnfitFile('size', file.name, limit);
}

function preparedAs(mimeType: FileType, file: File): Promise<OutgoingFile> {
  if (mimeType === 'image/gif') return preparedGif(file);
  const kind = kindOf(mimeType);
  if (kind === 'image') return preparedPicture(mimeType, file);
  // Too large anyway, and slow to decode.
  if (file.size > maxBytesOf(mimeType)) throw new UnfitFile('size', file.name, maxBytesOf(mimeType));
  if (kind === 'video') return preparedMedia(mimeType, file, videoFacts);
  if (kind === 'audio') return preparedMedia(mimeType, file, audioFacts);
  return Promise.resolve(outgoing(file.name, mimeType, new LocalFile(file)));
}

async function preparedPicture(mimeType: FileType, file: File): Promise<OutgoingFile> {
  const bitmap = await decode(file);
  const drawn = await redraw(bitmap, mimeType !== 'image/jpeg');
  bitmap.close();
  const { blob, width, height, thumbnail } = drawn;
  const name = drawn.mimeType === mimeType ? file.name : renamed(file.name, drawn.mimeType);
  return { ...outgoing(name, drawn.mimeType, new LocalFile(blob, thumbnail)), width, height };
}

/** As it is, because a canvas would keep only its first frame. */
async function preparedGif(file: File): Promise<OutgoingFile> {
  const bitmap = await decode(file);
  const { width, height } = bitmap;
  const local = new LocalFile(file, await thumbnailOf(bitmap, bitmap));
  bitmap.close();
  return { ...outgoing(file.name, 'image/gif', local), width, height };
}

async function preparedMedia(mimeType: FileType, file: File, factsOf: typeof videoFacts): Promise<OutgoingFile> {
  const { thumbnail, ...facts } = await factsOf(file);
  return { ...outgoing(file.name, mimeType, new LocalFile(file, thumbnail)), ...facts };
}

/** Makes a picture ready as an avatar, or as the picture of a group. */
export async function preparePortrait(file: File): Promise<OutgoingFile> {
  if (!typeOf(file)?.startsWith('image/')) throw new UnfitFile('type', file.name);
  const bitmap = await decode(file);
  const local = new LocalFile(await portrait(bitmap));
  bitmap.close();
  return outgoing(renamed(file.name, 'image/jpeg'), 'image/jpeg', local);
}

/** A recording as a voice message. */
export function voiceMessage(blob: Blob, mimeType: FileType, facts: { durationMs: number; waveform: number[] }) {
  const name = `voice.${mimeType.split('/')[1] === 'mp4' ? 'm4a' : mimeType.split('/')[1]}`;
  return { ...outgoing(name, mimeType, new LocalFile(blob)), ...facts };
}

function outgoing(name: string, mimeType: FileType, local: LocalFile): OutgoingFile {
  const { size } = local.blob;
  // Control characters are not allowed in a name.
  const shown = [...name.replace(/\p{C}/gu, ' ')].slice(-maxNameLength).join('').trim() || 'file';
  return { name: shown, mimeType, size, local };
}

const renamed = (name: string, type: FileType): string =>
  `${name.replace(/\.[^.]*$/, '')}.${type === 'image/png' ? 'png' : 'jpg'}`;
