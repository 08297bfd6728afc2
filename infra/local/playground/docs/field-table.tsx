import type { Field } from './asyncapi.ts';
import { Line } from './prose.tsx';

export const FieldTable = ({ fields }: { fields: readonly Field[] }) => (
  <table>
    <tbody>
      {fields.map(({ name, type, isRequired, description }) => (
        <tr key={name}>
          <th scope="row">
            <code>{name}</code>
          </th>
          <td>
            <code>{type}</code>
            {isRequired && ' required'}
          </td>
          <td>
            <Line text={description} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
