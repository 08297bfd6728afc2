/** Up to a blank or an invisible character, such as one that changes the direction of writing. */
const webAddress = /\bhttps?:\/\/[^\s<>"\p{C}]+/giu;

/** What a sentence puts after an address. */
const punctuation = /[.,:;!?'’”»*_~…]+$/u;

/** A text with its web addresses as links. What is shown is what was written, and each link leads to what it shows. */
export function LinkedText({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(webAddress)) {
    const address = withoutPunctuation(found);
    if (!isLink(address)) continue;
    parts.push(text.slice(end, index), <WebLink address={address} />);
    end = index + address.length;
  }
  return <>{[...parts, text.slice(end)]}</>;
}

/** An address with a user name, such as "https://bank.example@evil.example", only pretends to lead to where it begins. */
function isLink(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && !url.username && !url.password;
}

/** Written from left to right also among right-to-left text, or its parts would change places. */
const WebLink = ({ address }: { address: string }) => (
  <a href={address} dir="ltr" target="_blank" rel="noopener noreferrer">
    {address}
  </a>
);

/** Also without closing brackets that the address does not open: "(see https://example.com/a_(b))". */
function withoutPunctuation(found: string): string {
  let address = found.replace(punctuation, '');
  while (/[)\]]$/.test(address) && closesTooMuch(address)) address = address.slice(0, -1).replace(punctuation, '');
  return address;
}

const closesTooMuch = (address: string): boolean => address.split(/[)\]]/).length > address.split(/[([]/).length;
