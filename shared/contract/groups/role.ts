import * as z from 'zod/mini';

export const role = z
  .enum(['owner', 'admin', 'member'])
  .check(
    z.describe(
      'The owner may do everything; an admin may do everything except change roles and remove admins; a member may only leave.',
    ),
  );
