import * as z from 'zod/mini';
import { emoji, id } from '../fields/index.ts';

export const ofMessage = z.object({ chatId: id, messageId: id });

export const ofReaction = z.extend(ofMessage, { emoji });
