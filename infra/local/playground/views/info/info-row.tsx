import type { ComponentChildren } from 'preact';
import { Button } from '../parts/controls.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';

interface RowProps {
  /** The sheet puts the focus back on this row when the user returns to it. */
  id?: string;
  icon: IconName;
  label: string;
  /** What is set now. */
  value?: string | undefined;
  /** Something is lost by it. */
  isDangerous?: boolean;
  /** It leads to another part of the sheet. */
  leads?: boolean;
  onPress(): unknown;
}

/** Something that a sheet offers. */
export const InfoRow = ({ icon, label, value, isDangerous = false, leads = false, ...button }: RowProps) => (
  <li>
    <Button class={isDangerous ? 'info-row danger' : 'info-row'} {...button}>
      <Icon name={icon} />
      <span class="about">
        {label}
        {value && <small>{value}</small>}
      </span>
      {leads && <Icon name="forward" />}
    </Button>
  </li>
);

/** Rows that belong together. */
export const Rows = ({ children }: { children: ComponentChildren }) => <ul>{children}</ul>;
