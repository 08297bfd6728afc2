import type { Api } from '../client/api.ts';
import type { Session, Tokens } from '../client/session.ts';
import type { Texts } from '../texts/en.ts';
import { attempt } from './context.ts';
import { button, el, field, form } from './dom.ts';

interface Props {
  api: Api;
  session: Session;
  texts: Texts;
  demo: { email: string; password: string; name: string };
  onSignIn(): void;
}

/** The first page: an account by email and password, or by phone and code. */
export function signInView({ api, session, texts, demo, onSignIn }: Props): HTMLElement {
  const enter = (action: () => Promise<Tokens>) =>
    attempt(texts, async () => {
      session.begin(await action());
      onSignIn();
    });
  const view = el('main', { className: 'sign-in' }, el('h1', {}, texts.title));
  const forms = { email: emailForm(), phone: phoneForm() };
  const tabs = el('div', { className: 'tabs' });
  const show = (kind: keyof typeof forms) => {
    tabs.replaceChildren(
      button(texts.byEmail, () => show('email'), { ariaPressed: String(kind === 'email') }),
      button(texts.byPhone, () => show('phone'), { ariaPressed: String(kind === 'phone') }),
    );
    for (const [name, one] of Object.entries(forms)) one.hidden = name !== kind;
  };
  show('email');
  const { email, password, name } = demo;
  const asDemo = button(texts.signInAs(name), () => enter(() => api.login({ email, password })));
  view.append(tabs, forms.email, forms.phone, el('p', { className: 'or' }, texts.or), asDemo);
  return view;

  function emailForm(): HTMLFormElement {
    const address = field(texts.email, { type: 'email', required: true, autocomplete: 'username' });
    const secret = field(texts.password, { type: 'password', required: true, autocomplete: 'current-password' });
    const called = field(texts.name, { placeholder: texts.nameHint, autocomplete: 'name' });
    const given = () => ({ email: address.input.value, password: secret.input.value });
    const register = () => {
      const whose = called.input.value.trim();
      return all.reportValidity() && enter(() => api.register({ ...given(), ...(whose && { name: whose }) }));
    };
    const buttons = [el('button', { className: 'primary' }, texts.signIn), button(texts.signUp, register)];
    const all: HTMLFormElement = form(
      () => enter(() => api.login(given())),
      address,
      secret,
      called,
      el('div', { className: 'buttons' }, ...buttons),
    );
    return all;
  }

  function phoneForm(): HTMLFormElement {
    const phone = field(texts.phone, { type: 'tel', required: true, placeholder: '+79991234567', autocomplete: 'tel' });
    const code = field(texts.code, { inputMode: 'numeric', autocomplete: 'one-time-code' });
    const arrived = el('p', { className: 'arrived', role: 'status' });
    const getCode = () =>
      attempt(texts, async () => {
        await api.sendCode(phone.input.value);
        // Only the local runner shows what it sent.
        const shown = await fetch(`/_local/sms?phone=${encodeURIComponent(phone.input.value)}`);
        const { messages } = (await shown.json()) as { messages: { code: string }[] };
        arrived.textContent = texts.textMessage(messages[0]?.code ?? '');
        code.input.focus();
      });
    const buttons = [
      button(texts.getCode, () => all.reportValidity() && getCode()),
      el('button', { className: 'primary' }, texts.signIn),
    ];
    const all: HTMLFormElement = form(
      () => enter(() => api.login({ phone: phone.input.value, code: code.input.value })),
      phone,
      code,
      arrived,
      el('div', { className: 'buttons' }, ...buttons),
    );
    return all;
  }
}
