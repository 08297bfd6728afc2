import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

export const ofUser = z.object({ userId: id });
