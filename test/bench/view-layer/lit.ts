import { html, nothing, render } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Outgoing } from '../../../infra/local/playground/client/outbox.ts';
import { initials, isWebLink, type Props, type Prototype, type ShownMessage, shownMessages } from './prototype.ts';

const avatar = (id: string, name: string) => {
  const { colour, letters } = initials(id, name);
  return html`<span class=${colour} aria-hidden="true">${letters}</span>`;
};

const meetLink = (url: string | undefined, { texts }: Props) =>
  isWebLink(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer" class="meet">${texts.joinMeeting}</a>`
    : nothing;

const day = ({ message }: ShownMessage, { texts }: Props) =>
  html`<div class="day">${texts.date.format(new Date(message.createdAt))}</div>`;

const system = ({ message, words }: ShownMessage, props: Props) =>
  html`<div class="system" data-seq=${message.seq}>${words}${meetLink(message.metadata?.meetUrl, props)}</div>`;

function bubble({ message, follows, state, words }: ShownMessage, props: Props) {
  const { texts, userId, onMeet } = props;
  const { metadata = {}, createdAt, type, seq, content } = message;
  const name = type === 'ai' ? texts.assistant : message.userName;
  const mine = message.userId === userId;
  return html`<div
    class="message ${mine ? 'mine' : 'theirs'} ${follows ? 'follows' : ''} ${type}" data-seq=${seq}>
    ${avatar(message.userId, name)}
    <div class="bubble">
      <strong class=${mine || follows ? 'hidden' : ''}>${name}</strong>
      ${words && html`<blockquote>${words}</blockquote>`}
      <p>${content}</p>
      ${meetLink(metadata.meetUrl, props)}
      ${metadata.suggestMeet ? html`<button type="button" @click=${onMeet}>${texts.createMeeting}</button>` : nothing}
      <small>
        <time datetime=${createdAt}>${texts.time.format(new Date(createdAt))}</time>${state && ` · ${state}`}
      </small>
    </div>
  </div>`;
}

const row = (shown: ShownMessage, props: Props) =>
  guard([shown.day, shown.follows, shown.state, shown.words, props.texts], () => [
    shown.day ? day(shown, props) : nothing,
    shown.message.type === 'system' ? system(shown, props) : bubble(shown, props),
  ]);

const about = ({ state, code = '', clientId }: Outgoing, { texts, onRetry }: Props) =>
  state === 'sending'
    ? html`<small>${texts.sending}</small>`
    : html`<small>${texts.failed(texts.problems[code] ?? '')}
        <button type="button" @click=${() => onRetry(clientId)}>${texts.retry}</button></small>`;

const outgoingRow = (outgoing: Outgoing, props: Props) => html`<div class="message mine outgoing ${outgoing.state}">
  <div class="bubble"><p>${outgoing.content}</p>${about(outgoing, props)}</div>
</div>`;

const lit: Prototype = (root) => (props) =>
  render(
    html`${repeat(
      shownMessages(props),
      ({ message }) => message.seq,
      (shown) => row(shown, props),
    )}${repeat(
      props.outgoing,
      ({ clientId }) => clientId,
      (outgoing) => outgoingRow(outgoing, props),
    )}`,
    root,
  );

Object.assign(globalThis, { lit });
