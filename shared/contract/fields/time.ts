import * as z from 'zod/mini';

export const time = z.iso.datetime();
