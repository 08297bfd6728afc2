import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

export const inChat = z.object({ chatId: id });
