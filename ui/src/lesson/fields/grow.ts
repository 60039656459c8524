// Lets a textarea be as tall as its words. Set through the style object, which a strict content policy allows.

import type { Attachment } from "svelte/attachments";

/** Grows with what is typed, and when the page changes its width. Pass the text, so that it is measured again when that changes. */
export function grow(text: string): Attachment<HTMLTextAreaElement> {
  return (area) => {
    void text;
    const fit = (): void => {
      const before = area.style.height;
      area.style.height = "auto";
      const wanted = `${area.scrollHeight + 3}px`;
      area.style.height = area.scrollHeight > 0 ? wanted : before;
    };
    fit();
    if (typeof ResizeObserver === "undefined") return;
    let width = area.clientWidth;
    const watch = new ResizeObserver(() => {
      if (area.clientWidth === width) return;
      width = area.clientWidth;
      fit();
    });
    watch.observe(area);
    return () => watch.disconnect();
  };
}
