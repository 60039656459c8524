// What every kind of field is given, and what it gives back: a whole new value, never a change in place.

import type { Block, Value } from "../../lib/ipc";
import type { ValueOf } from "../values";

export type FieldProps<T extends Value["type"]> = {
  block: Block;
  value: ValueOf<T>;
  /** For the control that the label names. */
  id: string;
  /** Ids of the help and the privacy badge. */
  describedby: string | undefined;
  onchange: (value: ValueOf<T>) => void;
  /** Words are kept at once when a field is left. */
  onblur: () => void;
};
