import { type Erasure, eraseReactions } from '#shared/changes/erase-reactions.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logErasure } from '#shared/lambda/log-erasure.ts';

/** Takes back the reactions of a deleted account. Invoked asynchronously, by the deletion and by itself. */
export const handler = chain<Erasure, void>().use(logErasure()).handler(eraseReactions);
