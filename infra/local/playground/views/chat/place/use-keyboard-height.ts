import { useEffect } from 'preact/hooks';

/** What covers less than this is a bar of the browser, not a keyboard. Pixels. */
const least = 120;

/**
 * Keeps `--keyboard` at the height of a keyboard that covers the page. Browsers that know `interactive-widget` make the
 * page smaller instead; Safari on iOS covers its lower part and scrolls it.
 */
export function useKeyboardHeight(): void {
  useEffect(() => {
    const { visualViewport: seen, document: page } = window;
    if (!seen) return undefined;
    const follow = () => {
      const covered = innerHeight - seen.height * seen.scale;
      const isOpen = covered > least;
      page.documentElement.style.setProperty('--keyboard', isOpen ? `${covered}px` : '0px');
      if (isOpen) scrollTo(0, 0);
    };
    seen.addEventListener('resize', follow);
    return () => {
      seen.removeEventListener('resize', follow);
      page.documentElement.style.removeProperty('--keyboard');
    };
  }, []);
}
