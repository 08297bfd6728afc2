import { useState } from 'preact/hooks';

let count = 0;

/** An id that no other element has. Preact's own `useId` gives the same ones to each dialog, which it renders apart. */
export const useUniqueId = (): string => useState(() => `unique-${++count}`)[0];
