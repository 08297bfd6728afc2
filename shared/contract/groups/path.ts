import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

export const ofGroup = z.object({ groupId: id });

export const ofMember = z.object({ groupId: id, userId: id });
