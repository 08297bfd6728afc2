import type { ComponentChildren } from 'preact';
import { Row, type RowProps } from '../parts/sheets/row.tsx';

export const InfoRow = (row: RowProps) => (
  <li>
    <Row {...row} />
  </li>
);

/** Rows that belong together. */
export const Rows = ({ children }: { children: ComponentChildren }) => <ul>{children}</ul>;
