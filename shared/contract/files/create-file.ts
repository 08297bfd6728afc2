import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { fileDescription } from './attachment.ts';
import { type FileType, maxThumbnailBytes, pictureTypes } from './types.ts';

export const filePurpose = z
  .enum(['message', 'avatar', 'picture'])
  .check(z.describe('For a message, as my avatar, or as the picture of a group.'));

export const fileUpload = z.object({
  url: z.string().check(z.describe('Send the bytes there with PUT and these headers, without a token.')),
  headers: z.record(z.string(), z.string()),
  expiresIn: z.int().check(z.describe('Seconds.')),
});

const { width, height } = fileDescription;

export const thumbnail = z.object({ size: z.int().check(z.gte(1), z.lte(maxThumbnailBytes)), width, height });

export const announcedFile = z.object({
  id,
  ...fileDescription,
  purpose: filePurpose,
  expiresIn: z.int().check(z.describe('Seconds, within which it must be uploaded and used.')),
});

export const createFile = defineEndpoint({
  name: 'files/create-file',
  method: 'POST',
  path: '/files',
  access: 'user',
  limits: [{ per: 'user', allow: 200, within: hours(1) }],
  summary:
    'Announce a file: the answer says where to upload it. Then send its id with a message, or set it as a picture',
  body: z
    .object({
      ...fileDescription,
      purpose: filePurpose,
      thumbnail: z
        .optional(thumbnail)
        .check(z.describe('A small JPEG of a picture or a video, which clients show in the chat.')),
    })
    .check(
      rule(
        'not_allowed_value',
        ({ purpose, mimeType }: { purpose: string; mimeType: FileType }) =>
          purpose === 'message' || pictureTypes.includes(mimeType),
        `of an avatar or a picture must have the mimeType ${pictureTypes.join(' or ')}`,
      ),
    ),
  response: z.object({
    file: announcedFile,
    upload: fileUpload,
    thumbnailUpload: z.optional(fileUpload),
  }),
  example: {
    body: { name: 'sea.jpg', mimeType: 'image/jpeg', size: 301_245, purpose: 'message', width: 1600, height: 1200 },
  },
  problems: ['file_too_large', 'daily_upload_limit', 'files_not_configured', 'too_many_requests'],
});
