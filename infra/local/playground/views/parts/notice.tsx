import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { useApp, type Words } from '../context.ts';

const Context = createContext<Words | undefined>(undefined);

/** Gives the sheets below it the words at the top of the page. */
export const NoticeProvider = Context.Provider;

/** The words at the top of the page once more: a modal dialog covers them, and screen readers hear only what is in it. */
export function SheetNotice() {
  const { texts } = useApp();
  return (
    <p class="notice" role="alert">
      {useContext(Context)?.(texts)}
    </p>
  );
}
