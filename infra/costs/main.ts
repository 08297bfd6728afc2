import { writeFileSync } from 'node:fs';
import { documentWithTable, page, picturePath } from './files.ts';
import { picture } from './picture.ts';
import { rows } from './table.ts';

/** `npm run costs`: prints what daily users cost and which quota binds first, and writes it into docs/costs.md. */

const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => plain(cells[column]).length))) ?? [];
for (const [name, ...cells] of rows)
  console.log(
    [plain(name).padEnd(widths[0] ?? 0), ...cells.map((cell, n) => plain(cell).padStart(widths[n + 1] ?? 0))].join(
      '  ',
    ),
  );

writeFileSync(page, documentWithTable());
writeFileSync(picturePath, picture());

function plain(cell = ''): string {
  return cell.replaceAll(/[*`]/g, '');
}
