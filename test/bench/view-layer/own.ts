import { el } from '../../../infra/local/playground/views/dom.ts';
import { RowList } from '../../../infra/local/playground/views/row-list.ts';
import { messageRows, outgoingRow } from '../../../infra/local/playground/views/rows.ts';
import type { Props, Prototype } from './prototype.ts';

const newList = () => new RowList(el('div', { className: 'rows' }));

/** The web client's own helpers: elements made by hand, replaced when their `version` differs. */
const own: Prototype = (root) => {
  let [history, upcoming] = [newList(), newList()];
  let texts: Props['texts'] | undefined;
  return (props: Props) => {
    // The versions don't name the language: the web client makes the whole page anew for another one.
    if (texts !== props.texts) {
      [history, upcoming] = [newList(), newList()];
      root.replaceChildren(history.element, upcoming.element);
      texts = props.texts;
    }
    history.show(messageRows(props.messages, props));
    upcoming.show(props.outgoing.map((outgoing) => outgoingRow(outgoing, props)));
  };
};

Object.assign(globalThis, { own });
