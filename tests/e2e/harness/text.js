// Everything a person can read on the page now: its text, what stands in its fields, and its title. One line, small letters.
const seen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
const fields = [...document.querySelectorAll('input:not([type=radio]):not([type=checkbox]), textarea, select')].filter(seen);
const drawn = [...document.querySelectorAll('svg text')].filter(seen).map((el) => el.textContent);
const inFields = fields.map((el) => (el.tagName === 'SELECT' ? el.selectedOptions[0]?.text : el.value));
return [document.title, document.body?.innerText, ...drawn, ...inFields].join(' \n ').replace(/\s+/g, ' ').toLowerCase();
