import * as z from 'zod/mini';
import { user } from '../users/user.ts';

export const signedIn = z.object({
  user,
  accessToken: z.string().check(z.describe('Valid for one hour.')),
  refreshToken: z.string().check(z.describe('Valid for 30 days, or until the session ends.')),
});
