import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

/** The body that sets a picture: a file that was created for this purpose and uploaded. */
export const chosenFile = z.object({ fileId: id });
