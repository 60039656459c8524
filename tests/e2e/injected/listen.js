// A script in the page can hear what the page asks of the shell, and what the shell answers: from now on all of it is noted.
if (window.heard) return;
window.heard = [];
window.answered = [];
window.waiting = 0;
const shell = window.fetch;
window.fetch = async (...all) => {
  const command = decodeURIComponent(new URL(all[0]).pathname.slice(1));
  const asked = all[1]?.body;
  if (typeof asked === 'string') window.heard.push([command, JSON.parse(asked)]);
  const note = { said: null };
  window.answered.push(note);
  window.waiting += 1;
  const response = await shell(...all);
  note.said = `${command} ${asked} → ${await response.clone().text()}`;
  window.waiting -= 1;
  return response;
};
