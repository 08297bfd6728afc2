import * as z from 'zod/mini';
import { id, text } from '../fields/index.ts';
import { inOneLine } from '../fields/rules.ts';
import { mimeTypes } from './types.ts';

const pixels = z.int().check(z.gte(1), z.lte(30_000));

/** What a client says about a file, and everybody who sees it gets to know. */
export const fileDescription = {
  name: text(1, 200).check(inOneLine, z.describe('The file’s name, for people and for the download.')),
  mimeType: z.enum(mimeTypes),
  size: z.int().check(z.gte(1), z.describe('Bytes.')),
  width: z.optional(pixels).check(z.describe('Of a picture or a video, in pixels.')),
  height: z.optional(pixels),
  durationMs: z
    .optional(z.int().check(z.gte(0), z.lte(24 * 60 * 60 * 1000)))
    .check(z.describe('Of a voice message, a sound or a video.')),
  blurhash: z
    .optional(z.string().check(z.regex(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{6,100}$/, 'must be a BlurHash')))
    .check(z.describe('A BlurHash (blurha.sh), which clients show until the picture is there.')),
  waveform: z
    .optional(z.array(z.int().check(z.gte(0), z.lte(100))).check(z.minLength(1), z.maxLength(100)))
    .check(z.describe('Of a voice message: its loudness over time, from 0 to 100. It marks a voice message as one.')),
};

/** A file of a message. */
export const attachment = z.object({
  id,
  ...fileDescription,
  url: z
    .string()
    .check(z.describe('Valid until the end of the next day (UTC). Every answer has a current one. It needs no token.')),
  thumbnailUrl: z.optional(z.string()).check(z.describe('A small JPEG of it, if its sender made one.')),
});

export type Attachment = z.output<typeof attachment>;
