/** What the shell said unasked, for whichever page is open. `lessons` rises each time the lesson files were read again. */
export const news = $state({ lessons: 0 });
