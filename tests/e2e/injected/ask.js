// Asks the shell one thing after another, as any script in the page could, and answers what came of each.
const [asked] = arguments;
const PATIENCE_MS = 10000;
const said = (what) => (what instanceof Error ? String(what) : (what ?? null));
const answer = ([command, given]) =>
  window.__TAURI_INTERNALS__.invoke(command, given).then((what) => ['given', said(what)], (what) => ['refused', said(what)]);
const silence = () => new Promise((done) => setTimeout(() => done(['silent', null]), PATIENCE_MS));
const askAll = async () => {
  const answers = [];
  for (const one of asked) answers.push(await Promise.race([answer(one), silence()]));
  return answers;
};
return askAll();
