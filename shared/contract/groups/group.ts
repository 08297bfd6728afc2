import * as z from 'zod/mini';
import { id, time } from '../fields/index.ts';
import { postingRules } from './posting.ts';

export const group = z.object({
  id,
  name: z.string(),
  type: z.literal('group'),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('Absent if it was revoked.')),
  createdAt: time,
  pictureUrl: z.optional(z.string()),
  ...postingRules,
});

export type Group = z.output<typeof group>;

export const groupResponse = z.object({ group });
