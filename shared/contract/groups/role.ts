import * as z from 'zod/mini';

export const role = z
  .enum(['owner', 'admin', 'member'])
  .check(
    z.describe(
      'The owner may do everything, an admin everything but change roles and remove admins, a member only leave.',
    ),
  );
