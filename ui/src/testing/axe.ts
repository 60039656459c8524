// axe-core over what is on the page. Contrast is computed from the tokens instead, since no layout is done here.
import axe from "axe-core";

/** What axe finds, one line each; nothing when all is well. */
export async function axeFinds(page: Element = document.body): Promise<string[]> {
  const result = await axe.run(page, { rules: { "color-contrast": { enabled: false } }, resultTypes: ["violations"] });
  return result.violations.map((found) => `${found.id}: ${found.help} (${found.nodes.map((node) => node.html.slice(0, 120)).join(" | ")})`);
}
