// Whether someone is there: they move or write, or a talk, a timer or a pause runs. A locked space closes when nobody is.

let moved = false;
let running = 0;

/** Someone moved or wrote. */
export function awake(): void {
  moved = true;
}

/** Something runs that a person waits for. Answers what ends it. */
export function keepAwake(): () => void {
  let runs = true;
  running += 1;
  return () => {
    if (runs) running -= 1;
    runs = false;
  };
}

/** Whether anyone was there since this was asked last. */
export function wasAwake(): boolean {
  const was = moved || running > 0;
  moved = false;
  return was;
}
