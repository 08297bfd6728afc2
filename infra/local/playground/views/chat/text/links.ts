/** Something in a text that leads somewhere. */
interface FoundLink {
  shown: string;
  href: string;
  start: number;
}

/** Up to a blank or an invisible character, such as one that changes the direction of writing. */
const webAddress = /\bhttps?:\/\/[^\s<>"\p{C}]+/giu;

/** Not after what could belong to a web address: "https://bank.example@evil.example". */
const email =
  /(?<![\p{L}\p{N}._%+:/@-])[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?![\p{L}\p{N}@])/giu;

/** Matches phone numbers with their country code. Without a plus, digits may be any number. */
const phone = /(?<![\p{L}\p{N}+])\+\d(?:[ \u00a0().-]{0,2}\d){9,14}(?![\p{L}\p{N}]|[ \u00a0().-]{1,2}\d)/gu;

/** What a sentence puts after an address. */
const punctuation = /[.,:;!?'’”»*_~…]+$/u;

/** The web addresses, email addresses and phone numbers of a text, in their order. */
export function linksIn(text: string): FoundLink[] {
  const web = matches(text, '://', webAddress).flatMap(({ 0: found, index: start }) => {
    const shown = withoutPunctuation(found);
    return isLink(shown) ? [{ shown, href: shown, start, end: start + found.length }] : [];
  });
  const isFree = (start: number) => !web.some((one) => start >= one.start && start < one.end);
  const others = [
    ...matches(text, '@', email).map(({ 0: shown, index: start }) => ({ shown, href: `mailto:${shown}`, start })),
    ...matches(text, '+', phone).map(({ 0: shown, index: start }) => ({ shown, href: telephone(shown), start })),
  ];
  return [...web, ...others.filter(({ start }) => isFree(start))].toSorted((one, other) => one.start - other.start);
}

/** Nothing can match without `sign`, which most texts lack: they spare a phone compiling and running the pattern. */
const matches = (text: string, sign: string, pattern: RegExp) =>
  text.includes(sign) ? [...text.matchAll(pattern)] : [];

const telephone = (shown: string): string => `tel:+${shown.replaceAll(/\D/g, '')}`;

/** An address with a user name, such as "https://bank.example@evil.example", only pretends to lead to where it begins. */
function isLink(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && !url.username && !url.password;
}

/** Also without closing brackets that the address does not open: "(see https://example.com/a_(b))". */
function withoutPunctuation(found: string): string {
  let address = found.replace(punctuation, '');
  while (/[)\]]$/.test(address) && closesTooMuch(address)) address = address.slice(0, -1).replace(punctuation, '');
  return address;
}

const closesTooMuch = (address: string): boolean => address.split(/[)\]]/).length > address.split(/[([]/).length;
