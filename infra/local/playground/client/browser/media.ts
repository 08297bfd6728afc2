import type { Thumbnail } from '../files/local-file.ts';
import { thumbnailOf } from './picture.ts';

/** A browser that cannot decode a file may never say so. Milliseconds. */
const timeoutMs = 5000;

export interface MediaFacts {
  width?: number;
  height?: number;
  durationMs?: number;
  thumbnail?: Thumbnail;
}

/** What the browser knows of a video: nothing if it cannot decode it. */
export async function videoFacts(file: Blob): Promise<MediaFacts> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  return reading(file, video, 'loadeddata', async () => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) return durationOf(video);
    return { ...durationOf(video), width, height, thumbnail: await thumbnailOf(video, { width, height }) };
  });
}

export const audioFacts = (file: Blob): Promise<MediaFacts> => {
  const audio = document.createElement('audio');
  return reading(file, audio, 'loadedmetadata', async () => durationOf(audio));
};

/** Endless for a recording of a browser, which does not write the duration. */
const durationOf = ({ duration }: HTMLMediaElement): MediaFacts =>
  Number.isFinite(duration) ? { durationMs: Math.round(duration * 1000) } : {};

async function reading(
  file: Blob,
  element: HTMLMediaElement,
  event: 'loadeddata' | 'loadedmetadata',
  read: () => Promise<MediaFacts>,
): Promise<MediaFacts> {
  const url = URL.createObjectURL(file);
  try {
    const loaded = new Promise<boolean>((resolve) => {
      element.addEventListener(event, () => resolve(true));
      element.addEventListener('error', () => resolve(false));
      setTimeout(() => resolve(false), timeoutMs);
    });
    element.preload = 'auto';
    element.src = url;
    return (await loaded) ? await read() : {};
  } finally {
    element.removeAttribute('src');
    element.load();
    URL.revokeObjectURL(url);
  }
}
