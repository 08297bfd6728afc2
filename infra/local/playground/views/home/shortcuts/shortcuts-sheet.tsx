import { closePanel, usePanel } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Section, Sheet } from '../../parts/sheets/sheet.tsx';
import { keyName, shortcuts } from './shortcuts.ts';

const groups = ['chats', 'messages', 'writing'] as const;

/** All keyboard shortcuts, while the address says so. */
export function ShortcutsSheet() {
  const { home } = useApp().texts;
  if (usePanel() !== 'shortcuts') return null;
  const isApple = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);
  return (
    <Sheet title={home.shortcuts} place="middle" onClose={closePanel}>
      {groups.map((group) => (
        <Section key={group} title={home.keys.groups[group]}>
          <dl class="keys">
            {shortcuts[group].map(({ does, keys }) => (
              <div key={does}>
                <dt>{home.keys[does]}</dt>
                <dd>
                  {keys.map((way) => (
                    <span key={way.join('+')}>
                      {way.map((key) => (
                        <kbd key={key}>{keyName(key, isApple)}</kbd>
                      ))}
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
    </Sheet>
  );
}
