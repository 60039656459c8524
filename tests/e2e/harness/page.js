// What a person could find on the page: by the words they read, never by a class or an id.
//
// Called with the kind of thing, its words and which of several; answers the element, or null while it is not there.
// "Group > Words" looks only inside the fieldset, section, article, aside, dialog or table row that bears the words Group.
const [kind, words, nth] = arguments;

const plain = (text) => (text || '').replace(/\s+/g, ' ').trim().toLowerCase();
const seen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
const byIds = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent || '').join(' ');

const nameOf = (el) => {
  if (el.hasAttribute('aria-labelledby')) return plain(byIds(el.getAttribute('aria-labelledby')));
  if (el.hasAttribute('aria-label')) return plain(el.getAttribute('aria-label'));
  if (el.labels?.length) return plain([...el.labels].map(labelWords).join(' '));
  if (el.matches('input, textarea, select')) return plain(el.placeholder || el.title);
  return plain(el.innerText || el.title);
};

// A label that wraps its field must not lend the field's own text to its name.
const labelWords = (label) => {
  const copy = label.cloneNode(true);
  copy.querySelectorAll('input, textarea, select, [aria-hidden=true]').forEach((inner) => inner.remove());
  return copy.textContent;
};

const groupName = (el) => {
  if (el.hasAttribute('aria-labelledby') || el.hasAttribute('aria-label')) return nameOf(el);
  return plain(el.querySelector('legend, h1, h2, h3, h4, h5, th, summary')?.textContent);
};

const kinds = {
  press: 'button, a[href], summary, [role=button], [role=link], [role=tab], [role=menuitem], input[type=submit]',
  write: 'textarea, input:not([type=radio]):not([type=checkbox]):not([type=range]), [contenteditable=true], [role=textbox]',
  tick: 'input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=switch]',
  choose: 'select',
  slide: 'input[type=range], [role=slider]',
};

// Exact words first, then words that begin so, then words that hold them: "Seal" must not find "Take my seal back".
const best = (all, wanted, name) => {
  const named = all.map((el) => [el, name(el)]);
  for (const fits of [(n) => n === wanted, (n) => n.startsWith(wanted), (n) => n.includes(wanted)]) {
    const found = named.filter(([, n]) => fits(n)).map(([el]) => el);
    if (found.length) return found;
  }
  return [];
};

// A box that is drawn by its label is pressed by its label.
const target = (el) => {
  const box = el.getBoundingClientRect();
  const style = getComputedStyle(el);
  const drawn = seen(el) && style.opacity !== '0' && style.clipPath === 'none' && box.width > 4 && box.height > 4;
  return drawn ? el : [...(el.labels || [])].find(seen) || null;
};

const path = words.split(' > ').map(plain);
const wanted = path.pop();
let inside = [document];
for (const group of path) {
  const groups = inside.flatMap((el) => [...el.querySelectorAll('fieldset, section, article, aside, dialog, form, li, tr, [role=group], [role=region], [role=radiogroup]')]);
  inside = best(groups.filter(seen), group, groupName);
}
// A modal dialog leaves nothing else within reach.
const modal = [...document.querySelectorAll('dialog:modal')].pop();
const reachable = inside.flatMap((el) => [...el.querySelectorAll(kinds[kind])]).filter((el) => !modal || modal.contains(el));
const usable = [...new Set(reachable)].filter((el) => !el.disabled && el.getAttribute('aria-disabled') !== 'true' && !el.closest('[inert]'));
const candidates = usable.filter((el) => (kind === 'tick' ? target(el) : seen(el)));
const found = best(candidates, wanted, nameOf)[nth];
if (!found) return null;
const place = kind === 'tick' ? target(found) : found;
place.scrollIntoView({ block: 'center', behavior: 'instant' });
return place;
