// Every word the page holds, readable or not: markup, attributes, and the present values of its fields.
const values = [...document.querySelectorAll('input, textarea, select')].map((el) => el.value);
return [document.documentElement.outerHTML, ...values].join('\n');
